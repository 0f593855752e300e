#include "catalog/expression/default_fault.h"

#include <algorithm>
#include <array>

#include "catalog/expression/expression.h"
#include "catalog/expression/input_text.h"
#include "catalog/expression/literal.h"
#include "catalog/expression/resolve.h"
#include "catalog/expression/type_faults.h"
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
// Of PostgreSQL's functions, those without a signature that is IMMUTABLE.
constexpr std::string_view kMutable =
    " array_to_json array_to_string clock_timestamp col_description concat concat_ws convert convert_from "
    "convert_to current_database current_query current_schema current_schemas current_setting current_user "
    "enum_first enum_last enum_range format format_type gen_random_uuid get_current_ts_config getdatabaseencoding "
    "json_build_array json_build_object json_populate_record json_to_record jsonb_build_array jsonb_build_object "
    "jsonb_path_exists_tz jsonb_path_match_tz jsonb_path_query_array_tz jsonb_path_query_first_tz "
    "jsonb_populate_record jsonb_to_record make_timestamptz mxid_age nextval now obj_description pg_backend_pid "
    "pg_client_encoding pg_collation_actual_version pg_collation_for pg_column_compression pg_column_size "
    "pg_has_role pg_my_temp_schema pg_postmaster_start_time pg_typeof random row_to_json session_user "
    "shobj_description statement_timestamp timeofday to_char to_date to_json to_jsonb to_number to_regclass "
    "to_regcollation to_regnamespace to_regoper to_regoperator to_regproc to_regprocedure to_regrole to_regtype "
    "transaction_timestamp version xml_is_well_formed ";

// Of a string: its text is what the type's input function gets.
std::string literal_fault(const Literal& literal, const ColumnType& type, const Types& types) {
  ColumnType element = type;
  element.array = false;
  for (const Literal& item : literal.items) {
    if (std::string fault = literal_fault(item, element, types); !fault.empty()) return fault;
  }
  if (literal.kind == LiteralKind::list && literal.items.empty() && literal.casts.empty())
    return std::string(kEmptyArray);
  if (literal.kind != LiteralKind::string) return {};
  if (literal.casts.empty()) return text_fault(literal.value, types.key(type), types);
  const ColumnType& first = literal.casts.front();
  return first.schema.empty() && is_builtin_type(first.name) ? text_fault(literal.value, types.key(first), types)
                                                             : std::string();
}

// A default has no columns; what is computed from a row, nothing that changes by itself, unless planning may remove it.
enum class Use { default_value, row, simplified_row };

// NULL, true, false and 1 = 1: a planner may reduce what is around them.
bool may_be_simplified(const tree::Value& value) {
  if (value.is_array()) return std::ranges::any_of(value.items(), may_be_simplified);
  if (!value.is_object()) return false;
  return std::ranges::any_of(value.members(), [](const auto& entry) {
    const auto& [key, member] = entry;
    if (key == "A_Const") return member["isnull"].boolean() || member["boolval"].exists();
    if (key == "A_Expr" && member["lexpr"]["A_Const"].exists() && member["rexpr"]["A_Const"].exists()) return true;
    return may_be_simplified(member);
  });
}

Use use_in_row(const tree::Value& expression) {
  return may_be_simplified(expression) ? Use::simplified_row : Use::row;
}

std::string call_fault(const tree::Value& call, Use use) {
  const QualifiedName name = tree::qualified(call["funcname"]);
  if (!call["over"].members().empty()) return "calls a window function";
  if (use == Use::row && (name.schema.empty() || name.schema == "pg_catalog") &&
      kMutable.contains(" " + name.name + " "))
    return "calls " + name.name + ", which is not IMMUTABLE";
  if (!name.schema.empty()) return {};
  if (std::ranges::find(kAggregates, name.name) != kAggregates.end())
    return "calls the aggregate function " + name.name;
  if (std::ranges::find(kSetReturning, name.name) != kSetReturning.end())
    return "calls " + name.name + ", which returns several rows";
  return {};
}

// What no such expression may have, wherever it is.
std::string part_fault(const tree::Value& value, Use use) {
  if (value.is_array()) {
    for (const tree::Value& item : value.items()) {
      if (std::string fault = part_fault(item, use); !fault.empty()) return fault;
    }
    return {};
  }
  if (!value.is_object()) return {};
  for (const auto& [key, member] : value.members()) {
    if (key == "SubLink") return "has a subquery";
    if (key == "ParamRef") return "has a parameter";
    if (key == "SetToDefault") return "has the word DEFAULT as a value";
    if (key == "SQLValueFunction" && use == Use::row) return "depends on the time or the user: it is not IMMUTABLE";
    if (key == "ColumnRef" && use == Use::default_value) {
      const std::vector<std::string> names = tree::texts(member["fields"]);
      return "names column \"" + (names.empty() ? std::string() : names.back()) + "\"";
    }
    if (key == "FuncCall") {
      if (std::string fault = call_fault(member, use); !fault.empty()) return fault;
    }
    if (std::string fault = part_fault(member, use); !fault.empty()) return fault;
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

// Undetermined, or a type of an extension or a domain: those are written in quotes.
bool is_own(const TypeKey& type, const Types& types) {
  return type == kUndetermined || (type.starts_with('"') && !types.is_enum(type));
}

std::string expression_fault(const std::string& sql, const ColumnType& type, const Catalog& catalog) {
  const RawParse raw = raw_parse_expression(sql);
  const auto expression = expression_of(raw);
  if (!expression) return {};
  if (std::string fault = part_fault(*expression, Use::default_value); !fault.empty()) return fault;
  const Types types(&catalog);
  const ExpressionType given = expression_type(*expression, {.catalog = &catalog});
  if (!given.fault.empty()) return may_use_own(*expression, catalog) ? std::string() : given.fault;
  const TypeKey wanted = types.base(types.key(type));
  const bool builtin = type.schema.empty() && is_builtin_type(type.name);
  if (!builtin && !types.is_enum(is_list(wanted) ? element_of(wanted) : wanted)) return {};
  if (is_own(given.type, types) || types.coerces(given.type, wanted, CastContext::assignment)) return {};
  if (may_use_own(*expression, catalog)) return {};
  return "has type " + given.type + ", which is not converted to " + wanted;
}

}  // namespace

std::string default_fault(const Default& value, const ColumnType& type, const Catalog& catalog) {
  if (value.kind != DefaultKind::literal && value.kind != DefaultKind::expression) return {};
  const auto literal = read_literal(value.expression);
  if (literal && type.schema.empty()) {
    if (std::string fault = literal_fault(*literal, type, Types(&catalog)); !fault.empty()) return fault;
  }
  // A number of a column of numbers, the usual default, needs no second look.
  const bool number = literal && literal->kind == LiteralKind::number && builtin_category(type.name) != 'N';
  const bool boolean = literal && literal->kind == LiteralKind::boolean && type.name != "bool";
  const bool cast = literal && !literal->casts.empty();
  const bool bits = value.expression.starts_with("b'") || value.expression.starts_with("B'");
  if (value.kind == DefaultKind::literal && !number && !boolean && !cast && !bits) return {};
  return expression_fault(value.expression, type, catalog);
}

std::string condition_fault(const std::string& sql, const Table& table, const Catalog& catalog) {
  const RawParse raw = raw_parse_expression(sql);
  const auto expression = expression_of(raw);
  if (!expression) return {};
  if (std::string fault = part_fault(*expression, use_in_row(*expression)); !fault.empty()) return fault;
  const Types types(&catalog);
  const ExpressionType given = expression_type(*expression, {.catalog = &catalog, .table = &table});
  const bool boolean = is_own(given.type, types) || types.coerces(given.type, "bool", CastContext::assignment);
  if ((given.fault.empty() && boolean) || may_use_own(*expression, catalog)) return {};
  return given.fault.empty() ? "has type " + given.type + ", which is not converted to bool" : given.fault;
}

std::string generated_fault(const std::string& sql) {
  const RawParse raw = raw_parse_expression(sql);
  const auto expression = expression_of(raw);
  return expression ? part_fault(*expression, use_in_row(*expression)) : std::string();
}

}  // namespace refract::catalog
