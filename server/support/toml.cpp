#include "support/toml.h"

#include <algorithm>
#include <cstddef>

namespace refract {

namespace {

// No file of ours or of Prisma's has a key with nearly as many parts.
constexpr std::size_t kMaxDots = 32;

bool ends_key_part(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '"' || c == '\'';
}

// The dots that part keys on a line: those outside of strings and comments.
std::size_t dots_in(std::string_view line) {
  std::size_t dots = 0;
  char quote = 0;
  char before = 0;  // the last character that is not white space
  for (const char c : line) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '#') {
      break;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '.' && ends_key_part(before)) {
      ++dots;
    }
    if (c != ' ' && c != '\t') before = c;
  }
  return dots;
}

}  // namespace

toml::table parse_toml(std::string_view text, const std::string& path) {
  toml::source_index number = 1;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (dots_in(text.substr(begin, end - begin)) > kMaxDots) {
      throw toml::parse_error("a key with too many parts", toml::source_position{number, 1},
                              std::make_shared<const std::string>(path));
    }
    begin = end + 1;
  }
  return toml::parse(text, path);
}

}  // namespace refract
