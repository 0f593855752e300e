#include "features/completion_fixture.h"

using namespace refract;
using test::offered;
using test::taken_line;

namespace {

// A model's line under PostgreSQL, with the enum and model that its type may name.
std::string field(std::string_view line) {
  return "datasource db {\n  provider = \"postgresql\"\n}\nenum Role {\n  A\n}\nmodel Other {\n  id Int @id\n}\nmodel "
         "M {\n  " +
         std::string(line) + "\n}\n";
}

std::string provider(std::string_view name, std::string_view body) {
  return "datasource db {\n  provider = \"" + std::string(name) + "\"\n}\n" + std::string(body);
}

}  // namespace

TEST_CASE("attributes: a field is offered what its type and arity allow", "[completion]") {
  CHECK(offered(field("a Int $0")) == "@id @unique @default @map @ignore @db");
  CHECK(offered(field("a DateTime @$0")) == "@id @unique @default @updatedAt @map @ignore @db");
  CHECK(offered(field("a Int? @$0")) == "@unique @default @map @ignore @db");
  CHECK(offered(field("a DateTime[] @$0")) == "@unique @default @map @ignore @db");
  CHECK(offered(field("a Role @$0")) == "@id @unique @default @map @ignore");
  CHECK(offered(field("a Other @$0")) == "@relation @ignore");
  CHECK(offered(field("a Unsupported(\"x\")? @$0")) == "@unique @default @map");
}

TEST_CASE("attributes: what is already is not offered again, a second key neither", "[completion]") {
  CHECK(offered(field("a Int @unique @default(1) @$0")) == "@map @ignore @db");
  CHECK(offered(field("a Int @$0 @unique")) == "@default @map @ignore @db");
  CHECK(offered(field("a Int @db.Oid @$0")) == "@id @unique @default @map @ignore");
  CHECK(offered(field("id Int @id\n  a Int @$0")) == "@unique @default @map @ignore @db");
  CHECK(offered(field("id Int @id$0")) == "@id @unique @default @map @ignore @db");
}

TEST_CASE("attributes: at signs that are there already are not doubled", "[completion]") {
  CHECK(taken_line(field("a Int $0"), "@id") == "a Int @id");
  CHECK(taken_line(field("a Int @$0"), "@id") == "a Int @id");
  CHECK(taken_line(field("a Int @i$0"), "@id") == "a Int @id");
  CHECK(taken_line(field("a Int i$0"), "@id") == "a Int @id");
  CHECK(taken_line(field("a Int @$0 @map(\"b\")"), "@id") == "a Int @id @map(\"b\")");
  CHECK(taken_line(field("a Int @def$0"), "@default") == "a Int @default(${1})$0");
  CHECK(taken_line(field("a Int @def$0"), "@default", false) == "a Int @default");
  CHECK(taken_line(field("a Int @def$0(1)"), "@default") == "a Int @default(1)");
  CHECK(taken_line(field("a Int @d$0ef(1) @map(\"x\")"), "@default") == "a Int @default(1) @map(\"x\")");
  CHECK(taken_line(field("a Other @$0"), "@relation") == "a Other @relation(fields: [${1}], references: [${2}])$0");
  CHECK(taken_line(field("a Other[] @$0"), "@relation") == "a Other[] @relation(\"${1}\")$0");
}

TEST_CASE("attributes: native types after the datasource's name", "[completion]") {
  CHECK(taken_line(field("a Int @$0"), "@db") == "a Int @db.");
  CHECK(taken_line(field("a Int @d$0b.Oid"), "@db") == "no such item");
  CHECK(offered(field("a Int @db.$0")) == "SmallInt Integer Oid");
  CHECK(offered(field("a Decimal @db.$0")) == "Decimal Decimal() Money");
  CHECK(offered(field("a Role @db.$0")).empty());
  CHECK(offered(field("a Int @other.$0")).empty());
  CHECK(taken_line(field("a Int @db.$0"), "Oid") == "a Int @db.Oid");
  CHECK(taken_line(field("a Int @db.O$0"), "Oid") == "a Int @db.Oid");
  CHECK(taken_line(field("a String @db.$0"), "VarChar()") == "a String @db.VarChar(${1})$0");
  CHECK(taken_line(field("a String @db.$0"), "VarChar") == "a String @db.VarChar");
  CHECK(taken_line(field("a String @db.Ch$0(20)"), "VarChar") == "a String @db.VarChar(20)");
  CHECK(offered(provider("mysql", "model M {\n  a Bytes @db.B$0\n}\n")) ==
        "Bit() Binary() VarBinary() TinyBlob Blob MediumBlob LongBlob");
  CHECK(offered(provider("sqlite", "model M {\n  a Int @$0\n}\n")) == "@id @unique @default @map @ignore");
}

TEST_CASE("attributes: of a block, on an empty line and after one or two at signs", "[completion]") {
  const std::string all = "@@id @@unique @@index @@map @@ignore";
  CHECK(offered(field("a Int\n  $0")) == all);
  CHECK(offered(field("a Int\n  @$0")) == all);
  CHECK(offered(field("a Int\n  @@$0")) == all);
  CHECK(offered(field("a Int\n  @@i$0")) == all);
  CHECK(offered(field("a Int\n  na$0")).empty());
  CHECK(offered(field("a Int @id\n  @@map(\"x\")\n  @@$0")) == "@@unique @@index @@ignore");
  CHECK(taken_line(field("a Int\n  $0"), "@@index") == "@@index([${1}])$0");
  CHECK(taken_line(field("a Int\n  @$0"), "@@index") == "@@index([${1}])$0");
  CHECK(taken_line(field("a Int\n  @@in$0"), "@@index") == "@@index([${1}])$0");
  CHECK(taken_line(field("a Int\n  @@in$0([a])"), "@@index") == "@@index([a])");
  CHECK(taken_line(field("a Int\n  @@m$0ap(\"x\")"), "@@map") == "@@map(\"x\")");
  CHECK(taken_line(field("a Int\n  @@$0"), "@@ignore") == "@@ignore");
  CHECK(offered(provider("mysql", "model M {\n  a Int\n  @@$0\n}\n")) ==
        "@@id @@unique @@index @@fulltext @@map @@ignore");
}

TEST_CASE("attributes: of enums, their values, composite types and views", "[completion]") {
  CHECK(offered(provider("postgresql", "enum E {\n  A @$0\n}\n")) == "@map");
  CHECK(offered(provider("postgresql", "enum E {\n  A\n  @@$0\n}\n")) == "@@map");
  CHECK(offered(provider("mongodb", "type T {\n  a String @$0\n}\n")) == "@default @map @db");
  CHECK(offered(provider("mongodb", "type T {\n  a String\n  @@$0\n}\n")).empty());
  CHECK(offered(provider("postgresql", "view V {\n  a Int\n  @@$0\n}\n")) == "@@unique @@map @@ignore");
  CHECK(offered(provider("postgresql", "view V {\n  a Int\n  @@$0\n}\n"), schema::PrismaVersion::v5) ==
        "@@id @@unique @@index @@map @@ignore");
}

TEST_CASE("attributes: what check would refuse is not offered", "[completion]") {
  const std::string schemas = "datasource db {\n  provider = \"postgresql\"\n  schemas = [\"a\"]\n}\n";
  CHECK(offered(schemas + "model M {\n  a Int\n  @@$0\n}\n") == "@@id @@unique @@index @@map @@schema @@ignore");
  CHECK(offered(schemas + "enum E {\n  A\n  @@$0\n}\n") == "@@map @@schema");
  CHECK(offered(schemas + "enum E {\n  A\n  @@$0\n}\n", schema::PrismaVersion::v5) == "@@map");
  CHECK(offered(provider("postgresql", "model M {\n  a Int @$0\n  @@ignore\n}\n")) == "@id @unique @default @map @db");
  const std::string place = "type Place {\n  x Int\n}\nmodel M {\n  a Place";
  CHECK(offered(provider("mongodb", place + " @$0\n}\n")) == "@unique @map @ignore");
  CHECK(offered(provider("mongodb", place + "[] @$0\n}\n")) == "@unique @map @ignore");
}

TEST_CASE("attributes: nothing inside comments and names", "[completion]") {
  CHECK(offered(field("a Int // @$0")).empty());
  CHECK(offered(field("/// @$0\n  a Int")).empty());
  CHECK(offered("model M$0 {\n}\n").empty());
}
