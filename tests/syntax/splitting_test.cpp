#include <fmt/format.h>

#include <ctime>

#include "support/catch.h"
#include "syntax/dump.h"
#include "syntax/tree.h"

using namespace refract::syntax;
using refract::text::Document;

namespace {

// The texts of a file's blocks, after checking that they make up the whole of it.
std::vector<std::string> pieces(std::string_view text) {
  const auto file = File::parse(Document(std::string(text)));
  std::vector<std::string> texts;
  std::string together;
  for (const PlacedBlock& placed : file->blocks()) {
    CHECK(placed.start == together.size());
    CHECK_FALSE(placed.block->text.empty());
    texts.push_back(placed.block->text);
    together += placed.block->text;
  }
  CHECK(together == text);
  return texts;
}
using Pieces = std::vector<std::string>;

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

// Seconds of processor time that a parse takes. The limit is far above what is usual, also with sanitizers, and below
// what a quadratic algorithm takes for the texts given to it.
double seconds(const std::string& text) {
  const std::clock_t start = std::clock();
  const auto file = File::parse(Document(text));
  CHECK_FALSE(file->blocks().empty());
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}
constexpr double kLimit = 5;

}  // namespace

TEST_CASE("splitting: a block has the comments directly above it and its brace's line end", "[syntax]") {
  CHECK(pieces("") == Pieces{});
  CHECK(pieces("\n\n") == Pieces{"\n\n"});
  CHECK(pieces("// a\n\n// b\n/// c\nenum E {\n}\n\n\nenum F {\n}") ==
        Pieces{"// a\n\n", "// b\n/// c\nenum E {\n}\n", "\n\n", "enum F {\n}"});
  CHECK(pieces("  enum E {\n  }  \n  enum F {\n}") == Pieces{"  enum E {\n  }  \n", "  enum F {\n}"});
}

TEST_CASE("splitting: the next block may begin on the line of a brace", "[syntax]") {
  CHECK(pieces("enum E {\n} enum F {\n} // g\nenum H {\n}") ==
        Pieces{"enum E {\n}", " enum F {\n}", " // g\nenum H {\n}"});
}

TEST_CASE("splitting: a brace closes only where a member could begin", "[syntax]") {
  CHECK(pieces("model A {\n  a Int }\n  b String @x(\"}\") // }\n  // }\n /* } \n } */ }\n").size() == 1);
  CHECK(pieces("model A {\n  a Int /* \n}\n */\n}\n").size() == 1);
  SECTION("what is open before a comment that goes on for lines decides whether it is one") {
    CHECK(pieces("model A {\n  a b c /* \n}\n */\n}\n") == Pieces{"model A {\n  a b c /* \n}\n", " */\n}\n"});
  }
}

TEST_CASE("splitting: a keyword needs no space after it, and what follows an opening brace is passed over",
          "[syntax]") {
  const auto file = File::parse(Document("modelA{ junk } junk\n  a Int\n}\n"));
  REQUIRE(file->blocks().size() == 1);
  CHECK(testing::dump(*file) == "model A\n  field a : Int\n");
}

TEST_CASE("splitting: the block at an offset", "[syntax]") {
  const auto file = File::parse(Document("enum E {\n}\nenum F {\n}\n"));
  CHECK(file->block_at(0)->block->name.text == "E");
  CHECK(file->block_at(10)->block->name.text == "E");
  CHECK(file->block_at(11)->block->name.text == "F");
  CHECK(file->block_at(1000)->block->name.text == "F");
  CHECK(File::parse(Document(""))->block_at(0) == nullptr);
}

TEST_CASE("splitting: any bytes are a text", "[syntax]") {
  using namespace std::string_literals;
  pieces("model A {\n  a\0 Int\n\0}\n"s);
  pieces("\xff\xfe model \xc3 {\n \xe2\x80\n}\n");
  pieces("model A {\n  a Int @x(\"\xff\xc3\\\xe2\")\n}\n");
  pieces("\xe2");
  pieces("model \xe2\x80");
}

TEST_CASE("splitting: work grows with the text, not with its square", "[syntax]") {
  const std::size_t count = 30'000;
  const std::size_t broken = 4'000;  // each line is tried alone
  CHECK(seconds(repeated("model A {\n", count)) < kLimit);
  CHECK(seconds(repeated("model A {\n", count) + "x }\n") < kLimit);
  CHECK(seconds(repeated("foo {\n", count)) < kLimit);
  CHECK(seconds(repeated("/* open\n", count)) < kLimit);
  CHECK(seconds(repeated("enum E {\n/* \n */\n", count)) < kLimit);
  CHECK(seconds("model A {\n" + repeated("  a Int /* x\n", broken) + "}\n") < kLimit);
  CHECK(seconds("model A {\n" + repeated("  a b c /* x\n", broken) + "*/\n}\n") < kLimit);
  CHECK(seconds("model A {\n" + repeated("  a Int @x(\n", broken) + "}\n") < kLimit);
  CHECK(seconds("model A {\n" + repeated("  ] } \" @@ ( {\n", broken) + "}\n") < kLimit);
  CHECK(seconds("model A {\n  a " + std::string(1'000'000, 'x') + "\n}\n") < kLimit);
  CHECK(seconds("model A {\n  a " + std::string(1'000'000, '(') + "\n}\n") < kLimit);
  CHECK(seconds("model A {\n  a Int @x(" + std::string(200'000, '[') + std::string(200'000, ']') + ")\n}\n") < kLimit);
  CHECK(seconds("model A {\n  a Int @x(\"" + repeated("\\q", 200'000) + "\")\n}\n") < kLimit);
}

TEST_CASE("splitting: which text the parser gives up on depends on the text alone", "[syntax]") {
  const std::string hopeless = "model A {\n" + repeated("  a Int /* x\n", 1'000) + "}\n";
  const std::string ordinary = "model A {\n" + repeated("  a String? @default(\"x\")\n", 1'000) + "}\n";
  const std::string broken = "model A {\n" + repeated("  ] } \" @@ ( {\n", 1'000) + "}\n";
  // A parse that was given up leaves nothing behind for the next one.
  for (int round = 0; round < 3; ++round) {
    CHECK_FALSE(parse_tree(hopeless));
    CHECK(parse_tree(ordinary));
    CHECK(parse_tree(broken));
  }
}
