#include "migrate/wanted/defaults.h"

#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/expression/expression.h"
#include "migrate/sql/types.h"

namespace refract::migrate {
namespace {

using syntax::Expression;
using syntax::ExpressionKind;

std::string hex_of_base64(std::string_view text) {
  std::string hex;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = c >= 'A' && c <= 'Z'   ? c - 'A'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 26
                      : c >= '0' && c <= '9' ? c - '0' + 52
                      : c == '+'             ? 62
                      : c == '/'             ? 63
                                             : -1;
    if (value < 0) continue;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      hex += fmt::format("{:02x}", bits >> count & 0xff);
    }
  }
  return hex;
}

// "2020-01-02T03:04:05.1Z" as Prisma's engine prints it: 2020-01-02 03:04:05.100 +00:00.
std::string date_text(std::string_view written) {
  const std::size_t date_end = written.find_first_of("Tt ");
  if (date_end == std::string_view::npos) return std::string(written);
  const std::string_view date = written.substr(0, date_end);
  std::string_view time = written.substr(date_end + 1);
  std::string offset = "+00:00";
  if (const std::size_t zone = time.find_first_of("Zz+-"); zone != std::string_view::npos) {
    if (time[zone] != 'Z' && time[zone] != 'z') offset = time.substr(zone);
    time = time.substr(0, zone);
  }
  if (offset.size() == 5) offset.insert(3, ":");
  while (time.ends_with(' ')) time.remove_suffix(1);
  std::string clock(time);
  if (const std::size_t dot = clock.find('.'); dot != std::string::npos) {
    std::string fraction = clock.substr(dot + 1, 9);
    while (fraction.ends_with('0')) fraction.pop_back();
    while (fraction.size() % 3 != 0) fraction.push_back('0');
    clock.resize(dot);
    if (!fraction.empty()) clock += "." + fraction;
  }
  return fmt::format("{} {} {}", date, clock, offset);
}

std::string integer_text(std::string_view written) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), number);
  return error == std::errc{} ? std::to_string(number) : std::string(written);
}

// Without leading zeros and without the sign of zero.
std::string decimal_text(std::string_view written) {
  const bool zero = written.find_first_of("123456789") == std::string_view::npos;
  const bool negative = written.starts_with('-');
  if (negative) written.remove_prefix(1);
  while (written.size() > 1 && written[0] == '0' && written[1] != '.') written.remove_prefix(1);
  return fmt::format("{}{}", negative && !zero ? "-" : "", written);
}

std::string enum_literal(const schema::Declaration& enumeration, std::string_view name) {
  for (const schema::EnumValue& value : enumeration.values) {
    if (value.name == name) return catalog::quote_literal(value.database_name);
  }
  return catalog::quote_literal(name);
}

// One value as Prisma writes it after DEFAULT.
std::string literal(const Expression& value, const schema::Field& field, const schema::Snapshot& snapshot) {
  using schema::ScalarType;
  if (field.kind == schema::TypeKind::enumeration) {
    return enum_literal(**snapshot.find(field.type_name), value.value);
  }
  const std::string_view text = value.kind == ExpressionKind::string ? std::string_view(value.value) : value.text;
  switch (field.scalar) {
    case ScalarType::int_:
    case ScalarType::big_int:
      return integer_text(text);
    case ScalarType::float_:
    case ScalarType::decimal:
      return decimal_text(text);
    case ScalarType::boolean:
      return std::string(text);
    case ScalarType::date_time:
      return catalog::quote_literal(date_text(text));
    case ScalarType::bytes:
      return fmt::format("'\\x{}'", hex_of_base64(text));
    case ScalarType::string:
    case ScalarType::json:
      break;
  }
  return catalog::quote_literal(text);
}

// The value of a text as it can follow DEFAULT, which Prisma writes back letter by letter.
std::optional<catalog::Default> read_default(const std::string& text, const catalog::ColumnType& type) {
  auto value = catalog::canonical_default(text, type);
  if (!value) return value;
  if (value->normal.empty()) value->normal = value->expression;
  value->expression = text;
  return value;
}

std::optional<catalog::Default> from_function(const Expression& function, const catalog::ColumnType& type) {
  using catalog::DefaultKind;
  if (function.value == "now") return catalog::Default{.kind = DefaultKind::now, .expression = "CURRENT_TIMESTAMP"};
  if (function.value == "autoincrement") return catalog::Default{.kind = DefaultKind::sequence, .expression = ""};
  if (function.value != "dbgenerated") return std::nullopt;
  if (function.arguments.empty() || !function.arguments.front().value) {
    return catalog::Default{.kind = DefaultKind::expression, .expression = "", .dbgenerated = {true}};
  }
  const std::string& text = function.arguments.front().value->value;
  auto value = read_default(text, type).value_or(catalog::Default{.kind = DefaultKind::expression, .expression = text});
  value.dbgenerated.value = true;
  return value;
}

}  // namespace

std::optional<catalog::Default> column_default(const schema::Field& field, const catalog::ColumnType& type,
                                               const schema::Snapshot& snapshot) {
  if (!field.default_value || !field.default_value->expression) return std::nullopt;
  const Expression& value = *field.default_value->expression;
  if (value.kind == ExpressionKind::function) return from_function(value, type);

  std::string text;
  if (value.kind == ExpressionKind::array) {
    std::vector<std::string> items;
    for (const Expression& element : value.elements) items.push_back(literal(element, field, snapshot));
    text = fmt::format("ARRAY[{}]::{}", fmt::join(items, ", "), type_text(type, Spelling::prisma));
  } else {
    text = literal(value, field, snapshot);
  }
  return read_default(text, type);
}

}  // namespace refract::migrate
