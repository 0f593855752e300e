// The fix that a message names, by the text that it makes.

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
                  "invalid-line") == "datasource db {\n  provider = \"postgresql\"\n}\n");
}
