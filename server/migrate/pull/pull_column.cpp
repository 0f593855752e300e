#include "migrate/pull/pull_column.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "catalog/expression/expression.h"
#include "catalog/expression/literal.h"
#include "migrate/sql/types.h"
#include "migrate/wanted/default_match.h"
#include "support/ascii.h"
#include "support/json.h"

namespace refract::migrate {
namespace {

using catalog::DefaultKind;

// Whether a scalar type has this type in the database by default.
bool is_usual(Native native, const std::vector<std::int32_t>& modifiers) {
  switch (native) {
    case Native::integer:
    case Native::big_int:
    case Native::double_precision:
    case Native::text:
    case Native::bytea:
    case Native::jsonb:
    case Native::boolean:
      return true;
    case Native::decimal:
      return modifiers == std::vector<std::int32_t>{65, 30};
    case Native::timestamp:
      return modifiers == std::vector<std::int32_t>{3};
    default:
      return false;
  }
}

bool has_precision(Native native) {
  return native == Native::timestamp || native == Native::timestamptz || native == Native::time ||
         native == Native::timetz;
}

std::string base64_of_hex(std::string_view hex) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto value = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
    bits = bits << 8 | static_cast<std::uint32_t>(value(hex[at]) << 4 | value(hex[at + 1]));
    for (count += 8; count >= 6; count -= 6) out += kDigits[bits >> (count - 6) & 63];
  }
  if (count > 0) out += kDigits[bits << (6 - count) & 63];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

// The enum that the schema has a block for.
const catalog::Enum* enum_of(const catalog::ColumnType& type, const catalog::Catalog& database,
                             const PullNames& names) {
  const catalog::Enum* found = type.schema.empty() ? nullptr : database.find_enum({type.schema, type.name});
  return found && names.describes(*found) ? found : nullptr;
}

std::string from_database(std::string_view sql) {
  return fmt::format("dbgenerated({})", schema_string(sql));
}

// The type as PostgreSQL names it in a cast.
std::string cast_name(Native native) {
  switch (native) {
    case Native::timestamp:
      return "timestamp without time zone";
    case Native::timestamptz:
      return "timestamp with time zone";
    case Native::time:
      return "time without time zone";
    case Native::timetz:
      return "time with time zone";
    case Native::date:
      return "date";
    case Native::uuid:
      return "uuid";
    case Native::inet:
      return "inet";
    case Native::xml:
      return "xml";
    case Native::bit:
      return "\"bit\"";
    case Native::var_bit:
      return "bit varying";
    case Native::real:
      return "real";
    case Native::double_precision:
      return "double precision";
    case Native::decimal:
      return "numeric";
    case Native::money:
      return "money";
    case Native::json:
      return "json";
    case Native::jsonb:
      return "jsonb";
    default:
      return {};
  }
}

// A number as a schema may write it: -12 or -1.5, no NaN and no exponent.
bool is_number(std::string_view text, bool fraction) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto take_digits = [&] {
    const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(end);
    return end > 0;
  };
  if (!take_digits()) return false;
  if (text.empty()) return true;
  if (!fraction || text.front() != '.') return false;
  text.remove_prefix(1);
  return take_digits() && text.empty();
}

// One value, as a schema writes it; empty: a schema cannot.
std::string value_text(std::string_view value, Native native, const catalog::Enum* enumeration,
                       const PullNames& names) {
  if (enumeration) {
    const bool known = std::ranges::find(enumeration->values, value) != enumeration->values.end();
    return known ? names.name_of_value(enumeration->name, std::string(value)) : "";
  }
  switch (native) {
    case Native::text:
    case Native::var_char:
    case Native::char_:
    case Native::citext:
      return schema_string(value);
    case Native::json:
    case Native::jsonb:
      return json::Document::parse(std::string(value)) ? schema_string(value) : "";
    case Native::bytea:
      return value.starts_with("\\x") ? schema_string(base64_of_hex(value.substr(2))) : "";
    case Native::small_int:
    case Native::integer:
    case Native::big_int:
    case Native::oid:
      return is_number(value, false) ? std::string(value) : "";
    case Native::real:
    case Native::double_precision:
    case Native::decimal:
    case Native::money:
      return is_number(value, true) ? std::string(value) : "";
    case Native::boolean:
      return value == "true" || value == "false" ? std::string(value) : "";
    default:
      return {};
  }
}

std::string list_text(const catalog::Default& value, Native native, const catalog::Enum* enumeration,
                      const PullNames& names, bool of_domain) {
  const auto literal = catalog::read_literal(value.expression);
  std::vector<catalog::Literal> items;
  if (literal && literal->kind == catalog::LiteralKind::list) {
    items = literal->items;
  } else if (literal && literal->kind == catalog::LiteralKind::string) {
    if (auto read = catalog::read_array_text(literal->value)) items = std::move(*read);
  } else {
    return from_database(value.expression);
  }
  // PostgreSQL keeps '{1}' as it is written for any type, ARRAY['1'] of a domain with casts between.
  const bool complete = std::ranges::find(items, catalog::LiteralKind::null, &catalog::Literal::kind) == items.end();
  if (of_domain && complete) {
    std::vector<std::string> written;
    for (const catalog::Literal& item : items) written.push_back(catalog::array_item(item.value));
    return from_database(catalog::quote_literal(fmt::format("{{{}}}", fmt::join(written, ","))));
  }
  std::vector<std::string> texts;
  for (const catalog::Literal& item : items) {
    if (item.kind == catalog::LiteralKind::null) return from_database(value.expression);
    std::string text = item.value;
    if (native == Native::boolean && text.size() == 1) text = text == "t" ? "true" : "false";
    text = value_text(text, native, enumeration, names);
    if (text.empty()) return from_database(value.expression);
    texts.push_back(std::move(text));
  }
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

// numeric(5, -2): Prisma has no word for it.
bool has_negative_scale(const catalog::ColumnType& type) {
  return type.modifiers.size() == 2 && type.modifiers.back() < 0;
}

// The type as SQL has it, such that a migration can write it.
std::string unsupported_text(catalog::ColumnType type) {
  type.array = false;
  if (type.schema.empty()) return ascii::to_lower(catalog::type_sql(type));
  const std::string text = catalog::type_sql(type);
  const bool plain = type.schema == "public" && std::ranges::all_of(type.name, [](char c) {
                       return (c >= 'a' && c <= 'z') || c == '_' || ascii::is_digit(c);
                     });
  // Prisma writes vector rather than "vector".
  const std::string bare = plain ? type.name + text.substr(type.name.size() + 2) : text;
  return catalog::canonical_type(bare) == type ? bare : text;
}

}  // namespace

PulledType pulled_type(const catalog::Column& column, const catalog::Catalog& database, const PullNames& names) {
  const catalog::ColumnType& type = column.type;
  if (const catalog::Enum* enumeration = enum_of(type, database, names)) {
    return {names.name_of_enum(enumeration->name), "", false};
  }
  if (type.name == "char" && type.schema.empty()) return {"String", "db.Char", false};
  const Native native = native_of(type);
  if (native == Native::other || has_negative_scale(type)) {
    return unsupported_type(type);
  }
  std::vector<std::int32_t> modifiers = type.modifiers;
  if (modifiers.empty() && has_precision(native)) modifiers = {6};
  if (native == Native::decimal && modifiers.size() == 1) modifiers.push_back(0);
  PulledType made{std::string(scalar_of(native)), "", false};
  if (is_usual(native, modifiers)) return made;
  made.native = fmt::format("db.{}", native_name(native));
  if (!modifiers.empty()) made.native += fmt::format("({})", fmt::join(modifiers, ", "));
  return made;
}

PulledType unsupported_type(catalog::ColumnType type) {
  return {fmt::format("Unsupported({})", schema_string(unsupported_text(std::move(type)))), "", true};
}

std::string raw_default(const catalog::Column& column) {
  if (column.generated) return from_database(*column.generated);
  return column.default_value ? from_database(column.default_value->expression) : "";
}

std::string pulled_default(const catalog::Column& column, const catalog::Catalog& database, const PullNames& names) {
  // The client has to know that PostgreSQL makes the value.
  if (column.generated) return from_database(*column.generated);
  const Native native = native_of(column.type);
  if (is_autoincrement(column)) {
    const bool counts = scalar_of(native) == "Int" || scalar_of(native) == "BigInt";
    return counts || !column.default_value ? "autoincrement()" : from_database(column.default_value->expression);
  }
  if (!column.default_value) return {};
  const catalog::Default& value = *column.default_value;
  if (value.kind == DefaultKind::now) {
    return scalar_of(native) == "DateTime" ? "now()" : from_database(value.expression);
  }
  if (value.kind != DefaultKind::literal) return from_database(value.expression);
  const catalog::Enum* enumeration = enum_of(column.type, database, names);
  const bool of_domain = native == Native::other && !enumeration && !column.type.schema.empty();
  if (column.type.array) return list_text(value, native, enumeration, names, of_domain);
  const std::string literal = catalog::literal_value(value.expression);
  const std::string text = value_text(literal, native, enumeration, names);
  if (!text.empty()) return text;
  const std::string cast = cast_name(native);
  return from_database(cast.empty() ? value.expression : fmt::format("{}::{}", catalog::quote_literal(literal), cast));
}

}  // namespace refract::migrate
