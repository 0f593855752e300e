#include "validation/check.h"

using refract::schema::PrismaVersion;
using refract::tests::check_diagnostics;

TEST_CASE("syntax: each broken line by itself", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  title <legacy-required>String!</legacy-required>
  tags <optional-list>String[]?</optional-list>
  <field-without-type>draft
</field-without-type>}
<invalid-line>nonsense
</invalid-line>)");
}

TEST_CASE("names: reserved, ill-formed, twice", "[validation]") {
  check_diagnostics(R"(model <reserved-scalar-name>String</reserved-scalar-name> {
  id Int @id
  <name-with-hyphen>a-b</name-with-hyphen> Int
  <name-starts-with-digit>1st</name-starts-with-digit> Int
}
<reserved-name>model async {
  id Int @id
}</reserved-name>
model Post {
  id Int @id
  <duplicate-field>id</duplicate-field> String
}
enum <duplicate-name>Post</duplicate-name> {
  A
  <duplicate-enum-value>A // again
</duplicate-enum-value>}
)");
}

TEST_CASE("names: async became reserved with Prisma 6", "[validation]") {
  check_diagnostics(
      "datasource db {\n  provider = \"postgresql\"\n  url = env(\"U\")\n}\nmodel async {\n  id Int @id\n}\n",
      PrismaVersion::v5);
}

TEST_CASE("types: unknown ones, and an enum without values", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  a <unknown-type>string</unknown-type>?
  b <unknown-type>Missing</unknown-type>[]
}
<empty-enum>enum E {
}</empty-enum>
)");
}

TEST_CASE("attributes: unknown, misplaced, twice", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  a Int <unknown-attribute>@uniq </unknown-attribute>// a comment
  b Int <duplicate-attribute>@unique </duplicate-attribute><duplicate-attribute>@unique</duplicate-attribute>
  <unknown-attribute>@@indx([a]) // and all after it</unknown-attribute>
}
)");
}

TEST_CASE("names: the last of namesakes is the one that is meant", "[validation]") {
  check_diagnostics(R"(type Post {
  id Int
}
model <duplicate-name>Post</duplicate-name> {
  id Int @id
}
model A {
  post Post <id-on-relation>@id</id-on-relation>
}
)");
}

TEST_CASE("attributes: twice is reported, and nothing more", "[validation]") {
  check_diagnostics(R"(model A {
  a Int <duplicate-attribute>@ignore </duplicate-attribute><duplicate-attribute>@ignore</duplicate-attribute>
  @@ignore
}
)");
}

TEST_CASE("values: a name of a function or an argument may begin with a digit", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id @default(1a())
  b Int @unique(<unknown-argument>2: 3</unknown-argument>)
  <invalid-member>c Int @default(1a)
</invalid-member>  <invalid-member>d Int @default(-1())
</invalid-member>  <invalid-member>e Int @unique(1.5: 2)
</invalid-member>}
)");
}

TEST_CASE("datasource: a comment after a property is marked with it", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "mongodb"
  <unknown-property>extensions = [a] /* old */</unknown-property>
}
)");
}

TEST_CASE("generator: an argument of env() can be wrong in name and value", "[validation]") {
  check_diagnostics(R"(generator g {
  provider = env(<env-named-argument>name: <wrong-value>1</wrong-value></env-named-argument>)
}
)");
}

TEST_CASE("generator: env() of other properties is read since Prisma 6", "[validation]") {
  constexpr std::string_view kText = "generator g {\n  provider = \"x\"\n  other = env()\n}\n";
  const auto count = [&](PrismaVersion version) {
    return refract::tests::analyse(std::string(kText), version)->diagnostics().size();
  };
  CHECK(count(PrismaVersion::v5) == 0);
  CHECK(count(PrismaVersion::v6) == 1);
}

TEST_CASE("arguments: unknown, missing, of the wrong kind", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id(<unknown-argument>mapp: "x"</unknown-argument>)
  a Int <missing-argument>@map</missing-argument>
  b Int @map(<wrong-value>b</wrong-value>)
  c Int @default(1<trailing-comma>,</trailing-comma>)
  <several-unnamed-arguments>@@index(a, b)</several-unnamed-arguments>
  @@unique(<argument-without-value>fields</argument-without-value>:)
}
)");
}

TEST_CASE("keys: fields that are not there, relations, several ids", "[validation]") {
  check_diagnostics(R"(<several-ids>model A {
  id Int @id
  bId Int
  b B @relation(fields: [bId], references: [id])
  <unknown-index-field>@@index([bid])</unknown-index-field>
  <relation-in-index>@@unique([b])</relation-in-index>
  @@id([id, bId])
}</several-ids>
model B {
  id Int? <optional-id>@id</optional-id>
  as A[]
}
)");
}

TEST_CASE("relations: arguments against fields", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  b B @relation(fields: <relation-unknown-field>[bid]</relation-unknown-field>, references: [id])
  bId Int <relation-on-scalar>@relation(<unknown-argument>"x"</unknown-argument>)</relation-on-scalar>
}
model B {
  id Int @id
  as A[] <relation-unknown-reference>@relation(references: [uid], onDelete: <unknown-referential-action>Cascad</unknown-referential-action>)</relation-unknown-reference>
}
)");
}

TEST_CASE("defaults: values and functions against types", "[validation]") {
  check_diagnostics(R"(enum Role {
  USER
}
model A {
  id Int @id <default-type>@default("1")</default-type>
  a String <default-function-type>@default(now())</default-function-type>
  b Role <default-unknown-enum-value>@default(ADMIN)</default-unknown-enum-value>
  c Boolean @default(<default-boolean>yes</default-boolean>)
  d Int[] <default-not-a-list>@default(1)</default-not-a-list>
  e String <function-argument>@default(uuid(5))</function-argument>
  f String @default(ulid())
}
)");
}

TEST_CASE("datasource: connection strings left the schema with Prisma 7", "[validation]") {
  check_diagnostics("datasource db {\n  provider = \"postgresql\"\n  <url-removed>url = env(\"U\")</url-removed>\n}\n");
  check_diagnostics("<missing-property>datasource db {\n  provider = \"postgresql\"\n}</missing-property>\n",
                    PrismaVersion::v6);
  check_diagnostics("datasource db {\n  provider = <unknown-provider>\"postgre\"</unknown-provider>\n}\n");
}

TEST_CASE("generator: preview features by version", "[validation]") {
  const std::string head = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"U\")\n}\n";
  check_diagnostics(head + "generator g {\n  provider = \"x\"\n  previewFeatures = [\"tracing\"]\n}\n",
                    PrismaVersion::v5);
  check_diagnostics(head +
                        "generator g {\n  provider = \"x\"\n  previewFeatures = "
                        "<deprecated-preview-feature>[\"tracing\"]</deprecated-preview-feature>\n}\n",
                    PrismaVersion::v6);
  check_diagnostics(head +
                        "generator g {\n  provider = \"x\"\n  previewFeatures = "
                        "<unknown-preview-feature>[\"nope\"]</unknown-preview-feature>\n}\n",
                    PrismaVersion::v6);
}

TEST_CASE("ids: an ignored model is excused from required id fields since Prisma 6", "[validation]") {
  const std::string head =
      "datasource db {\n  provider = \"sqlite\"\n  url      = \"file:a\"\n}\nmodel M {\n  a Int\n  b Int?\n\n";
  check_diagnostics(head + "  @@id([a, b])\n  @@ignore\n}\n", PrismaVersion::v6);
  check_diagnostics(head + "  <optional-id-field>@@id([a, b])</optional-id-field>\n  @@ignore\n}\n", PrismaVersion::v5);
}
