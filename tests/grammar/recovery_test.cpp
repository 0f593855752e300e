#include "grammar/parse.h"
#include "support/catch.h"

namespace refract::grammar_tests {
namespace {

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// The tree of a text with one edit, parsed from the tree before it; equal to a fresh parse by every caller's check.
std::string after_edit(std::string before, std::string_view removed, std::string_view inserted) {
  const Tree tree = parse(before);
  const auto at = static_cast<std::uint32_t>(before.find(removed));
  const auto point = [&before](std::uint32_t offset) {
    const std::string_view head = std::string_view(before).substr(0, offset);
    const std::size_t line_begin = head.rfind('\n') + 1;
    return TSPoint{static_cast<std::uint32_t>(count_of(head, "\n")), static_cast<std::uint32_t>(offset - line_begin)};
  };
  TSInputEdit edit{};
  edit.start_byte = at;
  edit.old_end_byte = static_cast<std::uint32_t>(at + removed.size());
  edit.new_end_byte = static_cast<std::uint32_t>(at + inserted.size());
  edit.start_point = point(edit.start_byte);
  edit.old_end_point = point(edit.old_end_byte);
  before.replace(at, removed.size(), inserted);
  edit.new_end_point = point(edit.new_end_byte);
  ts_tree_edit(tree.get(), &edit);
  const std::string incremental = s_expression(*parse(before, tree.get()));
  CHECK(incremental == s_expression(*parse(before)));
  return incremental;
}

}  // namespace

TEST_CASE("recovery: a broken line costs that line and no other", "[grammar]") {
  const std::string head = "model Before {\n  id Int @id\n}\n\nmodel A {\n  id Int @id\n";
  const std::string tail =
      "  last String @map(\"x\")\n  @@map(\"a\")\n}\n\nmodel After {\n  at Int @default(now())\n}\n";
  for (const char* line : {"email @",
                           "email String @",
                           "email String @default(",
                           "email String @default(now(",
                           "email String @default(\"abc",
                           "email B @relation(fields: [a",
                           "email B @relation(fields: [a, ",
                           "email B @relation(fields: [a], references",
                           "email B @relation(fields: [a], references:",
                           "%%%",
                           "_x Int",
                           "@",
                           "@@",
                           "@@index(",
                           "@@index([",
                           "@@index([a,",
                           "@@index([a]",
                           "@@index([a], where: {",
                           "@@index([a], where: { b: { not:",
                           "a.x String",
                           "a String = 3",
                           "a String @id;",
                           "a String String",
                           "String? a",
                           "a String[",
                           "a String?[]",
                           "{",
                           "\"str\"",
                           "\"str",
                           "/* open",
                           "a Int @default('x')",
                           "a Int /",
                           "a Unsupported(",
                           "a Unsupported(\"x",
                           "@@id([a]) @@map(\"b\")",
                           "a Int @@id",
                           "@id",
                           "a Int @default(1.)",
                           "(",
                           ")",
                           "[",
                           "]",
                           ",",
                           "a Int @x(b,,c)",
                           "a Int,",
                           "<<<<<<< HEAD",
                           "\x01",
                           "a Int @x(((((((((((((((((((((",
                           "@@index([[[[[[[["}) {
    INFO(line);
    const Tree tree = parse(head + "  " + line + "\n" + tail);
    CHECK(has_error(*tree));
    const auto lines = error_lines(*tree);
    CHECK(lines == std::vector<std::size_t>{6});
    const std::string printed = s_expression(*tree);
    CHECK(count_of(printed, "(model_block") == 3);
    CHECK(count_of(printed,
                   "(block_attribute name: (attribute_path (identifier)) arguments: (arguments (argument "
                   "value: (string))))") == 1);
  }
}

TEST_CASE("recovery: arguments over several lines, which no version reads, cost these lines", "[grammar]") {
  const Tree tree = parse(
      "model A {\n  id Int @id\n  b B @relation(\n    fields: [a],\n    references: [id]\n  )\n  c Int\n}\nmodel B "
      "{\n}\n");
  const auto lines = error_lines(*tree);
  REQUIRE_FALSE(lines.empty());
  CHECK(lines.front() >= 2);
  CHECK(lines.back() <= 5);
  CHECK(count_of(s_expression(*tree), "(model_block") == 2);
}

TEST_CASE("recovery: an unfinished block leaves the blocks before it whole", "[grammar]") {
  for (const char* end :
       {"model", "model B", "model B {", "model B {\n  id", "model B {\n  id Int @default(", "mod", "@"}) {
    INFO(end);
    const std::string printed = s_expression(*parse(std::string("model A {\n  id Int @id\n}\n") + end));
    CHECK(printed.find("(model_block name: (identifier) (field name: (identifier) type: (field_type name: "
                       "(identifier)) attribute: (field_attribute name: (attribute_path (identifier))))") !=
          std::string::npos);
  }
}

TEST_CASE("line ends: CRLF and a lone CR give the tree that LF gives", "[grammar]") {
  const std::string text =
      "// a\nmodel A { // b\n\n  id Int @id // c\n  /* d\n  e */\n  @@map(\"a\")\n}\n\nenum E {\n  A\n}";
  const std::string expected = s_expression(*parse(text));
  for (const char* line_end : {"\r\n", "\r"}) {
    std::string changed;
    for (const char c : text) c == '\n' ? changed += line_end : changed += c;
    const Tree tree = parse(changed);
    CHECK_FALSE(has_error(*tree));
    CHECK(s_expression(*tree) == expected);
  }
}

TEST_CASE("white space: a byte-order mark, Unicode's spaces and none of the others", "[grammar]") {
  const std::string expected = s_expression(*parse("model A {\n  id Int @id\n}\n"));
  CHECK(s_expression(*parse("\xEF\xBB\xBFmodel A {\n  id Int @id\n}\n")) == expected);
  // U+00A0, U+1680, U+2003, U+202F, U+205F, U+3000 and a tab.
  CHECK(s_expression(*parse("model\u00a0A\u1680{\n\u2003id\u202fInt\u205f@id\u3000\n\t}\n")) == expected);
  // Form feed, vertical tab, U+2028, U+200B and U+0085 are no white space, and U+2028 is no line end.
  for (const char* odd : {"\f", "\v", "\u2028", "\u200b", "\u0085"}) {
    CHECK(has_error(*parse(std::string("model A {\n  id") + odd + "Int @id\n}\n")));
    CHECK_FALSE(has_error(*parse(std::string("model A {\n  id Int // x") + odd + "y\n}\n")));
  }
}

TEST_CASE("edits: parsing from the tree before gives the tree of a fresh parse", "[grammar]") {
  const std::string text = "model A {\n  id Int @id\n  b  B[]\n}\n\nmodel B {\n  id Int @id\n}\n";
  CHECK(after_edit(text, "B[]", "B[] @relation(").find("ERROR") != std::string::npos);
  CHECK(after_edit(text, "  b  B[]\n", "").find("ERROR") == std::string::npos);
  CHECK(after_edit(text, "}\n\nmodel B", "model B").find("ERROR") != std::string::npos);
  CHECK(after_edit(text, "model A", "// model A").find("ERROR") != std::string::npos);
  CHECK(after_edit(text, "id Int", "id Int // ").find("line_comment") != std::string::npos);
  CHECK(after_edit("model A {\n  a Int @default(\n}\n", "(\n", "(1)\n").find("ERROR") == std::string::npos);
}

}  // namespace refract::grammar_tests
