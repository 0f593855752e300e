#include "catalog/expression/constant_form.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/expression/expression.h"
#include "catalog/expression/literal.h"
#include "support/ascii.h"

namespace refract::catalog {
namespace {

using Form = std::optional<std::string>;

constexpr int kDeepestArray = 6;  // MAXDIM

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Form integer_form(std::string_view text) {
  text = trimmed(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (!all_digits(text)) return std::nullopt;
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size() - 1));
  return (negative && text != "0" ? "-" : "") + std::string(text);
}

Form special_number(std::string_view text) {
  const std::string word = ascii::to_lower(text);
  if (word == "nan") return "NaN";
  if (word == "inf" || word == "+inf" || word == "infinity" || word == "+infinity") return "Infinity";
  if (word == "-inf" || word == "-infinity") return "-Infinity";
  return std::nullopt;
}

// numeric keeps the digits after the point that were written: 1.50 is not 1.5.
Form numeric_form(std::string_view text) {
  text = trimmed(text);
  if (auto special = special_number(text)) return special;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::string digits;
  long scale = 0;
  bool point = false;
  std::size_t at = 0;
  for (; at < text.size() && (ascii::is_digit(text[at]) || (text[at] == '.' && !point)); ++at) {
    if (text[at] == '.') {
      point = true;
      continue;
    }
    digits += text[at];
    if (point) ++scale;
  }
  if (digits.empty()) return std::nullopt;
  if (at < text.size()) {
    if (ascii::to_lower(text[at]) != 'e') return std::nullopt;
    std::string_view exponent = text.substr(at + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    long value = 0;
    const auto read = std::from_chars(exponent.data(), exponent.data() + exponent.size(), value);
    if (read.ec != std::errc() || read.ptr != exponent.data() + exponent.size() || std::abs(value) > 1000)
      return std::nullopt;
    scale -= value;
  }
  if (scale < 0) digits.append(static_cast<std::size_t>(-scale), '0');
  scale = std::max(scale, 0L);
  if (static_cast<long>(digits.size()) <= scale)
    digits.insert(0, static_cast<std::size_t>(scale) + 1 - digits.size(), '0');
  const std::size_t whole = digits.size() - static_cast<std::size_t>(scale);
  std::string front = digits.substr(0, whole);
  front.erase(0, std::min(front.find_first_not_of('0'), front.size() - 1));
  const bool zero = digits.find_first_not_of('0') == std::string::npos;
  return (negative && !zero ? "-" : "") + front + (scale > 0 ? "." + digits.substr(whole) : "");
}

Form float_form(std::string_view text, bool single) {
  text = trimmed(text);
  if (auto special = special_number(text)) return special;
  const std::string written(text);
  char* end = nullptr;
  const double value =
      single ? static_cast<double>(std::strtof(written.c_str(), &end)) : std::strtod(written.c_str(), &end);
  if (written.empty() || end != written.c_str() + written.size()) return std::nullopt;
  return single ? fmt::format("{}", static_cast<float>(value)) : fmt::format("{}", value);
}

// Any unambiguous beginning of the words counts.
Form boolean_form(std::string_view text) {
  const std::string word = ascii::to_lower(trimmed(text));
  const auto begins = [&](std::string_view whole, std::size_t least) {
    return word.size() >= least && whole.starts_with(word);
  };
  if (begins("true", 1) || begins("yes", 1) || word == "on" || word == "1") return "true";
  if (begins("false", 1) || begins("no", 1) || begins("off", 2) || word == "0") return "false";
  return std::nullopt;
}

Form bytes_form(std::string_view text) {
  std::string hex = "\\x";
  const auto add = [&](unsigned value) { hex += fmt::format("{:02x}", value & 255U); };
  if (text.starts_with("\\x")) {
    for (const char c : text.substr(2)) {
      if (!is_space(c)) hex += ascii::to_lower(c);
    }
    return hex;
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      add(static_cast<unsigned char>(text[at]));
    } else if (text.substr(at + 1, 1) == "\\") {
      add('\\');
      ++at;
    } else if (at + 3 < text.size() && text.find_first_not_of("01234567", at + 1) > at + 3) {
      add(static_cast<unsigned>((text[at + 1] - '0') * 64 + (text[at + 2] - '0') * 8 + (text[at + 3] - '0')));
      at += 3;
    } else {
      return std::nullopt;
    }
  }
  return hex;
}

Form uuid_form(std::string_view text) {
  if (text.starts_with('{') && text.ends_with('}')) text = text.substr(1, text.size() - 2);
  std::string digits;
  for (const char c : text) {
    if (c == '-') continue;
    if (ascii::hex_value(c) < 0) return std::nullopt;
    digits += ascii::to_lower(c);
  }
  return digits.size() == 32 ? Form(digits) : std::nullopt;
}

Form bits_form(std::string_view text) {
  if (!text.empty() && ascii::to_lower(text.front()) == 'b') return std::string(text.substr(1));
  if (text.empty() || ascii::to_lower(text.front()) != 'x') return std::string(text);
  std::string bits;
  for (const char c : text.substr(1)) {
    const int value = ascii::hex_value(c);
    if (value < 0) return std::nullopt;
    for (int bit = 3; bit >= 0; --bit) bits += ((value >> bit) & 1) != 0 ? '1' : '0';
  }
  return bits;
}

// Cents: the sign as -, as (…) or at the end, a currency symbol and thousands separators anywhere.
Form money_form(std::string_view text) {
  bool negative = false;
  bool point = false;
  std::string digits;
  std::size_t fraction = 0;
  bool up = false;
  for (const char c : trimmed(text)) {
    if (c == '-' || c == '(') {
      negative = true;
    } else if (c == '.') {
      point = true;
    } else if (ascii::is_digit(c)) {
      if (point && fraction == 2) {
        up = c >= '5';
        ++fraction;
      } else if (!point || fraction < 2) {
        digits += c;
        if (point) ++fraction;
      }
    }
  }
  if (digits.empty()) return std::nullopt;
  digits.append(2 - std::min<std::size_t>(fraction, 2), '0');
  std::int64_t cents = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), cents).ec != std::errc()) return std::nullopt;
  if (up) ++cents;
  return fmt::format("{}", negative ? -cents : cents);
}

// {a,"b c",{…}}, with the bounds [0:1]= before it where they are not PostgreSQL's own.
class ArrayReader {
 public:
  ArrayReader(std::string_view text, std::string_view element, const std::vector<std::int64_t>& modifiers)
      : text_(trimmed(text)), element_(element), modifiers_(modifiers) {}

  Form read() {
    std::string bounds;
    if (text_.starts_with('[')) {
      const std::size_t equal = text_.find('=');
      if (equal == std::string_view::npos) return std::nullopt;
      for (const char c : text_.substr(0, equal)) bounds += is_space(c) ? "" : std::string(1, c);
      at_ = equal + 1;
    }
    auto list = read_list(0);
    skip();
    if (!list || at_ != text_.size()) return std::nullopt;
    return bounds + *list;
  }

 private:
  void skip() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  bool take(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  Form read_list(int depth) {
    if (depth >= kDeepestArray || !take('{')) return std::nullopt;
    if (take('}')) return "{}";
    std::vector<std::string> items;
    do {
      skip();
      auto item = at_ < text_.size() && text_[at_] == '{' ? read_list(depth + 1) : read_item();
      if (!item) return std::nullopt;
      items.push_back(std::move(*item));
    } while (take(','));
    return take('}') ? Form(fmt::format("{{{}}}", fmt::join(items, ","))) : std::nullopt;
  }

  Form read_item() {
    std::string value;
    bool quoted = false;
    std::size_t kept = 0;  // so much of the value does not end in white space outside of quotes
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ',' || c == '}' || c == '{') break;
      ++at_;
      if (c == '"') {
        quoted = true;
        for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
          if (text_[at_] == '\\' && ++at_ >= text_.size()) return std::nullopt;
          value += text_[at_];
        }
        if (at_++ >= text_.size()) return std::nullopt;
        kept = value.size();
        continue;
      }
      if (c == '\\') {
        if (at_ >= text_.size()) return std::nullopt;
        value += text_[at_++];
        kept = value.size();
        continue;
      }
      value += c;
      if (!is_space(c)) kept = value.size();
    }
    value.resize(kept);
    if (value.empty() && !quoted) return std::nullopt;
    if (!quoted && ascii::to_lower(value) == "null") return "NULL";
    return quote_literal(constant_form(element_, value, modifiers_));
  }

  std::string_view text_;
  std::string_view element_;
  const std::vector<std::int64_t>& modifiers_;
  std::size_t at_ = 0;
};

std::string_view range_element(std::string_view type) {
  if (type.starts_with("int4")) return "int4";
  if (type.starts_with("int8")) return "int8";
  if (type.starts_with("num")) return "numeric";
  if (type.starts_with("date")) return "date";
  return type.starts_with("tstz") ? "timestamptz" : "timestamp";
}

struct Bound {
  std::string value;  // empty: none
  bool inclusive = false;
};

Form range_bound(std::string_view text, std::size_t& at, std::string_view element) {
  std::string value;
  bool quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      quoted = !quoted;
    } else if (c == '\\' && at + 1 < text.size()) {
      value += text[++at];
    } else if (!quoted && (c == ',' || c == ')' || c == ']')) {
      break;
    } else {
      value += c;
    }
  }
  if (at >= text.size()) return std::nullopt;
  return trimmed(value).empty() ? std::string() : constant_form(element, value);
}

// The next value of a type whose ranges PostgreSQL writes as [lower,upper). A date's form is a number of days.
std::string successor(const std::string& value) {
  std::int64_t number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  return read.ec == std::errc() && read.ptr == value.data() + value.size() ? fmt::format("{}", number + 1) : value;
}

Form range_form(std::string_view type, std::string_view text) {
  text = trimmed(text);
  if (ascii::to_lower(text) == "empty") return "empty";
  const std::string_view element = range_element(type);
  if (text.size() < 3 || (text.front() != '[' && text.front() != '(')) return std::nullopt;
  Bound lower{{}, text.front() == '['};
  std::size_t at = 1;
  auto first = range_bound(text, at, element);
  if (!first || text[at] != ',') return std::nullopt;
  auto second = range_bound(text, ++at, element);
  if (!second || at + 1 != text.size() || text[at] == ',') return std::nullopt;
  Bound upper{std::move(*second), text[at] == ']'};
  lower.value = std::move(*first);
  const bool discrete = element == "int4" || element == "int8" || element == "date";
  if (discrete && !lower.value.empty() && !lower.inclusive) lower = {successor(lower.value), true};
  if (discrete && !upper.value.empty() && upper.inclusive) upper = {successor(upper.value), false};
  if (lower.value.empty()) lower.inclusive = false;
  if (upper.value.empty()) upper.inclusive = false;
  const bool known = lower.value.find(kMomentOfReading) == std::string::npos;
  if (known && !lower.value.empty() && lower.value == upper.value && !(lower.inclusive && upper.inclusive))
    return "empty";
  return fmt::format("{}{},{}{}", lower.inclusive ? '[' : '(', lower.value, upper.value, upper.inclusive ? ']' : ')');
}

// {[1,3),[5,7)}: each range in its form.
Form multirange_form(std::string_view type, std::string_view text) {
  text = trimmed(text);
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return std::nullopt;
  std::vector<std::string> ranges;
  for (std::size_t at = 1; at + 1 < text.size();) {
    const std::size_t open = text.find_first_of("[(", at);
    const std::size_t close = text.find_first_of("])", open == std::string_view::npos ? at : open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    auto range = range_form(type, text.substr(open, close - open + 1));
    if (!range) return std::nullopt;
    if (*range != "empty") ranges.push_back(std::move(*range));
    at = close + 1;
  }
  return fmt::format("{{{}}}", fmt::join(ranges, ","));
}

// A name in a string as regclass reads it; the schema that introspection looks in first is left out.
std::string object_form(std::string_view text) {
  QualifiedName name = read_qualified_name(text);
  if (name.schema == "public" || name.schema == "pg_catalog") name.schema.clear();
  return name.schema.empty() ? quote_name(name.name) : quote_name(name.schema) + "." + quote_name(name.name);
}

Form form_of(std::string_view type, std::string_view text, const std::vector<std::int64_t>& modifiers) {
  if (type.ends_with("[]")) return ArrayReader(text, type.substr(0, type.size() - 2), modifiers).read();
  if (type == "int2" || type == "int4" || type == "int8" || type == "oid") return integer_form(text);
  if (type == "numeric") return numeric_form(text);
  if (type == "float4" || type == "float8") return float_form(text, type == "float4");
  if (type == "bool") return boolean_form(text);
  if (type == "jsonb") return normal_json(text);
  if (type == "uuid") return uuid_form(text);
  if (type == "bytea") return bytes_form(text);
  if (type == "bit" || type == "varbit") return bits_form(text);
  if (type == "money") return money_form(text);
  if (type == "interval") return interval_form(text, modifiers.empty() ? 0 : modifiers.front());
  if (type.ends_with("multirange")) return multirange_form(type, text);
  if (type.ends_with("range")) return range_form(type, text);
  if (type == "regclass") return object_form(text);
  if (type == "tsquery" || type == "tsvector" || type == "jsonpath") return word_form(text);
  if (auto moment = moment_form(type, text)) return moment;
  if (auto network = network_form(type, text)) return network;
  return geometry_form(type, text);
}

}  // namespace

std::string constant_form(std::string_view type, std::string_view text, const std::vector<std::int64_t>& modifiers) {
  return form_of(type, text, modifiers).value_or(std::string(text));
}

std::string word_form(std::string_view text) {
  std::string form;
  bool quoted = false;
  for (const char c : trimmed(text)) {
    if (c == '\'' || c == '"') {
      quoted = !quoted;
      if (c == '\'') continue;
    }
    if (quoted || !is_space(c)) form += c;
    if (!quoted && is_space(c) && !form.ends_with(' ')) form += ' ';
  }
  return form;
}

}  // namespace refract::catalog
