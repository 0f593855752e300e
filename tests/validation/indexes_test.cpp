#include <fmt/format.h>

#include "validation/check.h"

using refract::schema::PrismaVersion;
using refract::tests::check_diagnostics;

TEST_CASE("indexes: a raw operator class is one, whatever its text", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  s String
  <operator-class-not-on-index>@@unique([s(ops: raw(""))])</operator-class-not-on-index>
}
)");
}

TEST_CASE("indexes: a negative length counts on a field only", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  s String <index-length-unsupported>@unique(length: -1)</index-length-unsupported>
  @@index([s(length: -1)])
  <index-length-unsupported>@@index([s(length: 0)], map: "zero")</index-length-unsupported>
}
)");
}

TEST_CASE("indexes: a native type that cannot be read is none", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  a BigInt <native-type-argument-count>@db.VarChar(10, 3)</native-type-argument-count>
  b String <native-type-argument-count>@db.Xml(10)</native-type-argument-count>
  <operator-class-field-type>@@index([a(ops: TextOps)], type: SpGist)</operator-class-field-type>
}
)");
  // A type without arguments is read whatever is after it.
  check_diagnostics(R"(datasource db {
  provider = "mysql"
}
model A {
  id Int @id
  s String <native-type-not-unique>@unique </native-type-not-unique><native-type-argument-count>@db.LongText(4000)</native-type-argument-count>
}
)");
}

TEST_CASE("partial indexes: a key with a condition is a key", "[validation]") {
  check_diagnostics(R"(generator g {
  provider = "x"
  previewFeatures = ["partialIndexes"]
}
model A {
  bId Int @unique(where: { bId: { not: 1 } })
  b B @relation(fields: [bId], references: [id])
}
model B {
  id Int @unique(where: raw("id > 0", "and no more"))
  a A?
}
)");
}

TEST_CASE("partial indexes: values against the field", "[validation]") {
  check_diagnostics(R"(generator g {
  provider = "x"
  previewFeatures = ["partialIndexes"]
}
model A {
  id Int @id
  u Unsupported("point")
  d Decimal
  @@index([id], where: { u: null })
  <condition-type>@@index([id], map: "a", where: { u: "x" })</condition-type>
  <condition-type>@@index([id], map: "b", where: { d: "1.5" })</condition-type>
  @@index([id], map: "c", where: { d: 1.5 })
}
)");
}

TEST_CASE("views: each argument that only an index has", "[validation]") {
  check_diagnostics(R"(generator g {
  provider = "x"
  previewFeatures = ["views"]
}
view V {
  a Int
  b Int
  <unique-argument-on-view><unique-argument-on-view><unique-argument-on-view>@@unique([a(sort: Desc), b(ops: raw("x"))], clustered: false)</unique-argument-on-view></unique-argument-on-view></unique-argument-on-view>
  <unique-argument-on-view><key-on-view>@@index([a], map: "i")</key-on-view></unique-argument-on-view>
}
)");
}

TEST_CASE("ids: in an ignored model optional fields are accepted since Prisma 6", "[validation]") {
  const auto schema = [](std::string_view key) {
    return fmt::format(R"(datasource db {{
  provider = "postgresql"
  url      = env("DATABASE_URL")
}}
model A {{
  a Int?
  b Int
  {}
  @@ignore
}}
)",
                       key);
  };
  check_diagnostics(schema("<optional-id-field>@@id([a, b])</optional-id-field>"), PrismaVersion::v5);
  check_diagnostics(schema("@@id([a, b])"), PrismaVersion::v6);
}

TEST_CASE("ignore: said twice it does not count", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  a Int <duplicate-attribute>@ignore </duplicate-attribute><duplicate-attribute>@ignore</duplicate-attribute>
  @@ignore
}
)");
}

TEST_CASE("defaults of Bytes: Prisma 5 does not miss the padding", "[validation]") {
  const auto schema = [](std::string_view value) {
    return fmt::format(R"(datasource db {{
  provider = "postgresql"
  url      = env("DATABASE_URL")
}}
model A {{
  id Int @id
  b Bytes @default({})
}}
)",
                       value);
  };
  check_diagnostics(schema(R"("YQ")"), PrismaVersion::v5);
  check_diagnostics(schema(R"(<default-content>"YQ"</default-content>)"), PrismaVersion::v6);
  for (const PrismaVersion version : {PrismaVersion::v5, PrismaVersion::v6}) {
    check_diagnostics(schema(R"("YQ==")"), version);
    check_diagnostics(schema(R"(<default-content>"YR=="</default-content>)"), version);  // bits that are no byte's
    check_diagnostics(schema(R"(<default-content>"YQ==="</default-content>)"), version);
  }
}
