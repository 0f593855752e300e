#pragma once

#include <cstddef>
#include <string_view>

// The characters of the language by class, as Prisma 5, 6 and 7 distinguish them (seen by asking its engines).
// Positions and lengths are in bytes; a position may be the text's end.
namespace refract::syntax {

// The length of the white space character at `at`: a tab or one of Unicode's space separators. 0: none.
std::size_t space_length(std::string_view text, std::size_t at);

// The first position from `at` on that is not white space. Line breaks are no white space.
std::size_t skip_space(std::string_view text, std::size_t at);

// The end of the text in [begin, end) without white space at its end.
std::size_t trim_space_end(std::string_view text, std::size_t begin, std::size_t end);

// The length of the line break at `at`: "\r\n" is one, so are a lone "\n" and a lone "\r". 0: none.
std::size_t newline_length(std::string_view text, std::size_t at);

// Where the line that holds `at` ends: the position of its line break or the text's end.
std::size_t line_end(std::string_view text, std::size_t at);

// Where the next line begins, or the text's end.
std::size_t next_line(std::string_view text, std::size_t at);

// The length of the name at `at`: a letter or ASCII digit, and then these, "_" and "-". 0: none. Letters are those
// of any script since Prisma 6, ASCII's before.
std::size_t name_length(std::string_view text, std::size_t at, bool ascii_only = false);

bool is_ascii(std::string_view text);

// The position after the string literal whose opening quote is at `at`; npos when its line ends first.
std::size_t string_end(std::string_view text, std::size_t at);

}  // namespace refract::syntax
