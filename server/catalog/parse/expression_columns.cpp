#include "catalog/parse/expression_columns.h"

#include <algorithm>
#include <array>

#include "catalog/parse/name_uses.h"
#include "catalog/tree/raw_parse.h"
#include "catalog/tree/tree.h"
#include "support/ascii.h"

namespace refract::catalog {
namespace {

// Columns that every table has.
constexpr std::array<std::string_view, 6> kSystem = {"tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"};

std::optional<std::string> missing_in(const tree::Value& value, const Table& table) {
  if (value.is_array()) {
    for (const tree::Value& item : value.items()) {
      if (auto missing = missing_in(item, table)) return missing;
    }
    return std::nullopt;
  }
  if (!value.is_object()) return std::nullopt;
  for (const auto& [key, member] : value.members()) {
    if (key == "SubLink") continue;  // has its own columns
    if (key != "ColumnRef") {
      if (auto missing = missing_in(member, table)) return missing;
      continue;
    }
    const std::vector<std::string> names = tree::texts(member["fields"]);
    // The table's own name for a whole row.
    if (names.empty() || names[0].empty() || names[0] == table.name.name) continue;
    // Another table has no part in it.
    std::string name = names.size() == 2 ? names[0] + "." + names[1] : names[0];
    if (names.size() <= 2 && !has_column(table, name)) return name;
  }
  return std::nullopt;
}

bool names_column_in(const tree::Value& value, const Table& table) {
  if (value.is_array()) {
    return std::ranges::any_of(value.items(), [&](const tree::Value& item) { return names_column_in(item, table); });
  }
  if (!value.is_object()) return false;
  return std::ranges::any_of(value.members(), [&](const auto& member) {
    if (member.first != "ColumnRef") return names_column_in(member.second, table);
    const std::vector<std::string> names = tree::texts(member.second["fields"]);
    return !names.empty() && table.find_column(names.back()) != nullptr;
  });
}

}  // namespace

bool names_column_of(const Table& table, std::string_view expression) {
  const auto may_be_named = [&](const Column& column) { return may_name(expression, column.name); };
  if (std::ranges::none_of(table.columns, may_be_named)) return false;
  const RawParse raw = raw_parse_expression(expression);
  const auto found = expression_of(raw);
  return found && names_column_in(*found, table);
}

bool compares_column(std::string_view expression, std::string_view column) {
  if (!may_name(expression, column)) return false;
  const std::vector<NameUse> uses = name_uses(expression);
  return std::ranges::any_of(
      uses, [&](const NameUse& use) { return !use.string && use.depth == 0 && use.name == column && !use.null_test; });
}

std::optional<std::string> expression_compared_with(const Table& table, std::string_view column) {
  const auto compared = [&](std::string_view expression) { return compares_column(expression, column); };
  for (const Check& check : table.checks) {
    if (compared(check.expression)) return "check " + check.name;
  }
  for (const Index& index : table.indexes) {
    const bool by_expression = std::ranges::any_of(
        index.columns, [&](const IndexColumn& part) { return part.column.empty() && compared(part.expression); });
    if (by_expression || (index.predicate && compared(*index.predicate))) return "index " + index.name;
  }
  for (const Exclusion& exclusion : table.exclusions) {
    const std::size_t where = ascii::to_lower(exclusion.definition).find(" where ");
    if (where != std::string::npos && compared(std::string_view(exclusion.definition).substr(where)))
      return "exclusion " + exclusion.name;
  }
  return std::nullopt;
}

bool has_column(const Table& table, std::string_view column) {
  return table.find_column(column) != nullptr || is_system_column(column);
}

bool is_system_column(std::string_view column) {
  return std::ranges::find(kSystem, column) != kSystem.end();
}

std::optional<std::string> missing_column(const Table& table, std::string_view expression) {
  const RawParse raw = raw_parse("SELECT " + std::string(expression));
  return raw.tree ? missing_in(raw.tree->root()["stmts"], table) : std::nullopt;
}

}  // namespace refract::catalog
