#include "features/completion_fixture.h"

using namespace refract;
using Catch::Matchers::Contains;
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

TEST_CASE("completion: native types that the field's key can have", "[completion]") {
  const auto natives = [](std::string_view provider_name, std::string_view field) {
    return offered(fmt::format("datasource db {{\n  provider = \"{}\"\n}}\n\nmodel A {{\n  id Int @id\n  {}\n}}\n",
                               provider_name, field));
  };
  CHECK_THAT(natives("mysql", "s String @unique @db.$0"), !Contains("Text"));
  CHECK_THAT(natives("mysql", "s String @db.$0"), Contains("LongText"));
  CHECK_THAT(natives("mysql", "s String @db.$0\n  @@index([s])"), !Contains("Text"));
  CHECK_THAT(natives("mysql", "s String @db.$0\n  @@index([s(length: 3)])"), Contains("Text"));
  CHECK_THAT(natives("sqlserver", "s String @unique @db.$0"), !Contains("Text") && !Contains("Xml"));
  CHECK_THAT(natives("postgresql", "s String @unique @db.$0"), !Contains("Xml") && Contains("Text"));
  CHECK_THAT(natives("mysql", "s String @db.Text @$0"), !Contains("unique"));
  CHECK_THAT(natives("mysql", "s String @db.Text\n  @@index([$0])"), !Contains("s"));
}

TEST_CASE("completion: types that the field's attributes can have", "[completion]") {
  const auto types = [](std::string_view provider_name, std::string_view field) {
    return offered(
        fmt::format("datasource db {{\n  provider = \"{}\"\n}}\n\nmodel A {{\n  id Int @id\n  {}\n}}\n\nmodel "
                    "B {{\n  id Int @id\n}}\n",
                    provider_name, field));
  };
  CHECK(types("cockroachdb", "s $0[]") == "String Int Boolean DateTime Float Decimal BigInt Bytes A B Unsupported");
  CHECK(types("mysql", "s $0[]") == "A B Unsupported");
  CHECK(types("postgresql", "s $0 @map(\"x\")") ==
        "String Int Boolean DateTime Float Json Decimal BigInt Bytes Unsupported");
  CHECK(types("postgresql", "s $0 @updatedAt") == "DateTime Unsupported");
  CHECK(types("postgresql", "s $0 @db.Uuid") == "String Unsupported");
  CHECK(types("postgresql", "s $0 @default(1)") == "Int Float Decimal BigInt Unsupported");
  CHECK(types("postgresql", "s $0 @default(true)") == "Boolean Unsupported");
  CHECK(types("postgresql", "s $0 @default(uuid())") == "String Unsupported");
  CHECK(types("postgresql", "s $0 @relation(fields: [id], references: [id])") == "A B Unsupported");
}

TEST_CASE("completion: a composite type does not hold itself, and has the functions that it takes", "[completion]") {
  const std::string mongo = "datasource db {\n  provider = \"mongodb\"\n}\n\n";
  CHECK_THAT(offered(mongo + "type C {\n  z $0\n}\n\ntype D {\n  c C\n}\n\ntype E {\n  c C[]\n}\n"),
             !Contains(" C") && !Contains(" D ") && Contains(" E "));
  CHECK_THAT(offered(mongo + "type C {\n  z $0[]\n}\n"), Contains(" C"));
  CHECK(offered(mongo + "type C {\n  z String @default($0)\n}\n") == "uuid() cuid() ulid()");
}
