#include "text/unicode.h"

#include <span>

#include "support/catch.h"
#include "text/unicode_tables.h"

using namespace refract::text;

TEST_CASE("unicode: letters of any script, and nothing else", "[text]") {
  for (const char32_t letter : {U'a', U'Z', U'é', U'ß', U'日', U'א', U'\u02B0', U'\U00020000'})
    CHECK(is_letter(letter));
  for (const char32_t other : {U'0', U'_', U'²', U'٣', U'\u0301', U'Ⅷ', U'😀', U' '}) CHECK_FALSE(is_letter(other));
}

TEST_CASE("unicode: the tables are sorted, and their ranges do not touch", "[text]") {
  const auto in_order = [](std::span<const CodePointRange> ranges) {
    for (const CodePointRange& range : ranges) CHECK(range.first <= range.last);
    for (std::size_t i = 1; i < ranges.size(); ++i) CHECK(ranges[i - 1].last + 1 < ranges[i].first);
  };
  in_order(kLetters);
  in_order(kWhiteSpace);
  for (const CapitalRun& run : kCapitals) CHECK((run.last - run.first) % run.step == 0);
}

TEST_CASE("unicode: a capital and its small letter are letters, and each leads to the other", "[text]") {
  for (const CapitalRun& run : kCapitals) {
    for (char32_t capital = run.first; capital <= run.last; capital += run.step) {
      const char32_t small = to_lower(capital);
      CHECK(is_letter(capital));
      CHECK(is_letter(small));
      CHECK(to_upper(small) == capital);
      CHECK(to_lower(small) == small);
    }
  }
}

TEST_CASE("unicode: a byte that begins no valid sequence counts alone", "[text]") {
  CHECK(code_point_at("é", 0).value == U'é');
  CHECK(code_point_at("é", 0).size == 2);
  CHECK(code_point_at("😀", 0).value == U'😀');
  for (const char* broken : {"\x80", "\xC3", "\xC3(", "\xF0\x9F\x98", "\xE6\x97x"}) {
    CHECK(code_point_at(broken, 0).value == 0xFFFD);
    CHECK(code_point_at(broken, 0).size == 1);
  }
}

TEST_CASE("unicode: white space has line ends in it", "[text]") {
  for (const char32_t white : {U' ', U'\t', U'\n', U'\r', U'\u0085', U'\u00A0', U'\u2028', U'\u3000'})
    CHECK(is_white_space(white));
  for (const char32_t other : {U'x', U'\u200B', U'\uFEFF'}) CHECK_FALSE(is_white_space(other));
}

TEST_CASE("unicode: a letter has another case, in any alphabet that has two", "[text]") {
  constexpr std::pair<char32_t, char32_t> kPairs[] = {{U'A', U'a'}, {U'Ä', U'ä'}, {U'Ř', U'ř'}, {U'Ÿ', U'ÿ'},
                                                      {U'Ω', U'ω'}, {U'Ж', U'ж'}, {U'Ѐ', U'ѐ'}, {U'Ա', U'ա'}};
  for (const auto& [capital, small] : kPairs) {
    CHECK(to_lower(capital) == small);
    CHECK(to_upper(small) == capital);
    CHECK(to_lower(small) == small);
    CHECK(to_upper(capital) == capital);
  }
  for (const char32_t other : {U'ß', U'×', U'÷', U'日', U'1', U'_'}) {
    CHECK(to_lower(other) == other);
    CHECK(to_upper(other) == other);
  }
  CHECK(with_first_letter("Ärger", false) == "ärger");
  CHECK(with_first_letter("änd", true) == "Änd");
  CHECK(with_first_letter("日本", true) == "日本");
  CHECK(with_first_letter("", true).empty());
}
