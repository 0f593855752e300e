#include "workspace/yaml.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>

#include "support/catch.h"

using refract::workspace::read_yaml;
using refract::workspace::YamlEntry;

namespace {

// One line for each scalar: "a/b/-=value".
std::string dumped(std::string_view text) {
  std::string out;
  for (const YamlEntry& entry : read_yaml(text)) out += fmt::format("{}={}\n", fmt::join(entry.keys, "/"), entry.value);
  return out;
}

}  // namespace

TEST_CASE("YAML: mappings and lists in block style", "[workspace]") {
  CHECK(dumped("a:\n  b: 1\n  c: two words\nd: 3\n") == "a/b=1\na/c=two words\nd=3\n");
  CHECK(dumped("packages:\n  - apps/*\n  - 'x y'\nb: 1\n") == "packages/-=apps/*\npackages/-=x y\nb=1\n");
  CHECK(dumped("packages:\n- apps/*\n- !tag b\nc: 1\n") == "packages/-=apps/*\npackages/-=b\nc=1\n");
  CHECK(dumped("a:\n  - b: 1\n    c: 2\n  - b: 3\n") == "a/-/b=1\na/-/c=2\na/-/b=3\n");
  CHECK(dumped("--- # first\na: 1\r\n\r\n# b: 2\r\nc: 'it''s' # c\r\n") == "a=1\nc=it's\n");
  CHECK(dumped("text: |\n  a: 1\n  b: 2\nc: 3\n") == "c=3\n");
  CHECK(dumped("'a:b': 1\nc:d: 2\nurl: http://h#x\n") == "a:b=1\nc:d=2\nurl=http://h#x\n");
}

TEST_CASE("YAML: flow style", "[workspace]") {
  CHECK(dumped("a: { b: 1, \"c\": [x, 'y, z'], d: {e: } }\n") == "a/b=1\na/c/-=x\na/c/-=y, z\na/d/e=\n");
  CHECK(dumped("a: [\n  b, # one\n  c\n]\nd: 1\n") == "a/-=b\na/-=c\nd=1\n");
  CHECK(dumped("a: {}\nb: []\n").empty());
}

TEST_CASE("YAML: texts without an end, or without sense, are read to their end", "[workspace]") {
  for (const char* text : {"a: {", "a: [b, {c", "a: \"b", "'", "- - - - a", "a: *b", "a: &", "<<: *a",
                           "a: &b 1\n<<: *b\n", "a: ]}", "a: {b: ]}\nc: 1", ":", ": :", "\t: 1", "a: '''"}) {
    INFO(text);
    CHECK_NOTHROW(dumped(text));
  }
  CHECK_NOTHROW(dumped(std::string(100'000, '-').replace(1, 0, " ")));
  std::string nested;
  for (int i = 0; i < 20'000; ++i) nested += "- ";
  CHECK_NOTHROW(dumped(nested + "a: 1"));
  CHECK_NOTHROW(dumped("a: " + std::string(20'000, '[')));
  // An alias of all that came before, again and again.
  std::string growing = "a: &a\n  x: 1\n";
  for (int i = 0; i < 100; ++i) growing += fmt::format("b{}: &b{}\n  x: *a\n  y: *b{}\n", i, i, i == 0 ? 0 : i - 1);
  CHECK(read_yaml(growing).size() < 50'000);
}
