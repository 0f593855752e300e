#include "syntax/characters.h"

#include <algorithm>

#include "support/ascii.h"
#include "text/unicode.h"

namespace refract::syntax {

std::size_t space_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const char first = text[at];
  if (first == ' ' || first == '\t') return 1;
  if (static_cast<unsigned char>(first) < 0x80) return 0;
  const std::string_view rest = text.substr(at, 3);
  if (rest.starts_with("\u00A0")) return 2;
  if (rest == "\u1680" || rest == "\u202F" || rest == "\u205F" || rest == "\u3000") return 3;
  return rest >= "\u2000" && rest <= "\u200A" && rest.size() == 3 ? 3 : 0;
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    // One byte decides nearly all cases.
    if (text[at] == ' ' || text[at] == '\t') {
      ++at;
      continue;
    }
    if (static_cast<unsigned char>(text[at]) < 0x80) return at;
    const std::size_t length = space_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return at;
}

std::size_t trim_space_end(std::string_view text, std::size_t begin, std::size_t end) {
  const auto ends_with_space = [&](std::size_t length) {
    return end >= begin + length && space_length(text.substr(0, end), end - length) == length;
  };
  while (true) {
    if (ends_with_space(1))
      --end;
    else if (ends_with_space(2))
      end -= 2;
    else if (ends_with_space(3))
      end -= 3;
    else
      return end;
  }
}

std::size_t newline_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '\n') return 1;
  if (text[at] != '\r') return 0;
  return at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
}

std::size_t line_end(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '\n' && text[at] != '\r') ++at;
  return at;
}

std::size_t next_line(std::string_view text, std::size_t at) {
  at = line_end(text, at);
  return at + newline_length(text, at);
}

std::size_t name_length(std::string_view text, std::size_t at, bool ascii_only) {
  std::size_t end = at;
  while (end < text.size()) {
    const char c = text[end];
    if (ascii::is_letter_or_digit(c)) {
      ++end;
    } else if (end > at && (c == '_' || c == '-')) {
      ++end;
    } else if (!ascii_only && static_cast<unsigned char>(c) >= 0x80) {
      const text::CodePoint point = text::code_point_at(text, end);
      if (!text::is_letter(point.value)) break;
      end += point.size;
    } else {
      break;
    }
  }
  return end - at;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::size_t string_end(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '\n' && text[at] != '\r'; ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] != '\\') continue;
    ++at;
    if (at < text.size() && (text[at] == '\n' || text[at] == '\r')) break;
  }
  return std::string_view::npos;
}

}  // namespace refract::syntax
