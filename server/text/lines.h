#pragma once

#include <string>
#include <string_view>

namespace refract::text {

// The line break that a text uses: that of its first line. What is long is not read to its end for it.
inline std::string_view line_break_of(std::string_view text) {
  const std::size_t end = text.find('\n');
  return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

// The text with this line break in the place of each "\n" and "\r\n".
std::string with_line_breaks(std::string_view text, std::string_view line_break);

// True for a text of nothing but white space and line breaks.
inline bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace refract::text
