#include <fmt/format.h>

#include "support/catch.h"
#include "syntax/dump.h"

using namespace refract::syntax;
using refract::syntax::testing::dump;
using refract::text::Document;

namespace {

std::string dump_of(std::string_view text) {
  return dump(*File::parse(Document(std::string(text))));
}

// The errors of a member line in a model: kind and marked text, one a line.
std::string errors_in(std::string_view keyword, std::string_view lines) {
  const auto file = File::parse(Document(fmt::format("{} M {{\n{}\n}}\n", keyword, lines)));
  std::string all = dump(*file);
  std::string errors;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = all.find('\n', at);
    const std::string_view line = std::string_view(all).substr(at, end - at);
    for (const std::string_view kind :
         {"invalid_", "legacy_", "optional_list", "field_without", "unknown_", "type_alias"}) {
      if (line.starts_with("  " + std::string(kind))) errors.append(line.substr(2)).append("\n");
    }
    at = end + 1;
  }
  return errors;
}
std::string in_model(std::string_view lines) {
  return errors_in("model", lines);
}
std::string invalid(std::string_view line) {
  return fmt::format("invalid_member {:?}\n", std::string(line) + "\n");
}

}  // namespace

TEST_CASE("syntax errors: forms of a field given up long ago", "[syntax]") {
  CHECK(in_model("  a: Int @id") == "legacy_colon \":\"\n");
  CHECK(in_model("  a : String!") == "legacy_colon \":\"\n");
  CHECK(in_model("  a String ! @id") == "legacy_required \"String !\"\n");
  CHECK(in_model("  a[ String ] @id") == "legacy_list \"[ String ]\"\n");
  CHECK(in_model("  a String[] ? @id") == "optional_list \"String[] ?\"\n");
  CHECK(in_model("  a Unsupported(\"x\")!") == "legacy_required \"Unsupported(\\\"x\\\")!\"\n");
}

TEST_CASE("syntax errors: a field without a type", "[syntax]") {
  CHECK(in_model("  a") == "field_without_type \"a\\n\"\n");
  CHECK(in_model("  a @id // x") == "field_without_type \"a @id // x\\n\"\n");
}

TEST_CASE("syntax errors: lines that are no member, from the first character to after the line break", "[syntax]") {
  for (const std::string_view line : {"_a Int",
                                      "a String?[]",
                                      "a String??",
                                      "a Unsupported()",
                                      "a Unsupported (\"x\")",
                                      "a Int @default('x')",
                                      "a Int @default(+1)",
                                      "a Int @default(.5)",
                                      "a Int @default(1e3)",
                                      "a Int @default(\"x)",
                                      "a b c",
                                      "a String: @id",
                                      "@@index([id,])",
                                      "@@index([id],,)",
                                      "@ @index([id])",
                                      "a Int @",
                                      "a Int @default(a.b: 1)",
                                      "a Int @default(\"a\" \"b\")",
                                      "a Int @default(\"a\tb\")",
                                      "a [String]?",
                                      "a Int }",
                                      "a String /* x */ @id",
                                      "a Int @x({ \"b\": 1 })",
                                      "a Int @x({ b: })",
                                      "\v",
                                      ")",
                                      "a.b Int",
                                      "a Int @default(- 1)",
                                      "a Int @default(1a)",
                                      "a String /* x */ // y"}) {
    INFO(line);
    CHECK(in_model(line) == invalid(line));
  }
  CHECK(errors_in("enum", "A B") == invalid("A B"));
  CHECK(errors_in("enum", "A,") == invalid("A,"));
  CHECK(errors_in("enum", "A = 3") == invalid("A = 3"));
  CHECK(errors_in("generator", "a") == invalid("a"));
  CHECK(errors_in("datasource", "@@map(\"x\")") == invalid("@@map(\"x\")"));
  CHECK(errors_in("datasource", "a = [1a]") == invalid("a = [1a]"));
}

TEST_CASE("syntax errors: names that only look wrong are for the name checks", "[syntax]") {
  CHECK(in_model("  1a Int\n  b-c Int") == "");
  CHECK(errors_in("enum", "  1") == "");
}

TEST_CASE("syntax errors: arguments do not go over a line's end", "[syntax]") {
  CHECK(dump_of("model M {\n  a B @relation(\n    fields: [c],\n    references: [d]\n  )\n  e Int\n}\n") == R"(model M
  field e : Int
  broken a : B
  broken fields
  broken references : d list
  invalid_member "a B @relation(\n"
  invalid_member "fields: [c],\n"
  legacy_colon ":"
  invalid_member ")\n"
)");
}

TEST_CASE("syntax errors: invalid escapes", "[syntax]") {
  CHECK(in_model(R"(  a String @x("a\qb"))") == "invalid_string \"\\\\q\"\n");
  CHECK(in_model(R"(  a String @x("\é"))") == "invalid_string \"\\\\é\"\n");
  CHECK(in_model(R"(  a String @x("\u12"))") == "invalid_string \"\\\\u12\"\n");
  CHECK(in_model(R"(  a String @x("\u1"))") == "invalid_string \"\\\\u\"\n");
  CHECK(in_model(R"(  a String @x("\ud83cx"))") == "invalid_string \"\\\\ud83c\"\n");
  CHECK(in_model(R"(  a String @x("\ud83c\u0041"))") == "invalid_string \"\\\\ud83c\\\\u0041\"\n");
  SECTION("Prisma does not read the attributes of a field whose type it rejects") {
    CHECK(in_model(R"(  a String! @x("\q"))") == "legacy_required \"String!\"\n");
    CHECK(in_model(R"(  a: String @x("\q"))") == "legacy_colon \":\"\n");
    CHECK(in_model(R"(  a @x("\q"))") == "field_without_type \"a @x(\\\"\\\\q\\\")\\n\"\ninvalid_string \"\\\\q\"\n");
  }
}

TEST_CASE("syntax errors: at top level", "[syntax]") {
  CHECK(dump_of("  foo bar\nenum E {\n  A\n} baz\n}\n") ==
        "filler \n  invalid_line \"foo bar\\n\"\nenum E\n  value A\nfiller \n  invalid_line \"baz\\n\"\n"
        "  invalid_line \"}\\n\"\n");
  CHECK(dump_of("type A = Int @id \ntype B = Unsupported(\"x\") foo\ntype C = D?") ==
        "filler \n  type_alias \"type A = Int @id \"\n  type_alias \"type B = Unsupported(\\\"x\\\") \"\n"
        "  invalid_line \"foo\\n\"\n  type_alias \"type C = D\"\n  invalid_line \"?\"\n");
  CHECK(dump_of("model {\n  id Int\n}\n") == "unknown \n  unknown_block \"model {\\n  id Int\\n}\"\n");
  CHECK(dump_of("foo { x\n a } b\n") ==
        "unknown \n  unknown_block \"foo { x\\n a }\"\nfiller \n  invalid_line \"b\\n\"\n");
  CHECK(dump_of("model A B {\n}\n") == "filler \n  invalid_line \"model A B {\\n\"\n  invalid_line \"}\\n\"\n");
  CHECK(dump_of("/* open\nenum E {\n  A\n}\n") == "filler \n  invalid_line \"/* open\\n\"\nenum E\n  value A\n");
}

TEST_CASE("syntax errors: a block never closed makes each of its lines invalid", "[syntax]") {
  CHECK(dump_of("enum E {\n  A\n}\nmodel M {\n  id Int @id\n\n  // c\n  b }\n") ==
        "enum E\n  value A\nfiller \n  unterminated_block \"model M {\\n\"\n  invalid_line \"id Int @id\\n\"\n"
        "  invalid_line \"b }\\n\"\n");
  SECTION("up to the next brace that begins a line it swallows what follows") {
    CHECK(dump_of("model M {\n  a Int\nenum E {\n  B\n}\n") ==
          "model M\n  field a : Int\n  broken enum : E\n  broken B\n  invalid_member \"enum E {\\n\"\n"
          "  field_without_type \"B\\n\"\n");
  }
}

TEST_CASE("syntax errors: a byte order mark is an invalid character, as in Prisma", "[syntax]") {
  CHECK(dump_of("\ufeffenum E {\n  A\n}\n") ==
        "filler \n  invalid_line \"\\ufeffenum E {\\n\"\n  invalid_line \"A\\n\"\n  invalid_line \"}\\n\"\n");
}

TEST_CASE("syntax errors: stay in their line, and the block in its braces", "[syntax]") {
  CHECK(dump_of("model A {\n  a Int @x(\n  b B?\n  c \"\n  @@y([)\n  @@z\n}\nmodel B {\n  d Int\n}\n") == R"(model A
  field b : B optional
  @@z
  broken a : Int
  broken c
  invalid_member "a Int @x(\n"
  invalid_member "c \"\n"
  invalid_member "@@y([)\n"
model B
  field d : Int
)");
}

TEST_CASE("syntax errors: each is in order of its place", "[syntax]") {
  std::string lines;
  for (int i = 0; i < 50; ++i) lines += i % 3 == 0 ? "a! Int @\n" : i % 3 == 1 ? "b: Int\n" : "c Int @x(\"\\q\")\n";
  const auto file = File::parse(Document("model M {\n" + lines + "}\n"));
  const auto& errors = file->blocks().at(0).block->errors;
  REQUIRE(errors.size() == 50);
  for (std::size_t i = 1; i < errors.size(); ++i) CHECK(errors[i - 1].range.begin < errors[i].range.begin);
}
