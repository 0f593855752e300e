#include "catalog/expression/default_fault.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "catalog/expression/expression.h"
#include "catalog/expression/literal.h"
#include "catalog/expression/resolve.h"
#include "catalog/expression/type.h"
#include "catalog/tree/raw_parse.h"
#include "catalog/tree/tree.h"
#include "support/ascii.h"

namespace refract::catalog {
namespace {

constexpr std::array<std::string_view, 20> kAggregates = {
    "array_agg", "avg",      "bit_and",         "bit_or",    "bool_and",         "bool_or", "count",
    "every",     "json_agg", "json_object_agg", "jsonb_agg", "jsonb_object_agg", "max",     "min",
    "range_agg", "stddev",   "string_agg",      "sum",       "variance",         "xmlagg"};
constexpr std::array<std::string_view, 9> kSetReturning = {
    "generate_series",          "generate_subscripts",   "json_array_elements",
    "json_array_elements_text", "jsonb_array_elements",  "jsonb_array_elements_text",
    "regexp_matches",           "regexp_split_to_table", "unnest"};

bool is_hex(char c) {
  return ascii::is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
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

template <class Integer>
bool is_integer(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  // 0x1F and 1_000, which PostgreSQL 16 and later read.
  if (!text.empty() && ascii::is_digit(text.front()) && text.find_first_of("xXoObB_") != std::string_view::npos)
    return true;
  if (text.starts_with('+')) text.remove_prefix(1);
  Integer value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

// Whether the text in quotes is a value of the type; true where only a server knows.
bool is_value_of(std::string_view text, std::string_view type) {
  if (type == "uuid") return is_uuid(text);
  if (type == "int2") return is_integer<std::int16_t>(text);
  if (type == "int4") return is_integer<std::int32_t>(text);
  if (type == "int8") return is_integer<std::int64_t>(text);
  if (type == "bit" || type == "varbit") {
    return text.starts_with('x') || text.starts_with('X') ||
           std::ranges::all_of(text.substr(text.starts_with('b') || text.starts_with('B') ? 1 : 0),
                               [](char c) { return c == '0' || c == '1'; });
  }
  return true;
}

std::string literal_fault(const Literal& literal, const ColumnType& type) {
  for (const Literal& item : literal.items) {
    if (std::string fault = literal_fault(item, type); !fault.empty()) return fault;
  }
  if (literal.kind == LiteralKind::string && literal.casts.empty() && !is_value_of(literal.value, type.name)) {
    return "is no value of type " + type.name + ": '" + literal.value + "'";
  }
  return {};
}

// What no default may have, wherever it is in the expression.
std::string part_fault(const tree::Value& value) {
  if (value.is_array()) {
    for (const tree::Value& item : value.items()) {
      if (std::string fault = part_fault(item); !fault.empty()) return fault;
    }
    return {};
  }
  if (!value.is_object()) return {};
  for (const auto& [key, member] : value.members()) {
    if (key == "SubLink") return "has a subquery";
    if (key == "ColumnRef") {
      const std::vector<std::string> names = tree::texts(member["fields"]);
      return "names column \"" + (names.empty() ? std::string() : names.back()) + "\"";
    }
    if (key == "FuncCall") {
      const QualifiedName name = tree::qualified(member["funcname"]);
      if (!member["over"].members().empty()) return "calls a window function";
      if (name.schema.empty() && std::ranges::find(kAggregates, name.name) != kAggregates.end())
        return "calls the aggregate function " + name.name;
      if (name.schema.empty() && std::ranges::find(kSetReturning, name.name) != kSetReturning.end())
        return "calls " + name.name + ", which returns several rows";
    }
    if (std::string fault = part_fault(member); !fault.empty()) return fault;
  }
  return {};
}

// CURRENT_TIMESTAMP and similar.
TypeKey type_of_keyword(std::string_view operation) {
  const auto is = [&](std::string_view name) { return operation.starts_with(name); };
  if (is("SVFOP_CURRENT_DATE")) return "date";
  if (is("SVFOP_CURRENT_TIMESTAMP")) return "timestamptz";
  if (is("SVFOP_CURRENT_TIME")) return "timetz";
  if (is("SVFOP_LOCALTIMESTAMP")) return "timestamp";
  if (is("SVFOP_LOCALTIME")) return "time";
  return "name";
}

// The type of a call, a cast or a keyword. nullopt: of another expression, or of a function that is not PostgreSQL's.
std::optional<TypeKey> type_of(const tree::Value& expression, const Types& types, const Catalog& catalog) {
  const tree::Node node = tree::node(expression);
  if (node.kind == "SQLValueFunction") return type_of_keyword(node.body["op"].string());
  if (node.kind == "TypeCast") {
    const ColumnType type = lower_type_name(node.body["typeName"]).type;
    return type.schema.empty() && is_builtin_type(type.name) ? std::optional(types.key(type)) : std::nullopt;
  }
  if (node.kind != "FuncCall") return std::nullopt;
  const QualifiedName name = tree::qualified(node.body["funcname"]);
  const bool own = std::ranges::any_of(catalog.unmanaged, [&](const Unmanaged& object) {
    return object.kind == UnmanagedKind::function && object.name.name == name.name;
  });
  if (own || !(name.schema.empty() || name.schema == "pg_catalog")) return std::nullopt;
  const std::vector<TypeKey> arguments(node.body["args"].items().size(), TypeKey(kUndetermined));
  const auto resolved = resolve_function(name.name, arguments, types);
  return resolved ? std::optional(resolved->result) : std::nullopt;
}

std::string expression_fault(const std::string& sql, const ColumnType& type, const Catalog& catalog) {
  const RawParse raw = raw_parse_expression(sql);
  const auto expression = expression_of(raw);
  if (!expression) return {};
  if (std::string fault = part_fault(*expression); !fault.empty()) return fault;
  if (!type.schema.empty() || !is_builtin_type(type.name)) return {};
  const Types types(&catalog);
  const TypeKey wanted = types.key(type);
  const auto given = type_of(*expression, types, catalog);
  if (!given || *given == kUndetermined || wanted == kUndetermined ||
      types.coerces(*given, wanted, CastContext::assignment))
    return {};
  return "has type " + *given + ", which is not converted to " + wanted;
}

}  // namespace

std::string default_fault(const Default& value, const ColumnType& type, const Catalog& catalog) {
  if (value.kind != DefaultKind::literal && value.kind != DefaultKind::expression) return {};
  if (const auto literal = type.schema.empty() ? read_literal(value.expression) : std::nullopt) {
    if (std::string fault = literal_fault(*literal, type); !fault.empty()) return fault;
  }
  return value.kind == DefaultKind::expression ? expression_fault(value.expression, type, catalog) : std::string();
}

}  // namespace refract::catalog
