// The fix that a message names, by the text that it makes.

#include "support/ascii.h"
#include "support/catch.h"
#include "validation/check.h"
#include "validation/fixes/helpful_fixes.h"

using namespace refract;
using namespace refract::tests;

namespace {

// The text after the preferred fix of the first diagnostic with this code; empty: it has none that helps.
std::string after_fix(std::string_view schema, std::string_view code,
                      schema::PrismaVersion version = schema::PrismaVersion::v7) {
  const bool has_datasource = schema.find("datasource ") != std::string_view::npos;
  const std::string text = (has_datasource ? "" : std::string(kPostgresql)) + std::string(schema);
  const auto analysis = analyse(text, version);
  for (const validation::Diagnostic& diagnostic : analysis->diagnostics()) {
    if (diagnostic.code.name() != code) continue;
    for (const validation::Fix* fix : validation::helpful_fixes(analysis, diagnostic)) {
      if (!fix->preferred) continue;
      std::vector<text::Edit> edits;
      for (const validation::FileEdit& edit : fix->edits) edits.push_back(edit.edit);
      std::ranges::stable_sort(edits, {}, [](const text::Edit& edit) { return edit.range.begin; });
      const std::string made = text::apply_edits(text, edits);
      return has_datasource ? made : made.substr(kPostgresql.size());
    }
  }
  return {};
}

}  // namespace

TEST_CASE("advice: a function's name without parentheses gets them", "[validation]") {
  CHECK(after_fix("model A {\n  id String @id @default(uuid)\n}\n", "default-type") ==
        "model A {\n  id String @id @default(uuid())\n}\n");
  CHECK(after_fix("model A {\n  id Int @id\n  at DateTime @default(now)\n}\n", "default-type") ==
        "model A {\n  id Int @id\n  at DateTime @default(now())\n}\n");
  CHECK(after_fix("model A {\n  id Int @id @default(autoincrement)\n}\n", "default-type") ==
        "model A {\n  id Int @id @default(autoincrement())\n}\n");
  // It would be another mistake.
  CHECK(after_fix("model A {\n  id Int @id\n  b Boolean @default(now)\n}\n", "default-type").empty());
}

TEST_CASE("advice: types, quotes and names", "[validation]") {
  CHECK(after_fix("model A {\n  id Int @id\n  s String @db.BigInt\n}\n", "native-type-scalar") ==
        "model A {\n  id Int @id\n  s BigInt @db.BigInt\n}\n");
  CHECK(after_fix("model A {\n  id Int @id\n  u String @updatedAt\n}\n", "updated-at-type") ==
        "model A {\n  id Int @id\n  u DateTime @updatedAt\n}\n");
  CHECK(after_fix("model A {\n  id Int @id\n  m Mood @default(\"HAPPY\")\n}\n\nenum Mood {\n  HAPPY\n}\n",
                  "default-type") ==
        "model A {\n  id Int @id\n  m Mood @default(HAPPY)\n}\n\nenum Mood {\n  HAPPY\n}\n");
  CHECK(after_fix("model A {\n  id Int @id\n\n  @@index([\"id\"])\n}\n", "wrong-value") ==
        "model A {\n  id Int @id\n\n  @@index([id])\n}\n");
  CHECK(after_fix("datasource db {\n  provider = \"postgre\"\n}\n", "unknown-provider") ==
        "datasource db {\n  provider = \"postgresql\"\n}\n");
  CHECK(after_fix("datasource db {\n  provider = \"mongo\"\n}\n", "unknown-provider") ==
        "datasource db {\n  provider = \"mongodb\"\n}\n");
}

TEST_CASE("advice: a field that a foreign key names and the model lacks is added", "[validation]") {
  CHECK(
      after_fix("model Note {\n  id Int @id\n  owner Person @relation(fields: [ownerId], references: [id])\n}\n\n"
                "model Person {\n  id Int @id\n  notes Note[]\n}\n",
                "relation-unknown-field") ==
      "model Note {\n  id Int @id\n  owner Person @relation(fields: [ownerId], references: [id])\n  ownerId Int\n}\n\n"
      "model Person {\n  id Int @id\n  notes Note[]\n}\n");
  // The id has nearly the same name, and is no foreign key.
  CHECK(after_fix("model A {\n  id Int @id\n  b B? @relation(fields: [bId], references: [id])\n}\n\n"
                  "model B {\n  id String @id @db.Uuid\n  as A[]\n}\n",
                  "relation-unknown-field") ==
        "model A {\n  id Int @id\n  b B? @relation(fields: [bId], references: [id])\n  bId String? @db.Uuid\n}\n\n"
        "model B {\n  id String @id @db.Uuid\n  as A[]\n}\n");
  // A misspelt name.
  CHECK(after_fix("model A {\n  id Int @id\n  authorId Int\n  author B @relation(fields: [autorId], references: [id])\n"
                  "}\n\nmodel B {\n  id Int @id\n  as A[]\n}\n",
                  "relation-unknown-field")
            .find("fields: [authorId]") != std::string::npos);
}

TEST_CASE("advice: the fields of ambiguous relations are paired by their names", "[validation]") {
  CHECK(after_fix("model User {\n  id Int @id\n  written Post[]\n  liked Post[]\n}\n\n"
                  "model Post {\n  id Int @id\n  likerId Int\n  liker User @relation(fields: [likerId], references: "
                  "[id])\n  writerId Int\n  writer User @relation(fields: [writerId], references: [id])\n}\n",
                  "ambiguous-relation") ==
        "model User {\n  id Int @id\n  written Post[] @relation(\"Post_writer\")\n  liked Post[] "
        "@relation(\"Post_liker\")\n}\n\n"
        "model Post {\n  id Int @id\n  likerId Int\n  liker User @relation(\"Post_liker\", fields: [likerId], "
        "references: [id])\n  writerId Int\n  writer User @relation(\"Post_writer\", fields: [writerId], references: "
        "[id])\n}\n");
}

TEST_CASE("advice: a one-to-one relation gets its key", "[validation]") {
  CHECK(after_fix("model X {\n  id Int @id\n  y Y?\n}\n\nmodel Y {\n  id Int @id\n  x X\n}\n",
                  "relation-without-fields") ==
        "model X {\n  id Int @id\n  y Y?\n}\n\nmodel Y {\n  id Int @id\n  x X @relation(fields: [xId], references: "
        "[id])\n  xId Int @unique\n}\n");
}

TEST_CASE("advice: a new model has the style of the others", "[validation]") {
  const auto text = after_fix(
      "model User {\n  id String @id @default(uuid()) @db.Uuid\n  firstName String @map(\"first_name\")\n\n"
      "  @@map(\"users\")\n}\n\nmodel Post {\n  id String @id @default(uuid()) @db.Uuid\n  user User\n\n"
      "  @@map(\"posts\")\n}\n",
      "relation-without-opposite");
  CHECK(text.find("  posts Post[]\n") != std::string::npos);
  const auto no_id = after_fix(
      "model User {\n  id String @id @default(cuid())\n}\n\nmodel B {\n  id String @id "
      "@default(cuid())\n}\n\nmodel Post {\n  name String\n}\n",
      "no-unique-criterion");
  CHECK((no_id.empty() || no_id.find("id String @id @default(cuid())") != std::string::npos));
}

TEST_CASE("text after a brace: a warning, and its own line", "[validation]") {
  check_diagnostics("model A { <text-after-brace>token String</text-after-brace>\n  id Int @id\n}\n");
  check_diagnostics("model A { <text-after-brace>token [String]</text-after-brace>\n  id Int @id\n}\n");
  check_diagnostics("model A { /* a */ /* b */ <text-after-brace>token String</text-after-brace>\n  id Int @id\n}\n");
  check_diagnostics(
      "datasource db { <text-after-brace>url = \"\"</text-after-brace>\n  provider = \"postgresql\"\n}\n");
  check_diagnostics("enum A { <text-after-brace>C</text-after-brace>\n  B\n}\n");
  check_diagnostics("model A { ;\n  id Int @id\n}\n");
  check_diagnostics("model A { word\n  id Int @id\n}\n");
  check_diagnostics("model A { // a comment\n  id Int @id\n}\n");
  check_diagnostics("enum A { /* a */\n  B\n}\n");
  CHECK(after_fix("model A { /* a */ token String\n  id Int @id\n}\n", "text-after-brace") ==
        "model A { /* a */\n  token String\n  id Int @id\n}\n");
  CHECK(after_fix("model A { token String\n  id Int @id\n}\n", "text-after-brace") ==
        "model A {\n  token String\n  id Int @id\n}\n");
  CHECK(after_fix("model A {token String // c\r\n  id Int @id\r\n}\r\n", "text-after-brace") ==
        "model A {\r\n  token String // c\r\n  id Int @id\r\n}\r\n");
}

TEST_CASE("byte order mark: it is named, and the fix takes it away", "[validation]") {
  CHECK(after_fix("\xEF\xBB\xBF"
                  "datasource db {\n  provider = \"postgresql\"\n}\n",
                  "invisible-character") == "datasource db {\n  provider = \"postgresql\"\n}\n");
}

namespace {

// The field is one without an error.
void check_no_errors(std::string_view provider, std::string_view field) {
  const std::string_view id = provider == "mongodb" ? "String @id @map(\"_id\")" : "Int @id";
  INFO(field);
  const auto analysis = analyse(fmt::format(
      "datasource db {{\n  provider = \"{}\"\n}}\n\nmodel A {{\n  id {}\n  x {}\n}}\n", provider, id, field));
  CHECK(!analysis->has_errors());
}

// The line of a field `x` after the preferred fix of the code, in a model of this database.
std::string field_after_fix(std::string_view provider, std::string_view field, std::string_view code) {
  const std::string_view id = provider == "mongodb" ? "String @id @map(\"_id\")" : "Int @id";
  const std::string text =
      after_fix(fmt::format("datasource db {{\n  provider = \"{}\"\n}}\n\nmodel A {{\n  id {}\n  x "
                            "{}\n}}\n\nenum Mood {{\n  HAPPY\n}}\n",
                            provider, id, field),
                code);
  const std::size_t begin = text.find("  x ");
  return begin == std::string::npos ? text : text.substr(begin + 4, text.find('\n', begin) - begin - 4);
}

}  // namespace

TEST_CASE("advice: `null` is no default", "[validation]") {
  CHECK(field_after_fix("postgresql", "String? @default(null)", "default-type") == "String?");
  CHECK(field_after_fix("postgresql", "String @default(null)", "default-type") == "String?");
  CHECK(field_after_fix("postgresql", "Int? @default(null)", "default-type") == "Int?");
  CHECK(field_after_fix("postgresql", "Boolean? @default(null)", "default-boolean") == "Boolean?");
  CHECK(field_after_fix("postgresql", "Mood? @default(null)", "default-unknown-enum-value") == "Mood?");
  CHECK(field_after_fix("postgresql", "Json? @default(null)", "json-default") == "Json?");
  CHECK(field_after_fix("postgresql", "Json @default(null)", "json-default") == "Json @default(\"null\")");
  // Of a String the message does not speak of JSON.
  CHECK(field_after_fix("postgresql", "String @default(1)", "default-type") == "String @default(\"1\")");
  CHECK(field_after_fix("postgresql", "String @default(true)", "default-type") == "String @default(\"true\")");
}

TEST_CASE("advice: functions by other names, and those of the database", "[validation]") {
  const auto called = [](std::string_view provider, std::string_view type, std::string_view value) {
    return field_after_fix(provider, fmt::format("{} @default({})", type, value), "default-type");
  };
  CHECK(called("postgresql", "String", "dbgenerated") == "String @default(dbgenerated())");
  CHECK(called("postgresql", "String", "Uuid") == "String @default(uuid())");
  CHECK(called("postgresql", "String", "cuid2") == "String @default(cuid(2))");
  CHECK(called("postgresql", "String", "gen_random_uuid") == "String @default(dbgenerated(\"gen_random_uuid()\"))");
  CHECK(called("sqlserver", "String", "newid") == "String @default(dbgenerated(\"newid()\"))");
  CHECK(called("sqlite", "String", "gen_random_uuid") == "String @default(uuid())");
  CHECK(called("postgresql", "DateTime", "Now") == "DateTime @default(now())");
  CHECK(called("mysql", "DateTime", "CURRENT_TIMESTAMP") == "DateTime @default(now())");
  CHECK(called("postgresql", "String", "active") == "String @default(\"active\")");
  const auto unknown = [](std::string_view provider, std::string_view type, std::string_view value) {
    return field_after_fix(provider, fmt::format("{} @default({})", type, value), "unknown-function");
  };
  CHECK(unknown("postgresql", "String", "gen_random_uuid()") == "String @default(dbgenerated(\"gen_random_uuid()\"))");
  CHECK(unknown("postgresql", "DateTime", "NOW()") == "DateTime @default(now())");
  CHECK(unknown("postgresql", "String", "lower(\"A\")") == "String @default(dbgenerated(\"lower(\\\"A\\\")\"))");
  CHECK(unknown("mongodb", "String", "gen_random_uuid()") == "String @default(uuid())");
  CHECK(field_after_fix("postgresql", "String @default(dbgenerated(gen_random_uuid()))", "function-argument") ==
        "String @default(dbgenerated(\"gen_random_uuid()\"))");
  CHECK(field_after_fix("postgresql", "Int @default = 1", "default-assignment") == "Int @default(1)");
  CHECK(field_after_fix("postgresql", "Json[] @default([{}])", "json-default") == "Json[] @default([\"{}\"])");
}

TEST_CASE("advice: the types of other languages are those of the database, and lead to no other error",
          "[validation]") {
  const auto type = [](std::string_view provider, std::string_view written) {
    const std::string fixed = field_after_fix(provider, written, "other-type");
    check_no_errors(provider, fixed);
    return fixed;
  };
  CHECK(type("postgresql", "int8") == "BigInt");
  CHECK(type("cockroachdb", "int8") == "BigInt");
  CHECK(type("mysql", "int8") == "BigInt");
  CHECK(type("postgresql", "serial") == "Int @default(autoincrement())");
  CHECK(type("cockroachdb", "serial") == "BigInt @default(autoincrement())");
  CHECK(type("cockroachdb", "smallserial") == "BigInt @default(autoincrement())");
  CHECK(type("mongodb", "serial") == "Int");
  CHECK(type("sqlite", "serial") == "Int");
  CHECK(type("mysql", "bigserial") == "BigInt");
  CHECK(type("postgresql", "nvarchar(max)") == "String");
  CHECK(type("cockroachdb", "varchar(max)") == "String");
  CHECK(type("mysql", "nvarchar(max)") == "String @db.LongText");
  CHECK(type("sqlserver", "nvarchar(max)") == "String @db.NVarChar(Max)");
  CHECK(type("mysql", "varbinary(max)") == "Bytes @db.LongBlob");
  CHECK(type("sqlserver", "bit") == "Boolean");
  CHECK(type("mysql", "bit") == "Boolean @db.Bit(1)");
  CHECK(type("postgresql", "bit(8)") == "String @db.Bit(8)");
  CHECK(type("sqlserver", "jsonb") == "String @db.NVarChar(Max)");
  CHECK(type("mongodb", "decimal") == "Float");
  CHECK(type("mongodb", "decimal(10,2)") == "Float");
  CHECK(type("postgresql", "decimal(10)") == "Decimal @db.Decimal(10, 0)");
  CHECK(type("mysql", "varchar(70000)") == "String");
  CHECK(type("postgresql", "citext") == "String @db.Citext");
  CHECK(type("sqlite", "Date") == "DateTime");
  CHECK(type("postgresql", "Date @db.Date") == "DateTime @db.Date");
}

TEST_CASE("advice: providers, addresses and preview features", "[validation]") {
  const auto provider = [](std::string_view written) {
    return after_fix(fmt::format("datasource db {{\n  provider = \"{}\"\n}}\n", written), "unknown-provider");
  };
  CHECK(provider("mssql") == "datasource db {\n  provider = \"sqlserver\"\n}\n");
  CHECK(provider("MSSQL") == "datasource db {\n  provider = \"sqlserver\"\n}\n");
  CHECK(provider("mysq") == "datasource db {\n  provider = \"mysql\"\n}\n");
  const auto v6 = schema::PrismaVersion::v6;
  CHECK(after_fix("datasource db {\n  provider = \"sqlite\"\n  url = env(DATABASE_URL)\n}\n", "wrong-value", v6) ==
        "datasource db {\n  provider = \"sqlite\"\n  url = env(\"DATABASE_URL\")\n}\n");
  // What is wrong with the next property is there in any case.
  CHECK(after_fix("datasource db {\n  provider = \"postgre\"\n  url = env(DATABASE_URL)\n}\n", "unknown-provider",
                  v6) == "datasource db {\n  provider = \"postgresql\"\n  url = env(DATABASE_URL)\n}\n");
  CHECK(after_fix("datasource db {\n  provider = postgresql\n  ulr = env(\"DATABASE_URL\")\n}\n", "provider-value",
                  v6) == "datasource db {\n  provider = \"postgresql\"\n  ulr = env(\"DATABASE_URL\")\n}\n");
  CHECK(after_fix("generator c {\n  provider = \"prisma-client\"\n  previewFeatures = [\"veiws\"]\n}\n",
                  "unknown-preview-feature")
            .find("[\"views\"]") != std::string::npos);
}

TEST_CASE("advice: an address that is read from the environment stays one", "[validation]") {
  constexpr auto v6 = schema::PrismaVersion::v6;
  for (const std::string_view written : {"process.env.DATABASE_URL", "DATABASE_URL", "process.env(\"DATABASE_URL\")"}) {
    INFO(written);
    CHECK(after_fix("datasource db {\n  provider = \"sqlite\"\n  url = " + std::string(written) + "\n}\n",
                    "wrong-value",
                    v6) == "datasource db {\n  provider = \"sqlite\"\n  url = env(\"DATABASE_URL\")\n}\n");
  }
}

TEST_CASE("advice: a date of creation is no date of the last update", "[validation]") {
  CHECK(after_fix("model A {\n  id Int @id\n  at DateTime @createdAt\n}\n", "unknown-attribute") ==
        "model A {\n  id Int @id\n  at DateTime @default(now())\n}\n");
}

TEST_CASE("advice: the other side of a named relation gets the name", "[validation]") {
  CHECK(after_fix(
            "model A {\n  id Int @id\n  b B @relation(\"x\", fields: [bId], references: [id])\n  bId Int\n}\n\nmodel B "
            "{\n  id Int @id\n  as A[]\n}\n",
            "relation-without-opposite") ==
        "model A {\n  id Int @id\n  b B @relation(\"x\", fields: [bId], references: [id])\n  bId Int\n}\n\nmodel B "
        "{\n  id Int @id\n  as A[] @relation(\"x\")\n}\n");
}

TEST_CASE("advice: a relation gets what its kind needs", "[validation]") {
  CHECK(after_fix("model User {\n  id Int @id\n  post Post?\n}\n\nmodel Post {\n  id Int @id\n  user User "
                  "@relation(fields: [userId], references: [id])\n}\n",
                  "relation-unknown-field")
            .find("  userId Int @unique\n") != std::string::npos);
  CHECK(after_fix("model X {\n  a Int\n  b Int\n  y Y?\n\n  @@id([a, b])\n}\n\nmodel Y {\n  id Int @id\n  x X "
                  "@relation(fields: [xa, xb], references: [a, b])\n}\n",
                  "relation-unknown-field")
            .find("  @@unique([xa, xb])\n") != std::string::npos);
  // Both sides required.
  const auto both =
      after_fix("model X {\n  id Int @id\n  y Y\n}\n\nmodel Y {\n  id Int @id\n  x X\n}\n", "relation-without-fields");
  CHECK(both.find("?") != std::string::npos);
  check_diagnostics(both);
  // The type with the native type that the database compares.
  CHECK(after_fix("model X {\n  id String @id @db.Uuid\n  ys Y[]\n}\n\nmodel Y {\n  id Int @id\n  xId Int\n  x X "
                  "@relation(fields: [xId], references: [id])\n}\n",
                  "relation-field-type")
            .find("  xId String @db.Uuid\n") != std::string::npos);
}

TEST_CASE("advice: ambiguous relations without a list, and without keys", "[validation]") {
  const auto one_list = after_fix(
      "model User {\n  id Int @id\n  posts Post[]\n}\n\nmodel Post {\n  id Int @id\n  wId Int\n  author User "
      "@relation(fields: [wId], references: [id])\n  lId Int\n  liker User @relation(fields: [lId], references: "
      "[id])\n}\n",
      "ambiguous-relation");
  CHECK(one_list.find("  likerPosts Post[] @relation(\"Post_liker\")\n") != std::string::npos);
  check_diagnostics(one_list);
  const auto no_keys = after_fix(
      "model User {\n  id Int @id\n  written Post[]\n  liked Post[]\n}\n\nmodel Post {\n  id Int @id\n  writer "
      "User\n  liker User\n}\n",
      "ambiguous-relation");
  CHECK(no_keys.find("  writer User @relation(\"Post_writer\", fields: [writerId], references: [id])\n") !=
        std::string::npos);
  check_diagnostics(no_keys);
}

TEST_CASE("advice: the key of one of two sides goes", "[validation]") {
  const std::string text =
      "model X {\n  id Int @id\n  yId Int @unique\n  y Y @relation(fields: [yId], references: [id])\n}\n\nmodel Y {\n  "
      "id "
      "Int @id\n  xId Int @unique\n  x X @relation(fields: [xId], references: [id])\n}\n";
  const auto analysis = analyse(std::string(kPostgresql) + text);
  std::size_t with_fix = 0;
  for (const validation::Diagnostic& diagnostic : analysis->diagnostics())
    with_fix += validation::helpful_fixes(analysis, diagnostic).empty() ? 0 : 1;
  CHECK(with_fix == analysis->diagnostics().size());
}

TEST_CASE("advice: types of databases that Prisma has none for", "[validation]") {
  const auto type = [](std::string_view provider, std::string_view written) {
    const std::string fixed = field_after_fix(provider, written, "other-type");
    check_no_errors(provider, fixed);
    return fixed;
  };
  CHECK(type("postgresql", "point") == "Unsupported(\"point\")");
  CHECK(type("postgresql", "tsvector?") == "Unsupported(\"tsvector\")?");
  CHECK(type("postgresql", "INTERVAL") == "Unsupported(\"interval\")");
  CHECK(type("postgresql", "interval(6)") == "Unsupported(\"interval(6)\")");
  CHECK(type("postgresql", "cidr[]") == "Unsupported(\"cidr\")[]");
  CHECK(type("postgresql", "geometry(Point, 4326)") == "Unsupported(\"geometry(Point,4326)\")");
  CHECK(type("cockroachdb", "geography") == "Unsupported(\"geography\")");
  CHECK(type("mysql", "point") == "Unsupported(\"point\")");
  CHECK(type("sqlserver", "hierarchyid") == "Unsupported(\"hierarchyid\")");
  CHECK(type("mysql", "year?") == "Int? @db.Year");
  CHECK(type("postgresql", "year") == "Int");
  // Not where the database has none, and a name in capitals and small letters is of a model.
  CHECK(!field_after_fix("sqlite", "tsvector", "unknown-type").contains("Unsupported"));
  CHECK(!field_after_fix("postgresql", "Point", "unknown-type").contains("Unsupported"));
}

TEST_CASE("advice: a native type that the database lacks is one that fits the field, or changes its type",
          "[validation]") {
  const auto native = [](std::string_view provider, std::string_view written) {
    const std::string fixed = field_after_fix(provider, written, "unknown-native-type");
    check_no_errors(provider, fixed);
    return fixed;
  };
  CHECK(native("postgresql", "String? @db.Int") == "Int?");
  CHECK(native("postgresql", "Int @db.Int") == "Int");
  CHECK(native("postgresql", "String @db.text") == "String @db.Text");
  CHECK(native("postgresql", "String @db.nvarchar(20)") == "String @db.VarChar(20)");
  CHECK(native("postgresql", "String @db.VarChr(20)") == "String @db.VarChar(20)");
  CHECK(native("postgresql", "Int @db.VarChr(20)") == "String @db.VarChar(20)");
  CHECK(native("postgresql", "DateTime @db.DateTime") == "DateTime");
  CHECK(native("mysql", "DateTime @db.Timestamptz") == "DateTime @db.Timestamp");
  CHECK(native("postgresql", "String @db.Point") == "Unsupported(\"point\")");
}

TEST_CASE("advice: a default of several values makes the field a list", "[validation]") {
  const std::string text = std::string(kPostgresql) + "model A {\n  id Int @id\n  x Int? @default([1, 2])\n}\n";
  const auto analysis = analyse(text);
  REQUIRE(analysis->diagnostics().size() == 1);
  const auto fixes = validation::helpful_fixes(analysis, analysis->diagnostics().front());
  REQUIRE(fixes.size() == 1);
  CHECK(text::apply_edits(text, std::vector{fixes[0]->edits[0].edit}).contains("  x Int[] @default([1, 2])\n"));
}

TEST_CASE("advice: values in quotes that are none of text", "[validation]") {
  const auto value = [](std::string_view field) { return field_after_fix("postgresql", field, "default-type"); };
  CHECK(value("Int @default(\"-1\")") == "Int @default(-1)");
  CHECK(value("Float @default(\"1.5\")") == "Float @default(1.5)");
  CHECK(value("Boolean @default(\"TRUE\")") == "Boolean @default(true)");
  CHECK(value("Int @default(\"autoincrement()\")") == "Int @default(autoincrement())");
  CHECK(value("DateTime @default(\"now()\")").empty());  // text, which is checked later
  CHECK(value("Int @default(\"1.5\")").empty());
  CHECK(field_after_fix("postgresql", "DateTime @default(NOW)", "default-type") == "DateTime @default(now())");
  CHECK(field_after_fix("postgresql", "String @default(uid())", "unknown-function") == "String @default(uuid())");
}

TEST_CASE("advice: the values of an enum by their names in the database and in another case", "[validation]") {
  const auto after = [](std::string_view value, std::string_view code) {
    const std::string text =
        after_fix(fmt::format("model A {{\n  id Int @id\n  x E @default({})\n}}\n\nenum E {{\n  ACTIVE\n"
                              "  Off @map(\"switched_off\")\n}}\n",
                              value),
                  code);
    const std::size_t begin = text.find("@default(");
    return begin == std::string::npos ? text : text.substr(begin, text.find('\n', begin) - begin);
  };
  CHECK(after("active", "default-unknown-enum-value") == "@default(ACTIVE)");
  CHECK(after("\"active\"", "default-type") == "@default(ACTIVE)");
  CHECK(after("switched_off", "default-unknown-enum-value") == "@default(Off)");
  CHECK(after("\"Switched_Off\"", "default-type") == "@default(Off)");
}

TEST_CASE("advice: referential actions", "[validation]") {
  const auto after = [](std::string_view provider, std::string_view key, std::string_view arguments,
                        std::string_view code) {
    const std::string text = after_fix(
        fmt::format("datasource db {{\n  provider = \"{}\"\n}}\n\nmodel A {{\n  id Int @id\n  bId {}\n  b B @relation("
                    "fields: [bId], references: [id], {})\n}}\n\nmodel B {{\n  id Int @id\n  as A[]\n}}\n",
                    provider, key, arguments),
        code);
    return text.substr(std::min(text.find("  bId"), text.size()),
                       text.find('}', text.find("  bId")) - text.find("  bId"));
  };
  CHECK(after("postgresql", "Int", "onDelete: SetNull", "set-null-on-required") ==
        "  bId Int?\n  b B? @relation(fields: [bId], references: [id], onDelete: SetNull)\n");
  CHECK(after("sqlserver", "Int", "onDelete: Restrict", "referential-action-unsupported") ==
        "  bId Int\n  b B @relation(fields: [bId], references: [id], onDelete: NoAction)\n");
  CHECK(after("postgresql", "Int", "ondelete: cascade", "unknown-argument") ==
        "  bId Int\n  b B @relation(fields: [bId], references: [id], onDelete: Cascade)\n");
  CHECK(after("postgresql", "Int", "onDelete: \"CASCADE\"", "wrong-value") ==
        "  bId Int\n  b B @relation(fields: [bId], references: [id], onDelete: Cascade)\n");
  CHECK(after("postgresql", "Int", "onDelete: NO_ACTION", "unknown-referential-action") ==
        "  bId Int\n  b B @relation(fields: [bId], references: [id], onDelete: NoAction)\n");
  CHECK(after("postgresql", "Int", "mpa: fk", "unknown-argument") ==
        "  bId Int\n  b B @relation(fields: [bId], references: [id], map: \"fk\")\n");
}

TEST_CASE("advice: many-to-many relations as the database has them", "[validation]") {
  const std::string mongodb = "datasource db {\n  provider = \"mongodb\"\n}\n\n";
  const std::string id = "  id String @id @default(auto()) @map(\"_id\") @db.ObjectId\n";
  CHECK(after_fix(mongodb + "model Post {\n" + id + "  tags Tag[]\n}\n\nmodel Tag {\n" + id + "  posts Post[]\n}\n",
                  "many-to-many-unsupported") ==
        mongodb + "model Post {\n" + id +
            "  tags Tag[] @relation(fields: [tagIds], references: [id])\n  tagIds String[] @db.ObjectId\n}\n\n"
            "model Tag {\n" +
            id + "  posts Post[] @relation(fields: [postIds], references: [id])\n  postIds String[] @db.ObjectId\n}\n");
  CHECK(after_fix("model A {\n  id Int @id\n  bIds Int[]\n  bs B[] @relation(fields: [bIds], references: [id])\n}\n\n"
                  "model B {\n  id Int @id\n  aIds Int[]\n  as A[] @relation(fields: [aIds], references: [id])\n}\n",
                  "many-to-many-unsupported") ==
        "model A {\n  id Int @id\n  bIds Int[]\n  bs B[]\n}\n\nmodel B {\n  id Int @id\n  aIds Int[]\n  as A[]\n}\n");
}

TEST_CASE("advice: an id on MongoDB, whatever the ids of other models are", "[validation]") {
  const std::string text =
      "datasource db {\n  provider = \"mongodb\"\n}\n\nmodel A {\n  id String @id @default(auto())\n}\n\n";
  CHECK(after_fix(text + "model B {\n  name String\n}\n", "mongodb-no-id") ==
        text + "model B {\n  name String\n  id String @id @default(auto()) @map(\"_id\") @db.ObjectId\n}\n");
  CHECK(after_fix(text + "model B {\n  id String\n}\n", "mongodb-no-id") ==
        text + "model B {\n  id String @id @map(\"_id\")\n}\n");
}

TEST_CASE("advice: a one-to-one relation whose sides are both required", "[validation]") {
  CHECK(after_fix("model A {\n  id Int @id\n  bId Int\n  b B @relation(fields: [bId], references: [id])\n}\n\n"
                  "model B {\n  id Int @id\n  a A\n}\n",
                  "one-to-one-not-unique") ==
        "model A {\n  id Int @id\n  bId Int @unique\n  b B @relation(fields: [bId], references: [id])\n}\n\n"
        "model B {\n  id Int @id\n  a A?\n}\n");
}

TEST_CASE("advice: messages of a schema without a datasource", "[validation]") {
  for (const char* schema : {"model A {\n  id Int @id\n  @@schema(\"x\")\n}\n",
                             "model A {\n  id Int @id(map: \"x\", length: 1, sort: Desc)\n}\n",
                             "model A {\n  id Int @id\n  a String @db.Text\n}\n", "enum E {\n  A\n}\n"}) {
    const auto analysis = analyse(schema);
    for (const validation::Diagnostic& one : analysis->diagnostics()) {
      INFO(one.message);
      CHECK(ascii::is_upper(one.message.front()) != one.message.starts_with('@'));
      CHECK(!one.message.contains("a schema without"));
    }
  }
}
