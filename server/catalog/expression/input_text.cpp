#include "catalog/expression/input_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/expression/constant_form.h"
#include "catalog/expression/literal.h"
#include "support/ascii.h"

namespace refract::catalog {
namespace {

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_hex(char c) {
  return ascii::is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// 0x1F and 1_000, which PostgreSQL 16 and later read.
bool is_newer_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && ascii::is_digit(text.front()) && text.find_first_of("xXoObB_") != std::string_view::npos;
}

template <class Integer>
bool is_integer(std::string_view text) {
  text = trimmed(text);
  if (is_newer_number(text)) return true;
  if (text.starts_with('+')) text.remove_prefix(1);
  Integer value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

bool is_oid(std::string_view text) {
  return is_integer<std::int64_t>(text);
}

std::size_t digits_of(std::string_view& text) {
  const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(count);
  return count;
}

// 1.5e3, not NaN and the infinities.
bool is_decimal(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  std::size_t digits = digits_of(text);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    digits += digits_of(text);
  }
  if (digits == 0) return false;
  if (text.empty()) return true;
  if (ascii::to_lower(text.front()) != 'e') return false;
  text.remove_prefix(1);
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return digits_of(text) > 0 && text.empty();
}

bool is_number(std::string_view text) {
  text = trimmed(text);
  if (is_decimal(text) || is_newer_number(text)) return true;
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const std::string word = ascii::to_lower(text);
  return word.starts_with("nan") || word == "inf" || word == "infinity";
}

bool is_boolean(std::string_view text) {
  const std::string form = constant_form("bool", text);
  return form == "true" || form == "false";
}

// 32 digits, in braces or not, with a hyphen after any four of them.
bool is_uuid(std::string_view text) {
  if (text.starts_with('{')) {
    if (!text.ends_with('}')) return false;
    text = text.substr(1, text.size() - 2);
  }
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == '-' && digits > 0 && digits % 4 == 0 && digits < 32) continue;
    if (!is_hex(c)) return false;
    ++digits;
  }
  return digits == 32;
}

bool is_bits(std::string_view text) {
  if (text.starts_with('x') || text.starts_with('X')) return std::ranges::all_of(text.substr(1), is_hex);
  return std::ranges::all_of(text.substr(text.starts_with('b') || text.starts_with('B') ? 1 : 0),
                             [](char c) { return c == '0' || c == '1'; });
}

// 2020-13-01, 2020-02-30, 25:00: dates of which the year comes first, and times, that no DateStyle makes valid.
bool is_no_date(std::string_view text) {
  const auto number = [&](std::size_t at, std::size_t size, char before) -> std::optional<int> {
    const bool has = at + size <= text.size() && (before == '\0' || text[at - 1] == before);
    const bool ends = at + size == text.size() || !ascii::is_digit(text[std::min(at + size, text.size() - 1)]);
    const std::string_view digits = has && ends ? text.substr(at, size) : std::string_view();
    if (digits.empty() || !std::ranges::all_of(digits, ascii::is_digit)) return std::nullopt;
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  };
  const auto year = number(0, 4, '\0');
  const auto month = year ? number(5, 2, '-') : std::nullopt;
  const auto day = month ? number(8, 2, '-') : std::nullopt;
  if (day) {
    const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    const bool before_christ = ascii::to_lower(text).contains("bc");  // has other leap years
    if (!date.ok() && !(before_christ && *month == 2 && *day == 29)) return true;
    text.remove_prefix(10);
    if (!text.starts_with('T') && !text.starts_with(' ')) return false;
    text.remove_prefix(1);
  }
  const auto hour = number(0, 2, '\0');
  const auto minute = hour ? number(3, 2, ':') : std::nullopt;
  const auto second = minute ? number(6, 2, ':') : std::nullopt;
  return minute && (*hour > 24 || *minute > 59 || second.value_or(0) > 60);
}

// A year 0, or neither a digit nor one of the words that stand for a moment.
bool may_be_moment(std::string_view text) {
  if (text.find_first_of("0123456789") == std::string_view::npos) {
    constexpr std::array<std::string_view, 7> kWords = {"now",      "today", "tomorrow", "yesterday",
                                                        "infinity", "epoch", "allballs"};
    const std::string word = ascii::to_lower(text);
    return std::ranges::any_of(kWords, [&](std::string_view one) { return word.find(one) != std::string::npos; });
  }
  text = trimmed(text);
  if (text.starts_with("0000-") || is_no_date(text)) return false;
  return !(text.size() < 3 && std::ranges::all_of(text, ascii::is_digit));
}

// False where a word is no unit; numbers are not read. PostgreSQL compares the first ten letters.
bool may_be_interval(std::string_view text) {
  constexpr std::string_view kUnits =
      " ago at c cent centuries century d day days dec decade decades decs h hour hours hr hrs inf infinity m "
      "microsecon mil millennia millennium mils millisecon min mins minute minutes mon mons month months ms "
      "msec msecond mseconds msecs p qtr quarter s sec second seconds secs t timezone timezone_h timezone_m us "
      "usec usecond useconds usecs w week weeks y year years yr yrs ";
  text = trimmed(text);
  if (text.empty()) return false;
  if (text.starts_with('P') || text.starts_with("-P")) return true;  // ISO 8601
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (at < text.size() && ascii::is_letter(text[at])) ++at;
    const std::string word = ascii::to_lower(text.substr(begin, std::min<std::size_t>(at - begin, 10)));
    if (word.empty()) {
      ++at;
    } else if (!kUnits.contains(" " + word + " ")) {
      return false;
    }
  }
  return true;
}

bool may_be_bytes(std::string_view text) {
  if (!text.starts_with("\\x")) return true;
  return std::ranges::all_of(text.substr(2), [](char c) { return is_hex(c) || is_space(c); });
}

// As PostgreSQL reads JSON; what is nested deeply is taken for JSON.
class JsonText {
 public:
  JsonText(std::string_view text, bool stored_as_text) : text_(text), stored_as_text_(stored_as_text) {}

  bool is_valid() && {
    skip_space();
    if (!value(0)) return false;
    skip_space();
    return too_deep_ || text_.empty();
  }

 private:
  static constexpr int kDeepest = 100;

  void skip_space() { text_.remove_prefix(std::min(text_.find_first_not_of(" \t\n\r"), text_.size())); }

  bool take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }

  bool value(int depth) {
    if (depth > kDeepest) return too_deep_ = true;
    if (take("{")) return items('}', depth, true);
    if (take("[")) return items(']', depth, false);
    if (text_.starts_with('"')) return string();
    return take("true") || take("false") || take("null") || number();
  }

  bool items(char end, int depth, bool keys) {
    skip_space();
    if (take({&end, 1})) return true;
    do {
      skip_space();
      if (keys) {
        if (!string()) return false;
        skip_space();
        if (!take(":")) return false;
        skip_space();
      }
      if (!value(depth + 1)) return false;
      if (too_deep_) return true;
      skip_space();
    } while (take(","));
    return take({&end, 1});
  }

  bool number() {
    take("-");
    const bool zero = text_.starts_with('0');
    const std::size_t whole = digits_of(text_);
    if (whole == 0 || (zero && whole > 1)) return false;
    if (take(".") && digits_of(text_) == 0) return false;
    if (!take("e") && !take("E")) return true;
    if (!take("+")) take("-");
    return digits_of(text_) > 0;
  }

  // jsonb keeps text: \u0000 has none.
  bool string() {
    if (!take("\"")) return false;
    while (!text_.empty()) {
      const char c = text_.front();
      text_.remove_prefix(1);
      if (c == '"') return true;
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c == '\\' && !escape()) return false;
    }
    return false;
  }

  bool escape() {
    if (text_.empty()) return false;
    const char c = text_.front();
    text_.remove_prefix(1);
    if (c != 'u') return std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
    if (text_.size() < 4 || !std::ranges::all_of(text_.substr(0, 4), is_hex)) return false;
    const bool nul = text_.starts_with("0000");
    text_.remove_prefix(4);
    return stored_as_text_ || !nul;
  }

  std::string_view text_;
  bool stored_as_text_;
  bool too_deep_ = false;
};

bool is_json(std::string_view text) {
  return JsonText(text, true).is_valid();
}

bool is_jsonb(std::string_view text) {
  return JsonText(text, false).is_valid();
}

// False where an element of XML has no end, or an end no element; comments, CDATA and declarations are not read.
bool may_be_xml(std::string_view text) {
  if (text.contains("<!") || text.contains("<?")) return true;
  std::vector<std::string_view> open;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    std::size_t end = ++at;
    for (char quote = 0; end < text.size() && (quote != 0 || text[end] != '>'); ++end) {
      if (quote == 0 && (text[end] == '"' || text[end] == '\'')) {
        quote = text[end];
      } else if (quote == text[end]) {
        quote = 0;
      }
    }
    if (end == text.size()) return false;
    const std::string_view tag = text.substr(at, end - at);
    at = end;
    const std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n"));
    if (name.starts_with('/')) {
      if (open.empty() || open.back() != name.substr(1)) return false;
      open.pop_back();
    } else if (!tag.ends_with('/')) {
      open.push_back(name);
    }
  }
  return open.empty();
}

bool is_inet(std::string_view text) {
  return network_form("inet", text).has_value();
}

}  // namespace

std::string text_fault(std::string_view text, const TypeKey& type, const Types& types) {
  const auto no_value = [&] { return "is no value of type " + type + ": '" + std::string(text) + "'"; };
  if (!is_list(type)) {
    if (const Enum* known = types.enumeration(type))
      return std::ranges::find(known->values, text) != known->values.end() ? std::string() : no_value();
    return may_be_value(text, type) ? std::string() : no_value();
  }
  const std::string_view list = trimmed(text);
  if (list.empty() || (list.front() != '{' && list.front() != '[') || list.back() != '}') return no_value();
  for (const Literal& item : read_array_text(text).value_or(std::vector<Literal>())) {
    if (item.kind != LiteralKind::string) continue;
    if (std::string fault = text_fault(item.value, element_of(type), types); !fault.empty()) return fault;
  }
  return {};
}

bool may_be_value(std::string_view text, std::string_view type) {
  using Check = bool (*)(std::string_view);
  static const std::unordered_map<std::string_view, Check> kChecks = {{"int2", is_integer<std::int16_t>},
                                                                      {"int4", is_integer<std::int32_t>},
                                                                      {"int8", is_integer<std::int64_t>},
                                                                      {"oid", is_oid},
                                                                      {"float4", is_number},
                                                                      {"float8", is_number},
                                                                      {"numeric", is_number},
                                                                      {"bool", is_boolean},
                                                                      {"uuid", is_uuid},
                                                                      {"bit", is_bits},
                                                                      {"varbit", is_bits},
                                                                      {"date", may_be_moment},
                                                                      {"timestamp", may_be_moment},
                                                                      {"timestamptz", may_be_moment},
                                                                      {"time", may_be_moment},
                                                                      {"timetz", may_be_moment},
                                                                      {"interval", may_be_interval},
                                                                      {"bytea", may_be_bytes},
                                                                      {"json", is_json},
                                                                      {"jsonb", is_jsonb},
                                                                      {"inet", is_inet},
                                                                      {"xml", may_be_xml}};
  const auto found = kChecks.find(type);
  return found == kChecks.end() || found->second(text);
}

}  // namespace refract::catalog
