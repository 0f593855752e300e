#include "features/selection_ranges.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

// The texts that are selected one after the other, the last two (block with comments, file) left out.
std::vector<std::string> selected(std::string_view marked) {
  const auto made = fixture(marked);
  const auto ranges = features::selection_ranges(*made.snapshot, made.cursor);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    if (i > 0) {
      CHECK(ranges[i].begin <= ranges[i - 1].begin);
      CHECK(ranges[i - 1].end <= ranges[i].end);
      CHECK(ranges[i] != ranges[i - 1]);
    }
    texts.push_back(made.files[made.cursor.file].second.substr(ranges[i].begin, ranges[i].size()));
  }
  CHECK(texts.back() == made.files[made.cursor.file].second);
  return texts;
}

}  // namespace

TEST_CASE("selection ranges: from the word outwards", "[selection]") {
  CHECK(
      selected("/// doc\nmodel A {\n  b B @relation(fields: [bI$0d, x], references: [id])\n}\n// end\n") ==
      std::vector<std::string>{"bId", "bId, x", "[bId, x]", "fields: [bId, x]", "fields: [bId, x], references: [id]",
                               "(fields: [bId, x], references: [id])", "@relation(fields: [bId, x], references: [id])",
                               "b B @relation(fields: [bId, x], references: [id])",
                               "\n  b B @relation(fields: [bId, x], references: [id])\n",
                               "model A {\n  b B @relation(fields: [bId, x], references: [id])\n}",
                               "/// doc\nmodel A {\n  b B @relation(fields: [bId, x], references: [id])\n}",
                               "/// doc\nmodel A {\n  b B @relation(fields: [bId, x], references: [id])\n}\n// end\n"});
}

TEST_CASE("selection ranges: types, values of enums, properties, functions", "[selection]") {
  CHECK(selected("model A {\r\n  b B$0[]\r\n}\r\n")[0] == "B");
  CHECK(selected("model A {\r\n  b B$0[]\r\n}\r\n")[1] == "B[]");
  CHECK(selected("enum E {\n  X$0Y @map(\"z\")\n}")[1] == "XY @map(\"z\")");
  const auto url = selected("datasource db {\n  url = env(\"U$0RL\")\n}\n");
  REQUIRE(url.size() > 4);
  CHECK(url[0] == "URL");
  CHECK(url[1] == "\"URL\"");
  CHECK(url[2] == "(\"URL\")");
  CHECK(url[3] == "env(\"URL\")");
}

TEST_CASE("selection ranges: never empty, on broken text as well", "[selection]") {
  CHECK(selected("$0").size() == 1);
  CHECK(selected("// x$0\n").size() == 1);
  for (text::Offset at = 0; at < 30; ++at) {
    std::string text = "model A {\n  id Int @id @x(\n  b\n";
    text.insert(std::min<std::size_t>(at, text.size()), "$0");
    CHECK_FALSE(selected(text).empty());
  }
}
