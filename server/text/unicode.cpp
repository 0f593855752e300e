#include "text/unicode.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "text/unicode_tables.h"

namespace refract::text {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

bool is_in(std::span<const CodePointRange> ranges, char32_t value) {
  const auto after = std::ranges::upper_bound(ranges, value, {}, &CodePointRange::first);
  return after != ranges.begin() && value <= std::prev(after)->last;
}

void append(char32_t value, std::string& out) {
  if (value < 0x80) {
    out += static_cast<char>(value);
    return;
  }
  const int following = value < 0x800 ? 1 : value < 0x10000 ? 2 : 3;
  constexpr unsigned kLead[] = {0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(kLead[following] | (value >> (6 * following)));
  for (int i = following - 1; i >= 0; --i) out += static_cast<char>(0x80U | ((value >> (6 * i)) & 0x3FU));
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80U) return {lead, 1};
  const unsigned size = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : lead >= 0xC0U ? 2 : 0;
  if (size == 0 || at + size > text.size()) return {kReplacement, 1};
  char32_t value = lead & (0x7FU >> size);
  for (unsigned i = 1; i < size; ++i) {
    if (!is_continuation(text[at + i])) return {kReplacement, 1};
    value = value << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  return {value, size};
}

bool is_letter(char32_t value) {
  if (value < 0x80) return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
  return is_in(kLetters, value);
}

bool is_white_space(char32_t value) {
  return is_in(kWhiteSpace, value);
}

char32_t to_lower(char32_t value) {
  for (const CapitalRun& run : kCapitals) {
    if (value >= run.first && value <= run.last && (value - run.first) % run.step == 0)
      return value + static_cast<char32_t>(run.distance);
  }
  return value;
}

char32_t to_upper(char32_t value) {
  for (const CapitalRun& run : kCapitals) {
    const char32_t capital = value - static_cast<char32_t>(run.distance);
    if (capital >= run.first && capital <= run.last && (capital - run.first) % run.step == 0) return capital;
  }
  return value;
}

std::string with_first_letter(std::string_view text, bool upper) {
  if (text.empty()) return {};
  const auto [value, size] = code_point_at(text, 0);
  std::string out;
  const char32_t changed = upper ? to_upper(value) : to_lower(value);
  if (changed == value) return std::string(text);
  append(changed, out);
  return out += text.substr(size);
}

}  // namespace refract::text
