#include "syntax/parse_limits.h"

#include <algorithm>

#include "syntax/characters.h"

namespace refract::syntax {

namespace {

bool is_open_bracket(char c) {
  return c == '(' || c == '[' || c == '{';
}

std::size_t brackets_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, is_open_bracket));
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < ' ';
}

// Control characters stay: they make a string invalid, and are the line breaks of a comment.
void blank(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin; at < end; ++at) {
    if (!is_control(text[at])) text[at] = ' ';
  }
}

// The same for a string's content, where a backslash makes the next character valid, whatever it is.
void blank_string(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin; at < end; ++at) {
    const bool escape = text[at] == '\\' && at + 1 < end;
    if (escape) text[at++] = ' ';
    if (escape || !is_control(text[at])) text[at] = ' ';
  }
}

}  // namespace

bool within_limits(std::string_view text) {
  if (text.size() > kMaxSlice || brackets_in(text) > kMaxBrackets) return false;
  for (std::size_t at = 0; at < text.size(); at = next_line(text, at)) {
    if (line_end(text, at) - at > kMaxLine) return false;
  }
  return true;
}

std::optional<std::string> blanked_member(std::string_view text) {
  std::string result(text);
  for (std::size_t at = 0; at < result.size();) {
    std::size_t end = at + 1;
    if (result[at] == '"') {
      end = string_end(text, at);
      if (end == std::string_view::npos) return std::nullopt;
      blank_string(result, at + 1, end - 1);
    } else if (text.substr(at, 2) == "//") {
      end = line_end(text, at);
      blank(result, text.substr(at, 3) == "///" ? at + 3 : at + 2, end);
    } else if (text.substr(at, 2) == "/*") {
      const std::size_t close = text.find("*/", at + 2);
      if (close == std::string_view::npos) return std::nullopt;
      blank(result, at + 2, close);
      end = close + 2;
    }
    at = end;
  }
  if (brackets_in(result) > kMaxBrackets) return std::nullopt;
  return result;
}

}  // namespace refract::syntax
