#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// The little of Unicode that the language asks for: since Prisma 6 a name may hold any letter.
namespace refract::text {

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;  // bytes it takes in UTF-8
};

// The code point at the byte `at`, which must lie within the text. A byte that begins no valid sequence counts as
// one replacement character (U+FFFD).
CodePoint code_point_at(std::string_view text, std::size_t at);

// The text with its first letter in upper or lower case.
std::string with_first_letter(std::string_view text, bool upper);

bool is_letter(char32_t value);  // General_Category=Letter
// The other case of one letter, of the alphabets that are written today; any other character itself. Letters whose
// other case is more than one letter (ß) stay as they are.
char32_t to_lower(char32_t value);
char32_t to_upper(char32_t value);
bool is_white_space(char32_t value);  // the White_Space property: line ends too

}  // namespace refract::text
