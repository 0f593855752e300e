#include "validation/check.h"

using refract::schema::PrismaVersion;
using refract::tests::check_diagnostics;

// What the versions of Prisma read differently changes where blocks begin and end.
TEST_CASE("versions: to Prisma 5 names are ASCII", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "postgresql"
  url = "x"
}
<invalid-line>modelé {
</invalid-line>  <invalid-line>id Int @id
</invalid-line><invalid-line>}
</invalid-line>)",
                    PrismaVersion::v5);
  check_diagnostics(R"(datasource db {
  provider = "postgresql"
  url = "x"
}
model A {
  id Int @id
  <invalid-member>größe Int
</invalid-member>}
)",
                    PrismaVersion::v5);
  check_diagnostics("modelé {\n  id Int @id\n  größe Int\n}\n");
}

TEST_CASE("versions: to Prisma 5 a block comment is no comment", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "postgresql"
  url = "x"
}
<invalid-line>/* closed behind the enum
</invalid-line>enum E {
  A
}
<invalid-line>*/
</invalid-line>)",
                    PrismaVersion::v5);
  check_diagnostics(R"(datasource db {
  provider = "postgresql"
  url = "x"
}
/* closed behind the enum
enum E {
}
*/
)",
                    PrismaVersion::v6);
}

TEST_CASE("versions: a property with an object is none before Prisma 7", "[validation]") {
  check_diagnostics(R"(<missing-property>datasource db {
  <invalid-member>provider = {}
</invalid-member>}</missing-property>
)",
                    PrismaVersion::v6);
  check_diagnostics("datasource db {\n  provider = <provider-value>{}</provider-value>\n}\n");
}

TEST_CASE("versions: @@id over optional fields of an ignored model is an error to Prisma 5 alone", "[validation]") {
  constexpr std::string_view kBefore = "datasource db {\n  provider = \"mysql\"\n  url = \"x\"\n}\n";
  check_diagnostics(std::string(kBefore) + R"(model A {
  a Int?
  <optional-id-field>@@id([a])</optional-id-field>
  @@ignore
}
)",
                    PrismaVersion::v5);
  check_diagnostics(std::string(kBefore) + "model A {\n  a Int?\n  @@id([a])\n  @@ignore\n}\n", PrismaVersion::v6);
}
