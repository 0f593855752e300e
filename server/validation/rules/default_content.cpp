#include <charconv>

#include <fmt/format.h>

#include "support/ascii.h"
#include "support/json.h"
#include "validation/core/text_tools.h"
#include "validation/rules/default_content.h"
#include "validation/rules/schema_checks.h"

// The content of a literal default, beyond being a string or a number.
namespace refract::validation {
namespace {

using schema::ScalarType;
using syntax::Expression;
using syntax::ExpressionKind;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return position_ == text_.size(); }
  bool one_of(std::string_view characters) {
    if (at_end() || characters.find(text_[position_]) == std::string_view::npos) return false;
    ++position_;
    return true;
  }
  // A number of exactly so many digits, in a range.
  bool number(int digits, int least, int most) {
    int value = 0;
    for (int i = 0; i < digits; ++i) {
      if (at_end() || !ascii::is_digit(text_[position_])) return false;
      value = value * 10 + (text_[position_++] - '0');
    }
    return value >= least && value <= most;
  }
  std::size_t digits() {
    const std::size_t start = position_;
    while (!at_end() && ascii::is_digit(text_[position_])) ++position_;
    return position_ - start;
  }

 private:
  std::string_view text_;
  std::size_t position_ = 0;
};

// RFC 3339: "2024-02-29T12:30:00.5+01:00".
bool is_date_time(std::string_view text) {
  Reader reader(text);
  if (!(reader.number(4, 0, 9999) && reader.one_of("-") && reader.number(2, 1, 12) && reader.one_of("-") &&
        reader.number(2, 1, 31) && reader.one_of("Tt ") && reader.number(2, 0, 23) && reader.one_of(":") &&
        reader.number(2, 0, 59) && reader.one_of(":") && reader.number(2, 0, 60))) {
    return false;
  }
  if (reader.one_of(".") && reader.digits() == 0) return false;
  if (!reader.one_of("Zz")) {
    if (!(reader.one_of("+-") && reader.number(2, 0, 23) && reader.one_of(":") && reader.number(2, 0, 59)))
      return false;
  }
  if (!reader.at_end()) return false;
  const auto part = [&](std::size_t at, std::size_t length) {
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + length, value);
    return value;
  };
  const int year = part(0, 4), month = part(5, 2), day = part(8, 2);
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return day <= kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

int sextet_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (ascii::is_digit(c)) return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// Prisma 5 does not miss the padding at the end.
bool is_base64(std::string_view text, bool padded) {
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  const std::size_t wanted = (4 - (text.size() - padding) % 4) % 4;
  if (wanted == 3 || padding > wanted || (padded && padding < wanted)) return false;
  for (char c : text.substr(0, text.size() - padding)) {
    if (sextet_of(c) < 0) return false;
  }
  // The bits of the last character that belong to no byte are zero.
  const int unused = (1 << (2 * static_cast<int>(wanted))) - 1;
  return text.empty() || (sextet_of(text[text.size() - padding - 1]) & unused) == 0;
}

bool is_decimal(std::string_view text) {
  Reader reader(text);
  reader.one_of("+-");
  std::size_t digits = reader.digits();
  if (reader.one_of(".")) digits += reader.digits();
  if (digits == 0) return false;
  if (reader.one_of("eE")) {
    reader.one_of("+-");
    if (reader.digits() == 0) return false;
  }
  return reader.at_end();
}

bool is_integer(std::string_view text) {
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

bool is_valid(ScalarType type, const Expression& value, schema::PrismaVersion version) {
  if (value.kind == ExpressionKind::string) return is_content_of(type, value.value, version);
  const bool whole = type == ScalarType::int_ || type == ScalarType::big_int;
  return !whole || value.kind != ExpressionKind::number || is_integer(value.text);
}

std::string_view wanted_for(ScalarType type) {
  switch (type) {
    case ScalarType::json:
      return "JSON text";
    case ScalarType::bytes:
      return "Base64 text";
    case ScalarType::date_time:
      return "a date and time such as `2024-12-31T23:59:59Z`";
    case ScalarType::decimal:
      return "a decimal number";
    default:
      return "a whole number of at most 64 bits";
  }
}

}  // namespace

bool is_content_of(ScalarType type, std::string_view text, schema::PrismaVersion version) {
  switch (type) {
    case ScalarType::json:
      return json::Document::parse(text).has_value();
    case ScalarType::bytes:
      return is_base64(text, version >= schema::PrismaVersion::v6);
    case ScalarType::date_time:
      return is_date_time(text);
    case ScalarType::decimal:
      return is_decimal(text);
    default:
      return true;
  }
}

void check_default_content(Subject& subject, const schema::Field& field) {
  const Expression* value = field.default_value ? field.default_value->expression : nullptr;
  if (!value || field.kind != schema::TypeKind::scalar) return;
  const auto check = [&](const Expression& literal) {
    if (is_valid(field.scalar, literal, subject.environment.version)) return;
    subject.report
        .error("default-content", subject.at(literal.range),
               fmt::format("The default of `{}` is not {}.", field.name, wanted_for(field.scalar)))
        .advise("Correct the value.")
        .fact("field", std::string(field.name))
        .fact("type", std::string(field.type_name));
  };
  if (value->kind == ExpressionKind::array) {
    for (const Expression& element : value->elements) check(element);
  } else {
    check(*value);
  }
  if (value->kind == ExpressionKind::function && value->value == "auto" && !subject.connector().auto_default) {
    subject.report
        .error("auto-unsupported", subject.at(value->range),
               fmt::format("{} does not support `auto()`.", database_name(subject.connector())))
        .advise("Use another default, such as `uuid()`.")
        .fact("field", std::string(field.name));
  }
}

}  // namespace refract::validation
