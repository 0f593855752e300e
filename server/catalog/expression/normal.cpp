#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "catalog/expression/literal.h"
#include "catalog/tree/reader.h"
#include "support/ascii.h"

namespace refract::catalog {
namespace {

constexpr int kDeepestJson = 200;
// A larger exponent stays as written: spelling it out would only make a long row of zeros.
constexpr long kLargestExponent = 400;

// Rewrites JSON as jsonb prints it: one space after colons and commas, keys by length and then bytes, the last of
// equal keys, numbers in normal form.
class JsonNormaliser {
 public:
  explicit JsonNormaliser(std::string_view text) : text_(text) {}

  std::optional<std::string> whole() {
    auto result = value(0);
    blank();
    return at_ == text_.size() ? result : std::nullopt;
  }

 private:
  void blank() {
    while (at_ < text_.size() && (text_[at_] == ' ' || (text_[at_] >= '\t' && text_[at_] <= '\r'))) ++at_;
  }
  bool take(char c) {
    blank();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::optional<std::string> value(int depth) {
    blank();
    if (at_ >= text_.size() || depth > kDeepestJson) return std::nullopt;
    const char c = text_[at_];
    if (c == '{') return object(depth);
    if (c == '[') return array(depth);
    if (c == '"') return string();
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (ascii::is_digit(text_[at_]) || std::string_view("+-.eE").find(text_[at_]) != std::string_view::npos))
      ++at_;
    if (at_ > begin) return normal_number(text_.substr(begin, at_ - begin));
    for (const std::string_view word : {"true", "false", "null"}) {
      if (text_.substr(at_).starts_with(word)) {
        at_ += word.size();
        return std::string(word);
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> object(int depth) {
    const auto shorter_first = [](const std::string& a, const std::string& b) {
      return a.size() != b.size() ? a.size() < b.size() : a < b;
    };
    std::map<std::string, std::string, decltype(shorter_first)> members(shorter_first);
    ++at_;
    if (!take('}')) {
      do {
        blank();
        auto key = string();
        if (!key || !take(':')) return std::nullopt;
        auto member = value(depth + 1);
        if (!member) return std::nullopt;
        members[std::move(*key)] = std::move(*member);
      } while (take(','));
      if (!take('}')) return std::nullopt;
    }
    std::string result = "{";
    for (const auto& [key, member] : members) {
      if (result.size() > 1) result += ", ";
      result.append(key).append(": ").append(member);
    }
    return result + "}";
  }

  std::optional<std::string> array(int depth) {
    std::string result = "[";
    ++at_;
    if (take(']')) return "[]";
    do {
      auto item = value(depth + 1);
      if (!item) return std::nullopt;
      if (result.size() > 1) result += ", ";
      result += *item;
    } while (take(','));
    return take(']') ? std::optional(result + "]") : std::nullopt;
  }

  // Kept in quotes; \u0041 and \/ become the characters they represent.
  std::optional<std::string> string() {
    if (at_ >= text_.size() || text_[at_] != '"') return std::nullopt;
    std::string result = "\"";
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] != '\\') {
        result += text_[at_];
        continue;
      }
      if (++at_ >= text_.size()) return std::nullopt;
      if (text_[at_] == '/') {
        result += '/';
      } else if (text_[at_] != 'u') {
        result.append("\\").append(1, text_[at_]);
      } else if (!unicode(result)) {
        return std::nullopt;
      }
    }
    if (at_ >= text_.size()) return std::nullopt;
    ++at_;
    return result + "\"";
  }

  std::optional<std::uint32_t> hex4(std::size_t from) const {
    std::uint32_t code = 0;
    if (from + 4 > text_.size()) return std::nullopt;
    for (std::size_t i = from; i < from + 4; ++i) {
      const char c = static_cast<char>(text_[i] | 0x20);
      if (ascii::is_digit(text_[i]))
        code = code * 16 + static_cast<std::uint32_t>(text_[i] - '0');
      else if (c >= 'a' && c <= 'f')
        code = code * 16 + static_cast<std::uint32_t>(c - 'a' + 10);
      else
        return std::nullopt;
    }
    return code;
  }

  bool unicode(std::string& result) {
    const auto code = hex4(at_ + 1);
    if (!code) return false;
    at_ += 4;
    if (*code >= 0xD800 && *code < 0xDC00 && text_.substr(at_ + 1, 2) == "\\u") {
      const auto low = hex4(at_ + 3);
      if (low && *low >= 0xDC00 && *low < 0xE000) {
        append_utf8(result, 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00));
        at_ += 6;
        return true;
      }
    }
    if (*code < 0x20 || *code == '"' || *code == '\\') {
      result += fmt::format("\\u{:04x}", *code);
    } else {
      append_utf8(result, *code);
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// One or two digits, as many as four for a year.
std::optional<int> read_int(std::string_view text, std::size_t& at, std::size_t most) {
  int value = 0;
  const std::size_t begin = at;
  while (at < text.size() && at - begin < most && ascii::is_digit(text[at])) value = value * 10 + (text[at++] - '0');
  return at == begin ? std::nullopt : std::optional(value);
}

// "+02", "-0530", "+01:00", "Z", "UTC" as minutes east of Greenwich.
std::optional<int> read_zone(std::string_view text, std::size_t& at) {
  while (at < text.size() && text[at] == ' ') ++at;
  if (at == text.size()) return 0;
  if (text.substr(at) == "Z" || text.substr(at) == "z" || text.substr(at) == "UTC") {
    at = text.size();
    return 0;
  }
  if (text[at] != '+' && text[at] != '-') return std::nullopt;
  const int sign = text[at++] == '-' ? -1 : 1;
  const auto hours = read_int(text, at, 2);
  if (at < text.size() && text[at] == ':') ++at;
  const int minutes = at < text.size() ? read_int(text, at, 2).value_or(0) : 0;
  return hours && at == text.size() ? std::optional(sign * (*hours * 60 + minutes)) : std::nullopt;
}

}  // namespace

std::string normal_number(std::string_view number) {
  std::string sign;
  if (!number.empty() && (number[0] == '-' || number[0] == '+')) {
    if (number[0] == '-') sign = "-";
    number.remove_prefix(1);
  }
  std::string digits;
  long point = -1;  // digits before the decimal point
  std::size_t at = 0;
  for (; at < number.size() && (ascii::is_digit(number[at]) || number[at] == '.'); ++at) {
    if (number[at] == '.')
      point = static_cast<long>(digits.size());
    else
      digits += number[at];
  }
  if (point < 0) point = static_cast<long>(digits.size());
  if (at < number.size()) {
    if ((number[at] | 0x20) != 'e') return sign + std::string(number);
    bool negative = false;
    long exponent = 0;
    for (++at; at < number.size(); ++at) {
      if (number[at] == '-')
        negative = true;
      else if (ascii::is_digit(number[at]) && exponent <= kLargestExponent)
        exponent = exponent * 10 + (number[at] - '0');
    }
    if (exponent > kLargestExponent) return sign + std::string(number);
    point += negative ? -exponent : exponent;
  }
  if (point < 0) {
    digits.insert(0, static_cast<std::size_t>(-point), '0');
    point = 0;
  }
  if (point > static_cast<long>(digits.size())) digits.append(static_cast<std::size_t>(point) - digits.size(), '0');
  std::string whole = digits.substr(0, static_cast<std::size_t>(point));
  std::string fraction = digits.substr(static_cast<std::size_t>(point));
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  fraction.erase(fraction.find_last_not_of('0') + 1);
  if (whole.empty()) whole = "0";
  if (whole == "0" && fraction.empty()) return "0";
  return sign + whole + (fraction.empty() ? "" : "." + fraction);
}

std::string normal_json(std::string_view json) {
  return JsonNormaliser(json).whole().value_or(std::string(json));
}

// ISO dates and times, which is how tools and PostgreSQL itself write them; anything else stays as it is.
std::string normal_date_time(std::string_view text, const ColumnType& type) {
  const std::string unchanged(text);
  const bool has_date = type.name != "time" && type.name != "timetz";
  std::size_t at = 0;
  int year = 2000, month = 1, day = 1, hour = 0, minute = 0, second = 0;
  std::string fraction;
  const auto number = [&](int& into, std::size_t most) {
    const auto value = read_int(text, at, most);
    if (value) into = *value;
    return value.has_value();
  };
  const auto symbol = [&](char c) { return at < text.size() && text[at] == c && ++at > 0; };
  if (has_date) {
    if (!number(year, 4) || !symbol('-') || !number(month, 2) || !symbol('-') || !number(day, 2)) return unchanged;
    if (at < text.size() && (text[at] == 'T' || text[at] == ' ')) ++at;
  }
  if (at < text.size() && ascii::is_digit(text[at])) {
    if (!number(hour, 2) || !symbol(':') || !number(minute, 2)) return unchanged;
    if (symbol(':') && !number(second, 2)) return unchanged;
    if (symbol('.')) {
      while (at < text.size() && ascii::is_digit(text[at])) fraction += text[at++];
    }
  }
  const auto zone = read_zone(text, at);
  if (!zone || month < 1 || month > 12 || day < 1 || day > 31) return unchanged;
  fraction.resize(std::min<std::size_t>(fraction.size(), 6));
  fraction.erase(fraction.find_last_not_of('0') + 1);
  if (!fraction.empty()) fraction.insert(0, ".");
  const std::string date = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  const std::string time = fmt::format("{:02}:{:02}:{:02}{}", hour, minute, second, fraction);
  if (type.name == "date") return date;
  if (type.name == "time") return time;
  const std::string offset = fmt::format("{}{:02}{}", *zone < 0 ? '-' : '+', std::abs(*zone) / 60,
                                         *zone % 60 == 0 ? "" : fmt::format(":{:02}", std::abs(*zone) % 60));
  if (type.name == "timetz") return time + offset;
  // timestamp drops a zone; timestamptz without one is taken as UTC, which is the time zone of Prisma's connections.
  return type.name == "timestamp" ? date + " " + time : date + " " + time + offset;
}

}  // namespace refract::catalog
