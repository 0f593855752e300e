#pragma once

#include <cstddef>
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

bool is_letter(char32_t value);       // General_Category=Letter
bool is_white_space(char32_t value);  // the White_Space property: line ends too

}  // namespace refract::text
