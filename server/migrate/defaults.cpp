#include "migrate/defaults.h"

#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/expression.h"
#include "migrate/types.h"

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

std::string decimal_text(std::string_view written) {
  return written.find_first_of("123456789") == std::string_view::npos ? "0" : std::string(written);
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

// The value of a text as it may stand after DEFAULT, which Prisma writes back letter by letter.
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
    return catalog::Default{.kind = DefaultKind::expression, .expression = ""};
  }
  return read_default(function.arguments.front().value->value, type);
}

bool is_integer(Native type) {
  return type == Native::small_int || type == Native::integer || type == Native::big_int || type == Native::oid;
}

bool is_fractional(Native type) {
  return type == Native::real || type == Native::double_precision || type == Native::decimal || type == Native::money;
}

// A list's values without the type they are cast to: Prisma compares values alone.
std::string_view list_values(const catalog::Default& value) {
  const std::string_view text = value.normal.empty() ? value.expression : value.normal;
  return text.starts_with("ARRAY[") ? text.substr(0, text.rfind("]::")) : std::string_view();
}

// Whether PostgreSQL would print the expression as it was written: it puts operators between parentheses and a cast
// behind every string.
bool is_printed_form(std::string_view text) {
  const bool enclosed = text.starts_with('(') && text.ends_with(')');
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\'') {
      quoted = !quoted;
      if (!quoted && !text.substr(at + 1).starts_with("::")) return false;
    } else if (!quoted && !enclosed && std::string_view(" +*/|<>").contains(text[at])) {
      return false;
    }
  }
  return true;
}

// Defaults that Prisma does not recognise in a database and sets again with every migration.
bool is_never_recognised(const catalog::Default& value, const catalog::ColumnType& type) {
  const bool unsupported = type.schema.empty() && native_of(type) == Native::other;
  switch (value.kind) {
    case catalog::DefaultKind::now:
      return value.expression != "CURRENT_TIMESTAMP";
    case catalog::DefaultKind::literal:
      return native_of(type) == Native::uuid || (unsupported && !is_printed_form(value.expression));
    case catalog::DefaultKind::expression:
      return !is_printed_form(value.expression);
    case catalog::DefaultKind::sequence:
      break;
  }
  return false;
}

bool is_date_literal(const catalog::Column& column) {
  return column.default_value && column.default_value->kind == catalog::DefaultKind::literal &&
         is_temporal(native_of(column.type));
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
    text = fmt::format("ARRAY[{}]::{}", fmt::join(items, ", "), type_text(type));
  } else {
    text = literal(value, field, snapshot);
  }
  return read_default(text, type);
}

bool defaults_match(const catalog::Column& from, bool from_schema, const catalog::Column& to, bool like_prisma) {
  using catalog::DefaultKind;
  const auto& before = from.default_value;
  const auto& after = to.default_value;
  // A generated column's expression is none that could be dropped; Prisma takes it for a default.
  if (from.generated) return !like_prisma || after.has_value();
  if (after && after->kind == DefaultKind::expression && after->expression.empty()) return true;
  if (after && after->kind == DefaultKind::sequence) return true;  // gains and losses of a sequence count by themselves
  if (before && before->kind == DefaultKind::sequence) return !after;
  if (!before || !after) return !before && !after;
  if (is_date_literal(to) || (from_schema && is_date_literal(from))) return true;
  if (before->kind == DefaultKind::literal && after->kind == DefaultKind::literal) {
    // 1 of an Int and 1 of a Float are two values to Prisma.
    const Native old_type = native_of(from.type);
    const Native new_type = native_of(to.type);
    if (is_integer(old_type) != is_integer(new_type) && is_fractional(old_type) != is_fractional(new_type))
      return false;
    if (from.type.array && to.type.array) return list_values(*before) == list_values(*after);
  }
  if (like_prisma && !from_schema && is_never_recognised(*after, to.type)) return false;
  return *before == *after;
}

bool is_autoincrement(const catalog::Column& column) {
  return column.identity != catalog::Identity::none ||
         (column.default_value && column.default_value->kind == catalog::DefaultKind::sequence);
}

}  // namespace refract::migrate
