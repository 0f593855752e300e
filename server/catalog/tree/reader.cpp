#include "catalog/tree/reader.h"

#include <cstdint>

#include "support/ascii.h"

namespace refract::catalog {
namespace {

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool starts_word(char c) {
  return ascii::is_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool continues_word(char c) {
  return starts_word(c) || ascii::is_digit(c) || c == '$';
}

}  // namespace

void append_utf8(std::string& text, std::uint32_t code_point) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000)) code_point = 0xFFFD;
  if (code_point < 0x80) {
    text += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    text += static_cast<char>(0xC0 | (code_point >> 6));
    text += static_cast<char>(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    text += static_cast<char>(0xE0 | (code_point >> 12));
    text += static_cast<char>(0x80 | ((code_point >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (code_point & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | (code_point >> 18));
    text += static_cast<char>(0x80 | ((code_point >> 12) & 0x3F));
    text += static_cast<char>(0x80 | ((code_point >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (code_point & 0x3F));
  }
}

void Reader::skip_space() {
  while (!at_end() && is_space(text_[at_])) ++at_;
}

bool Reader::take(std::string_view symbol) {
  if (text_.substr(at_, symbol.size()) != symbol) return false;
  at_ += symbol.size();
  skip_space();
  return true;
}

std::optional<std::string> Reader::read_word() {
  if (!starts_word(peek())) return std::nullopt;
  std::string word;
  while (continues_word(peek())) word += ascii::to_lower(text_[at_++]);
  skip_space();
  return word;
}

bool Reader::take_word(std::string_view word) {
  const std::size_t before = at_;
  if (read_word() == word) return true;
  at_ = before;
  return false;
}

std::optional<std::string> Reader::read_name(bool* quoted) {
  if (quoted != nullptr) *quoted = peek() == '"';
  return peek() == '"' ? read_quoted('"') : read_word();
}

// Text between two quotes, a doubled quote standing for one.
std::optional<std::string> Reader::read_quoted(char quote) {
  const std::size_t before = at_++;
  std::string text;
  for (; !at_end(); ++at_) {
    if (text_[at_] != quote) {
      text += text_[at_];
    } else if (text_.substr(at_ + 1, 1) == std::string_view(&quote, 1)) {
      text += text_[at_++];
    } else {
      ++at_;
      skip_space();
      return text;
    }
  }
  at_ = before;
  return std::nullopt;
}

std::optional<std::string> Reader::read_escaped() {
  std::string text;
  const auto number = [&](int base, std::size_t most) {
    std::uint32_t value = 0;
    for (std::size_t read = 0; read < most; ++read, ++at_) {
      const int digit = ascii::hex_value(peek());
      if (digit < 0 || digit >= base) break;
      value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
    }
    return value;
  };
  for (++at_; !at_end();) {
    const char c = text_[at_++];
    if (c == '\'' && peek() != '\'') {
      skip_space();
      return text;
    }
    if (c != '\\') {
      if (c == '\'') ++at_;
      text += c;
      continue;
    }
    if (at_end()) return std::nullopt;
    const char escape = text_[at_++];
    switch (escape) {
      case 'b':
        text += '\b';
        break;
      case 'f':
        text += '\f';
        break;
      case 'n':
        text += '\n';
        break;
      case 'r':
        text += '\r';
        break;
      case 't':
        text += '\t';
        break;
      case 'x':
        text += static_cast<char>(number(16, 2));
        break;
      case 'u':
        append_utf8(text, number(16, 4));
        break;
      case 'U':
        append_utf8(text, number(16, 8));
        break;
      default:
        if (escape >= '0' && escape <= '7') {
          --at_;
          text += static_cast<char>(number(8, 3));
        } else {
          text += escape;
        }
    }
  }
  return std::nullopt;
}

std::optional<std::string> Reader::read_string() {
  const std::size_t before = at_;
  if (peek() == '\'') return read_quoted('\'');
  if (ascii::to_lower(peek()) == 'b' && text_.substr(at_ + 1, 1) == "'") {
    ++at_;
    auto bits = read_quoted('\'');
    if (!bits) at_ = before;
    return bits;
  }
  if (ascii::to_lower(peek()) != 'e' || text_.substr(at_ + 1, 1) != "'") return std::nullopt;
  ++at_;
  auto text = read_escaped();
  if (!text) at_ = before;
  return text;
}

std::optional<std::string> Reader::read_number() {
  const auto next = [&](std::size_t ahead) { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; };
  if (!ascii::is_digit(peek()) && !(peek() == '.' && ascii::is_digit(next(1)))) return std::nullopt;
  std::string number;
  while (ascii::is_digit(peek())) number += text_[at_++];
  if (peek() == '.') {
    number += text_[at_++];
    while (ascii::is_digit(peek())) number += text_[at_++];
  }
  if (ascii::to_lower(peek()) == 'e' &&
      (ascii::is_digit(next(1)) || ((next(1) == '-' || next(1) == '+') && ascii::is_digit(next(2))))) {
    number += 'e';
    ++at_;
    if (!ascii::is_digit(peek())) number += text_[at_++];
    while (ascii::is_digit(peek())) number += text_[at_++];
  }
  skip_space();
  return number;
}

}  // namespace refract::catalog
