#include "text/document.h"

#include <random>

#include "support/catch.h"
#include "text/encoding.h"

using refract::text::apply_edits;
using refract::text::Document;
using refract::text::Edit;
using refract::text::Encoding;
using refract::text::Offset;
using refract::text::Position;

TEST_CASE("positions: an emoji is two UTF-16 units and four bytes", "[text]") {
  const Document document("a😀b\r\nü\n");
  CHECK(document.position_at(5, Encoding::utf16) == Position{0, 3});
  CHECK(document.position_at(5, Encoding::utf8) == Position{0, 5});
  CHECK(document.offset_at({0, 3}, Encoding::utf16) == 5);
  CHECK(document.offset_at({1, 1}, Encoding::utf16) == 10);
  SECTION("inside the surrogate pair: rounded down to the character's start") {
    CHECK(document.offset_at({0, 2}, Encoding::utf16) == 1);
    CHECK(document.offset_at({0, 3}, Encoding::utf8) == 1);
  }
  SECTION("past the line's end: its end, not the line break's") {
    CHECK(document.offset_at({0, 99}, Encoding::utf16) == 6);
  }
  SECTION("past the last line: the text's end") {
    CHECK(document.offset_at({99, 0}, Encoding::utf16) == document.size());
  }
}

TEST_CASE("lines end at LF, CRLF and a lone CR", "[text]") {
  const Document document("a\nb\r\nc\rd");
  REQUIRE(document.lines().line_count() == 4);
  CHECK(document.line_text(0) == "a");
  CHECK(document.line_text(1) == "b");
  CHECK(document.line_text(2) == "c");
  CHECK(document.line_text(3) == "d");
}

TEST_CASE("an edited document has the line index of a fresh one", "[text]") {
  std::mt19937 random(7);
  const std::string alphabet = "ab\r\n\n\r";
  const auto some_text = [&](std::size_t most) {
    std::string text(random() % (most + 1), ' ');
    for (char& c : text) c = alphabet[random() % alphabet.size()];
    return text;
  };
  for (int round = 0; round < 3000; ++round) {
    Document document(some_text(12));
    for (int step = 0; step < 12; ++step) {
      const Offset begin = random() % (document.size() + 1);
      const Offset end = begin + random() % (document.size() - begin + 1);
      document = document.with_edit({{begin, end}, some_text(4)});
      const Document fresh{std::string(document.text())};
      REQUIRE(document.lines().line_count() == fresh.lines().line_count());
      for (std::uint32_t line = 0; line < fresh.lines().line_count(); ++line) {
        REQUIRE(document.lines().line_start(line) == fresh.lines().line_start(line));
      }
    }
  }
}

TEST_CASE("a large document, edited here and there, reads as its text everywhere", "[text]") {
  std::mt19937 random(11);
  std::string text;
  while (text.size() < 100'000) text += random() % 30 == 0 ? "\r\n" : std::string(1, "abc \n"[random() % 5]);
  Document document(text);
  Offset around = 50'000;
  for (int step = 0; step < 400; ++step) {
    if (random() % 25 == 0) around = random() % document.size();
    const Offset begin = std::min<Offset>(around + random() % 200, document.size());
    const Offset most = random() % 40 == 0 ? 60'000 : 20;
    const Offset end = std::min<Offset>(begin + random() % most, document.size());
    const std::string inserted(random() % (random() % 40 == 0 ? 90'000 : 30), "x\n"[random() % 2]);
    document = document.with_edit({{begin, end}, inserted});
    text.replace(begin, end - begin, inserted);
    REQUIRE(document.size() == text.size());
    for (int look = 0; look < 20; ++look) {
      const Offset from = look % 2 == 0 ? random() % (document.size() + 1)
                                        : std::min(begin - std::min<Offset>(begin, random() % 40'000), document.size());
      const Offset to = from + random() % (std::min<Offset>(document.size() - from, 20'000) + 1);
      REQUIRE(document.slice({from, to}) == std::string_view(text).substr(from, to - from));
      const std::string_view beyond = document.slice_beyond({from, to});
      REQUIRE(beyond.size() >= to - from);
      REQUIRE(beyond == std::string_view(text).substr(from, beyond.size()));
    }
    if (random() % 10 == 0) {
      const Document fresh(text);
      REQUIRE(document.lines().line_count() == fresh.lines().line_count());
      for (std::uint32_t line = 0; line < fresh.lines().line_count(); ++line)
        REQUIRE(document.line_text(line) == fresh.line_text(line));
      const Offset at = random() % (document.size() + 1);
      REQUIRE(document.lines().line_of(at) == fresh.lines().line_of(at));
    }
    if (random() % 10 == 0) REQUIRE(document.text() == text);
  }
  CHECK(document.text() == text);
}

TEST_CASE("apply_edits takes edits in any order, insertions at one place in theirs", "[text]") {
  const std::vector<Edit> edits{{{4, 5}, "E"}, {{0, 1}, "A"}, {{2, 2}, "1"}, {{2, 2}, "2"}};
  CHECK(apply_edits("abcde", edits) == "Ab12cdE");
}

TEST_CASE("invalid UTF-8 is found at its first byte", "[text]") {
  using refract::text::find_invalid_utf8;
  CHECK_FALSE(find_invalid_utf8("aü😀"));
  CHECK(find_invalid_utf8("a\xFF") == 1);
  CHECK(find_invalid_utf8("ab\xC0\x80") == 2);     // overlong
  CHECK(find_invalid_utf8("\xED\xA0\x80") == 0);   // a surrogate
  CHECK(find_invalid_utf8("x\xF0\x9F\x98") == 1);  // cut off
}
