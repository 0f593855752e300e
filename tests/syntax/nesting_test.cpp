#include <fmt/format.h>

#include "support/catch.h"
#include "syntax/dump.h"
#include "syntax/parse_limits.h"

using namespace refract::syntax;
using refract::text::Document;

namespace {

constexpr std::size_t kDeep = 100'000;  // beyond the 65,535 children that a node of tree-sitter 0.20.7 can have

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

// The block of a model with these lines after `id`, which must be read whatever they are.
std::shared_ptr<const Block> model_with(const std::string& lines) {
  const auto file = File::parse(Document("model A {\n  id Int @id\n" + lines + "\n  last Int\n}\n"));
  REQUIRE(file->blocks().size() == 1);
  const auto* block = file->blocks()[0].block;
  REQUIRE(block->fields.size() >= 2);
  CHECK(block->fields.front().name.text == "id");
  CHECK(block->fields.back().name.text == "last");
  return {file, block};
}

// The first block of a text.
std::shared_ptr<const Block> first_block(const std::string& text) {
  const auto file = File::parse(Document(text));
  return {file, file->blocks().at(0).block};
}

}  // namespace

TEST_CASE("nesting: of any depth, closed or not, is one invalid line", "[syntax]") {
  struct Shape {
    std::string_view open, close;
  };
  for (const auto& [open, close] :
       {Shape{"[", "]"}, Shape{"(", ")"}, Shape{"f(", ")"}, Shape{"{a:", "}"}, Shape{"f(a: [", "])"}}) {
    for (const std::string_view before : {"  x Int @default(", "  @@index([", "  x ", "  x Int @a(b: \"", ""}) {
      for (const bool closed : {false, true}) {
        CAPTURE(open, before, closed);
        std::string line = std::string(before) + repeated(open, kDeep);
        if (closed) line += repeated(close, kDeep) + ")";
        const auto block = model_with(line);
        REQUIRE(block->errors.size() == 1);
        CHECK(block->errors[0].kind == SyntaxErrorKind::invalid_member);
      }
    }
  }
}

TEST_CASE("nesting: over several lines, with every line break", "[syntax]") {
  for (const std::string_view line_break : {"\n", "\r", "\r\n"}) {
    for (const std::string_view line : {"  x Int @a([", "  , [1", "  x Int @a(/* */ [", "[", "  x Int @a(b: {c: ["}) {
      CAPTURE(line_break, line);
      const auto file = File::parse(
          Document("model A {\n" + repeated(std::string(line) + std::string(line_break), 20'000) + "  last Int\n}\n"));
      CHECK(file->blocks().at(0).block->errors.size() == 20'000);
      CHECK(file->blocks().at(0).block->fields.size() == 1);
    }
  }
}

TEST_CASE("nesting: of blocks and of type aliases", "[syntax]") {
  for (const std::string& text :
       {repeated("model A {\n", kDeep), "type X = Int @a(" + repeated("(", kDeep) + repeated(")", kDeep) + ")\n",
        "type X = Int @a(" + repeated("[", kDeep), "generator g {\n  a = " + repeated("[", kDeep) + "\n}\n",
        "enum E {\n  A @map(" + repeated("f(", kDeep) + "\n}\n", repeated("{", kDeep), repeated("model ", kDeep)}) {
    const auto file = File::parse(Document(text));
    REQUIRE_FALSE(file->blocks().empty());
    CHECK_FALSE(file->blocks()[0].block->errors.empty());
  }
}

TEST_CASE("nesting: brackets in strings and comments are none", "[syntax]") {
  const std::string brackets = repeated("([{", kDeep);
  CHECK(model_with("  x String @default(\"" + brackets + "\") // " + brackets)->errors.empty());
  CHECK(model_with("  x String @default(\"\\\"" + repeated("\\\\[", kDeep) + "\") /* " + brackets + " */")
            ->errors.empty());
  const auto list = model_with("  x String[] @default([" + repeated("\"(\", ", kDeep) + "\"\\\"\"])");
  CHECK(list->errors.empty());
  const auto& elements = list->fields.at(1).attributes.at(0).arguments.at(0).value->elements;
  REQUIRE(elements.size() == kDeep + 1);
  CHECK(elements.front().value == "(");
  CHECK(elements.back().value == "\"");
}

TEST_CASE("nesting: a long member is read as a short one", "[syntax]") {
  const std::string filler = "\"" + std::string(kMaxSlice, 'x') + "\"";
  const auto error_count = [&](const std::string& rest) {
    CAPTURE(rest);
    const std::size_t found = model_with("  x String[] @default([]) " + rest)->errors.size();
    CHECK(model_with("  x String[] @default([" + filler + "]) " + rest)->errors.size() == found);
    return found;
  };
  CHECK(error_count("@a(\"\\q\")") == 1);        // an escape that does not exist
  CHECK(error_count("@a(\"\x01\")") == 1);       // a control character in a string
  CHECK(error_count("@a(\"\\\x01\") //") == 1);  // and after a backslash
  CHECK(error_count("@a(\"b\" \"c\")") == 1);
  CHECK(error_count("@a(b: \"c\")") == 0);
}

TEST_CASE("nesting: a long block is parsed in slices with the same result", "[syntax]") {
  const std::string lines =
      "  a String? @default(\"x\") // said\n  @@index([a])\n  b c d\n\n  /* over\n lines */\n  e Int /* and\n on */\n"
      "  f: Int\n  /// about g\n  g Int @map(\"]\")\n  \"\n  [\n  h Int @a(\n";
  const auto small = first_block("model A {\n" + lines + "}\n");
  constexpr std::size_t kTimes = 2'000;
  const auto block = first_block("model A {\n" + repeated(lines, kTimes) + "}\n");
  CHECK(block->fields.size() == kTimes * small->fields.size());
  CHECK(block->broken_fields.size() == kTimes * small->broken_fields.size());
  CHECK(block->attributes.size() == kTimes * small->attributes.size());
  REQUIRE(block->errors.size() == kTimes * small->errors.size());
  CHECK(block->fields.back().documentation == small->fields.back().documentation);
  const std::size_t shift = (kTimes - 1) * lines.size();
  CHECK(block->fields.back().range.begin == small->fields.back().range.begin + shift);
  CHECK(block->errors.back().range.begin == small->errors.back().range.begin + shift);
  CHECK(block->errors.back().kind == small->errors.back().kind);
}
