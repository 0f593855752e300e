#pragma once

#include <algorithm>
#include <string>
#include <string_view>

// ASCII's letters and digits, whatever the locale. No byte of a longer UTF-8 character is one of them.
namespace refract::ascii {

constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
  return is_lower(c) || is_upper(c);
}
constexpr bool is_letter_or_digit(char c) {
  return is_letter(c) || is_digit(c);
}

constexpr char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr char to_upper(char c) {
  return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}
inline std::string to_lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) { return to_lower(c); });
  return lower;
}

// userId as UserId, and the other way round.
inline std::string with_upper_first(std::string_view word) {
  std::string changed(word);
  if (!changed.empty()) changed.front() = to_upper(changed.front());
  return changed;
}
inline std::string with_lower_first(std::string_view word) {
  std::string changed(word);
  if (!changed.empty()) changed.front() = to_lower(changed.front());
  return changed;
}

// The value of a hexadecimal digit; -1: it is not one.
constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c = to_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace refract::ascii
