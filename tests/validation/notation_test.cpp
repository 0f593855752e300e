// Attributes, headers, addresses and characters that are not written as Prisma writes them.

#include "validation/fixes/helpful_fixes.h"
#include "validation/mistakes.h"

using namespace refract;
using namespace refract::tests;

namespace {

constexpr auto v6 = schema::PrismaVersion::v6;

std::string relation(std::string_view line) {
  return fmt::format("model M {{\n  id Int @id\n{}  userId Int?\n}}\n\nmodel User {{\n  id Int @id\n  ms M[]\n}}\n",
                     line);
}

void check_address(std::string_view written, std::string_view right) {
  const auto schema = [](std::string_view value) {
    return fmt::format("datasource db {{\n  provider = \"sqlite\"\n  url = {}\n}}\n", value);
  };
  INFO(written);
  CHECK(fixed(schema(written), "environment-notation", v6) == schema(right));
  CHECK(diagnostics_of(schema(right), v6).empty());
}

// The titles of what is offered for the first diagnostic with the code.
std::vector<std::string> titles(const std::string& text, std::string_view code) {
  std::vector<std::string> found;
  const auto analysis = analyse_mode(text, schema::PrismaVersion::v7, validation::AnalysisMode::tolerant);
  for (const auto& diagnostic : validation::with_helpful_fixes(analysis)) {
    if (diagnostic.code.name() != code) continue;
    for (const validation::Fix& fix : diagnostic.fixes) found.push_back(fix.title);
    break;
  }
  return found;
}

}  // namespace

TEST_CASE("notation: arguments without parentheses", "[mistakes]") {
  const std::string_view code = "attribute-notation";
  check_field(code, "  a Int @default 1\n", "  a Int @default(1)\n");
  check_field(code, "  a Int @default 1 @unique // c\n", "  a Int @default(1) @unique // c\n");
  check_field(code, "  a DateTime @default now() @map: \"b\"\n", "  a DateTime @default(now()) @map(\"b\")\n");
  check_field(code, "  a String @map \"x\"\n", "  a String @map(\"x\")\n");
  check_field(code, "  a String @map = 'x'\n", "  a String @map(\"x\")\n");
  check_field(code, "  a String @db.VarChar 20\n", "  a String @db.VarChar(20)\n");
  check_field(code, "  a Int[] @default [1, 2]\n", "  a Int[] @default([1, 2])\n");
  check_field(code, "  a Int\n\n  @@index [a]\n", "  a Int\n\n  @@index([a])\n");
  check_field(code, "  a Int\n\n  @@index[a]\n", "  a Int\n\n  @@index([a])\n");
  check_field(code, "  a Int\n\n  @@index a\n", "  a Int\n\n  @@index([a])\n");
  check_field(code, "  a Int\n\n  @@unique id, a\n", "  a Int\n\n  @@unique([id, a])\n");
  check_field(code, "  a Int\n\n  @@index [a], map: \"x\"\n", "  a Int\n\n  @@index([a], map: \"x\")\n");
  check_field(code, "  a Int\n\n  @@index fields: [a]\n", "  a Int\n\n  @@index(fields: [a])\n");
  check_field(code, "  a Int\n\n  @@map \"x\"\n", "  a Int\n\n  @@map(\"x\")\n");
  check_value(code, "  B @map \"b\"\n", "  B @map(\"b\")\n");
  check_mistake(code, relation("  user User? @relation fields: [userId], references: [id], onDelete: Cascade\n"),
                relation("  user User? @relation(fields: [userId], references: [id], onDelete: Cascade)\n"));
  check_field("json-default", "  a Json @default {\"b\": [1]} @map \"c\"\n",
              "  a Json @default(\"{\\\"b\\\": [1]}\") @map(\"c\")\n");
}

TEST_CASE("notation: attributes without at signs", "[mistakes]") {
  const std::string_view code = "attribute-notation";
  check_field(code, "  a Int\n\n  index([a])\n", "  a Int\n\n  @@index([a])\n");
  check_field(code, "  a Int\n\n  unique(id, a)\n", "  a Int\n\n  @@unique([id, a])\n");
  check_field(code, "  a Int\n\n  map(\"x\")\n", "  a Int\n\n  @@map(\"x\")\n");
  check_mistake(code, "model M {\n  a Int\n  b Int\n  id([a, b])\n}\n",
                "model M {\n  a Int\n  b Int\n  @@id([a, b])\n}\n");
  check_field(code, "  a String map(\"x\")\n", "  a String @map(\"x\")\n");
  check_field(code, "  a DateTime default(now()) db.Date\n", "  a DateTime @default(now()) @db.Date\n");
  check_field(code, "  a DateTime updatedAt\n", "  a DateTime @updatedAt\n");
}

TEST_CASE("notation: attributes in brackets after the type", "[mistakes]") {
  check_field("sql-constraint", "  a Int (unique)\n", "  a Int @unique\n");
  check_field("sql-constraint", "  a Int [unique, not null]\n", "  a Int @unique\n");
  check_field("sql-constraint", "  a Int [default: 1]\n", "  a Int @default(1)\n");
  check_field("attribute-notation", "  a Int (@unique)\n", "  a Int @unique\n");
  check_field("attribute-notation", "  a String (map(\"x\"))\n", "  a String @map(\"x\")\n");
  check_field("other-type", "  a varchar(20)\n", "  a String @db.VarChar(20)\n");
}

TEST_CASE("notation: arguments with `=`, and actions of two words", "[mistakes]") {
  const std::string right = relation("  user User? @relation(fields: [userId], references: [id], onDelete: SetNull)\n");
  check_mistake("attribute-notation",
                relation("  user User? @relation(fields = [userId], references = [id], onDelete = SetNull)\n"), right);
  check_mistake("attribute-notation",
                relation("  user User? @relation(fields=[userId], references=[id], onDelete=SetNull)\n"), right);
  check_mistake("attribute-notation",
                relation("  user User? @relation(fields: [userId], references: [id], onDelete: SET NULL)\n"), right);
  check_field("attribute-notation", "  a Int\n\n  @@index([a(sort = Desc)])\n",
              "  a Int\n\n  @@index([a(sort: Desc)])\n");
}

TEST_CASE("notation: missing commas and brackets", "[mistakes]") {
  check_mistake("attribute-notation", relation("  user User? @relation(fields: [userId] references: [id])\n"),
                relation("  user User? @relation(fields: [userId], references: [id])\n"));
  check_field("attribute-notation", "  a Int\n\n  @@index([id a], map: \"x\")\n",
              "  a Int\n\n  @@index([id, a], map: \"x\")\n");
  check_field("attribute-notation", "  a String[] @default([\"x\" \"y\"])\n",
              "  a String[] @default([\"x\", \"y\"])\n");
  check_field("unclosed-bracket", "  a String @default(\"x\" @unique\n", "  a String @default(\"x\") @unique\n");
  check_field("unclosed-bracket", "  a Int[] @default([1, 2 @map(\"b\")\n", "  a Int[] @default([1, 2]) @map(\"b\")\n");
}

TEST_CASE("notation: an object assigned as the default of a Json field", "[mistakes]") {
  check_field("default-assignment", "  a Json = {}\n", "  a Json @default(\"{}\")\n");
  check_field("default-assignment", "  a Json = { b: 1 } @map(\"c\")\n",
              "  a Json @default(\"{\\\"b\\\": 1}\") @map(\"c\")\n");
  check_field("default-assignment", "  a Json = [1]\n", "  a Json @default(\"[1]\")\n");
  check_field("default-assignment", "  a Int[] = [1]\n", "  a Int[] @default([1])\n");
}

TEST_CASE("notation: the first line of a block", "[mistakes]") {
  const std::string right = "model M {\n  id Int @id\n}\n";
  for (const char* header : {"model M: {", "model M = {", "model M => {", "model M() {", "export model M {",
                             "export default model M = {", "declare model M {"}) {
    check_mistake("header-notation", fmt::format("{}\n  id Int @id\n}}\n", header), right);
  }
  check_mistake("header-notation", "export enum E {\n  A\n}\n", "enum E {\n  A\n}\n");
  // A class is a model, whatever is before it.
  check_mistake("unknown-keyword", "public class M {\n  id Int @id\n}\n", right);
}

TEST_CASE("notation: environment variables of programs, shells and templates", "[mistakes]") {
  for (const char* written :
       {"\"env(\"X\")\"", "process.env[\"X\"]", "process.env['X']", "process.env.X!", "process.env.X as string",
        "process.env?.X", "import.meta.env.X!", "os.environ[\"X\"]", "$X", "${X}", "${env:X}", "`${process.env.X}`",
        "%X%", "{{ X }}", "env[\"X\"]", "env('X')!"}) {
    check_address(written, "env(\"X\")");
  }
  // The value for when it is missing is kept.
  check_address("process.env.X ?? \"file:a.db\"", "env(\"X\") // ?? \"file:a.db\"");
  check_address("env(\"X\") || 'file:a.db' // b", "env(\"X\") // || \"file:a.db\" // b");
}

TEST_CASE("notation: invisible characters are named with their places", "[mistakes]") {
  struct Character {
    std::string_view text;
    std::string_view name;
  };
  for (const Character& one : {Character{"\u200B", "U+200B (ZERO WIDTH SPACE)"},
                               {"\u00AD", "U+00AD (SOFT HYPHEN)"},
                               {"\u2028", "U+2028 (LINE SEPARATOR)"},
                               {"\u202E", "U+202E (RIGHT-TO-LEFT OVERRIDE)"},
                               {"\uFEFF", "U+FEFF (ZERO WIDTH NO-BREAK SPACE, the byte order mark)"}}) {
    INFO(one.name);
    const std::string text = fmt::format("model M {{\n  id Int @id\n  a Int{} // b\u200Bc\n}}\n", one.text);
    const auto analysis = analyse_mode(text, schema::PrismaVersion::v7, validation::AnalysisMode::tolerant);
    REQUIRE(analysis->diagnostics().size() == 1);
    const validation::Diagnostic& found = analysis->diagnostics().front();
    CHECK(found.code == validation::Code("invisible-character"));
    CHECK(found.message.contains(one.name));
    REQUIRE(found.related.size() == 1);
    CHECK(found.related.front().at.range.begin == text.find(one.text));
    CHECK(fixed(text, "invisible-character", schema::PrismaVersion::v7) ==
          "model M {\n  id Int @id\n  a Int // b\u200Bc\n}\n");
  }
  check_field("invisible-character", "  a\u200B Int\u200E @unique,\n", "  a Int @unique\n");
  check_field("invisible-character", "  na\u00ADme String\n", "  name String\n");
  check_field("invisible-character", "  a Int\u2028  b Int\n", "  a Int\n    b Int\n");
  check_mistake("invisible-character", "model\u200B M\u200B {\n  id Int @id\n}\n", "model M {\n  id Int @id\n}\n");
  check_mistake("invisible-character", "model M {\n  id Int @id\n}\u200B\n\nmodel N {\n  id Int @id\n}\n",
                "model M {\n  id Int @id\n}\n\nmodel N {\n  id Int @id\n}\n");
  // White space of other kinds is white space for Prisma, and in a string anything may be meant.
  CHECK(diagnostics_of("model M {\n  id\u00A0Int\u3000@id\n  a String @default(\"\u200B\")\n}\n", v6).empty());
}

TEST_CASE("notation: the line that begins a block is no comment by itself", "[mistakes]") {
  const std::string text = "foo bar baz {\n  id Int\n}\n\nmodel M {\n  id Int @id\n}\n";
  CHECK(titles(text, "invalid-line") == std::vector<std::string>{"Make the block a comment"});
  CHECK(titles("model M {\n  id Int @id\n  a {{{\n}\n", "invalid-member").empty());
}

TEST_CASE("notation: a string without its end stops where more follows", "[mistakes]") {
  const std::string_view code = "unterminated-string";
  check_field(code, "  a String @default(\"don't) @unique\n", "  a String @default(\"don't\") @unique\n");
  check_field(code, "  a String @default(\"a (b) c) @unique\n", "  a String @default(\"a (b) c\") @unique\n");
  check_field(code, "  a String @default(\"a (b) c) @map(\"x\") @unique\n",
              "  a String @default(\"a (b) c\") @map(\"x\") @unique\n");
  const auto named = [](std::string_view name) {
    return fmt::format(
        "model M {{\n  id Int @id\n  user User @relation({}, fields: [userId], references: [id])\n  userId Int\n}}\n\n"
        "model User {{\n  id Int @id\n  ms M[] @relation(\"U\")\n}}\n",
        name);
  };
  check_mistake(code, named("\"U"), named("\"U\""));
}
