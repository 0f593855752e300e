#include "catalog/expression/default_fault.h"

#include <algorithm>
#include <array>

#include "catalog/expression/expression.h"
#include "catalog/expression/input_text.h"
#include "catalog/expression/literal.h"
#include "catalog/expression/resolve.h"
#include "catalog/expression/typed_form.h"
#include "catalog/tree/raw_parse.h"
#include "catalog/tree/tree.h"

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

std::string no_value(std::string_view text, const ColumnType& type) {
  return "is no value of type " + type.name + (type.array ? "[]" : "") + ": '" + std::string(text) + "'";
}

// Of a string: the text that the type's input function gets.
std::string text_fault(std::string_view text, const ColumnType& type) {
  if (!type.array) return may_be_value(text, type.name) ? std::string() : no_value(text, type);
  const std::size_t begin = text.find_first_not_of(" \t\n\r\f\v");
  if (begin == std::string_view::npos || (text[begin] != '{' && text[begin] != '[')) return no_value(text, type);
  ColumnType element = type;
  element.array = false;
  for (const Literal& item : read_array_text(text).value_or(std::vector<Literal>())) {
    if (item.kind != LiteralKind::string) continue;
    if (std::string fault = text_fault(item.value, element); !fault.empty()) return fault;
  }
  return {};
}

std::string literal_fault(const Literal& literal, const ColumnType& type) {
  ColumnType element = type;
  element.array = false;
  for (const Literal& item : literal.items) {
    if (std::string fault = literal_fault(item, element); !fault.empty()) return fault;
  }
  if (literal.kind != LiteralKind::string) return {};
  if (literal.casts.empty()) return text_fault(literal.value, type);
  const ColumnType& first = literal.casts.front();
  return first.schema.empty() && is_builtin_type(first.name) ? text_fault(literal.value, first) : std::string();
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
    if (key == "ParamRef") return "has a parameter";
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

// Whether the database has functions, operators or casts of its own that the expression may use.
bool may_use_own(const tree::Value& value, const Catalog& catalog) {
  if (value.is_array())
    return std::ranges::any_of(value.items(), [&](const tree::Value& item) { return may_use_own(item, catalog); });
  if (!value.is_object()) return false;
  return std::ranges::any_of(value.members(), [&](const auto& entry) {
    const auto& [key, member] = entry;
    const QualifiedName name = key == "FuncCall" ? tree::qualified(member["funcname"]) : QualifiedName();
    return std::ranges::any_of(catalog.unmanaged,
                               [&](const Unmanaged& object) {
                                 if (key == "FuncCall" && is_routine(object.kind)) return object.name.name == name.name;
                                 return object.kind == UnmanagedKind::operator_ || object.kind == UnmanagedKind::cast;
                               }) ||
           may_use_own(member, catalog);
  });
}

std::string expression_fault(const std::string& sql, const ColumnType& type, const Catalog& catalog) {
  const RawParse raw = raw_parse_expression(sql);
  const auto expression = expression_of(raw);
  if (!expression) return {};
  if (std::string fault = part_fault(*expression); !fault.empty()) return fault;
  const Types types(&catalog);
  const TypeKey wanted = types.base(types.key(type));
  const bool builtin = type.schema.empty() && is_builtin_type(type.name);
  if (!builtin && !types.is_enum(is_list(wanted) ? element_of(wanted) : wanted)) return {};
  const TypeKey given = expression_type(*expression, catalog);
  // Types of extensions and domains are written in quotes.
  const bool own = given.starts_with('"') && !types.is_enum(given);
  if (given == kUndetermined || own || types.coerces(given, wanted, CastContext::assignment)) return {};
  if (may_use_own(*expression, catalog)) return {};
  return "has type " + given + ", which is not converted to " + wanted;
}

}  // namespace

std::string default_fault(const Default& value, const ColumnType& type, const Catalog& catalog) {
  if (value.kind != DefaultKind::literal && value.kind != DefaultKind::expression) return {};
  const auto literal = read_literal(value.expression);
  if (literal && type.schema.empty()) {
    if (std::string fault = literal_fault(*literal, type); !fault.empty()) return fault;
  }
  // A number of a column of numbers, the usual default, needs no second look.
  const bool number = literal && literal->kind == LiteralKind::number && builtin_category(type.name) != 'N';
  const bool boolean = literal && literal->kind == LiteralKind::boolean && type.name != "bool";
  if (value.kind == DefaultKind::literal && !number && !boolean) return {};
  return expression_fault(value.expression, type, catalog);
}

}  // namespace refract::catalog
