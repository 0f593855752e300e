#include "migrate/hazards/held.h"

#include <algorithm>

#include "catalog/expression/expression.h"
#include "catalog/parse/name_uses.h"
#include "migrate/sql/types.h"
#include "support/ascii.h"

namespace refract::migrate {
namespace {

using catalog::Catalog;
using catalog::QualifiedName;
using catalog::Table;

bool is_string(Native type) {
  return type == Native::var_char || type == Native::text;
}

// Whether values that differ still differ in the new type, and none becomes NULL. What does not fit fails.
bool keeps_values_distinct(const catalog::ColumnType& from, const catalog::ColumnType& to) {
  if (from == to) return true;
  if (from.array || to.array || !from.schema.empty() || !to.schema.empty()) return false;
  const Native before = native_of(from);
  const Native after = native_of(to);
  if (before <= Native::big_int) return after <= Native::big_int || after == Native::decimal || is_string(after);
  return (is_string(before) || before == Native::uuid) && is_string(after);
}

bool among(const std::vector<std::string>& names, const std::vector<std::string>& all) {
  return std::ranges::all_of(names, [&](const std::string& name) { return std::ranges::find(all, name) != all.end(); });
}

bool has_unique(const Table& table, const std::vector<std::string>& columns) {
  if (table.primary_key && among(table.primary_key->columns, columns)) return true;
  return std::ranges::any_of(table.indexes, [&](const catalog::Index& index) {
    std::vector<std::string> names;
    for (const catalog::IndexColumn& part : index.columns) names.push_back(part.column);
    // An expression has no name, which is among no columns.
    return index.unique && index.valid && !index.predicate && among(names, columns);
  });
}

// The check, or one of the conditions that it joins by AND, keeps NULL out.
bool keeps_null_out(const catalog::Check& check, std::string_view column) {
  const std::vector<catalog::NameUse> uses = catalog::name_uses(check.expression);
  const bool simple = std::ranges::none_of(uses, [](const catalog::NameUse& use) {
    return !use.quoted && (use.name == "or" || use.name == "case" || use.name == "coalesce");
  });
  if (!check.valid || !simple) return false;
  const std::string wanted =
      ascii::to_lower(catalog::canonical_expression(catalog::quote_name(column) + " IS NOT NULL"));
  return ascii::to_lower(catalog::canonical_expression(check.expression)).contains(wanted);
}

bool checks_null(const Table& table, std::string_view column) {
  return std::ranges::any_of(table.checks, [&](const catalog::Check& check) { return keeps_null_out(check, column); });
}

// The table's valid foreign key that says the same as the wanted one, which may leave schema and columns out.
const catalog::ForeignKey* find_same(const Table& table, const catalog::ForeignKey& wanted) {
  const auto found = std::ranges::find_if(table.foreign_keys, [&](const catalog::ForeignKey& key) {
    return key.valid && key.columns == wanted.columns && key.referenced_table.name == wanted.referenced_table.name &&
           (wanted.referenced_table.schema.empty() || key.referenced_table.schema == wanted.referenced_table.schema) &&
           (wanted.referenced_columns.empty() || key.referenced_columns == wanted.referenced_columns);
  });
  return found == table.foreign_keys.end() ? nullptr : &*found;
}

bool has_check(const Table& table, const catalog::Check& wanted) {
  const std::string expression = catalog::canonical_expression(wanted.expression);
  return std::ranges::any_of(table.checks, [&](const catalog::Check& check) {
    return check.valid && catalog::canonical_expression(check.expression) == expression;
  });
}

}  // namespace

const Table* Held::unchanged(const Catalog& now, const QualifiedName& name,
                             const std::vector<std::string>& columns) const {
  const Table* before = before_.find_table(name);
  const Table* table = now.find_table(name);
  if (before == nullptr || table == nullptr || written_.contains(name)) return nullptr;
  for (const std::string& column : columns) {
    const catalog::Column* was = before->find_column(column);
    const catalog::Column* is = table->find_column(column);
    if (was == nullptr || is == nullptr || dropped_.contains({name, column})) return nullptr;
    if (!keeps_values_distinct(was->type, is->type)) return nullptr;
  }
  return before;
}

bool Held::is_not_null(const Catalog& now, const QualifiedName& name, std::string_view column) const {
  const auto holds = [&](const Table* table) {
    if (table == nullptr) return false;
    const catalog::Column* found = table->find_column(column);
    return (found != nullptr && !found->nullable) || checks_null(*table, column);
  };
  return filled_.contains({name, std::string(column)}) || holds(now.find_table(name)) ||
         holds(unchanged(now, name, {std::string(column)}));
}

bool Held::is_unique(const Catalog& now, const QualifiedName& name, const std::vector<std::string>& columns) const {
  if (columns.empty()) return false;
  const Table* table = now.find_table(name);
  if (table != nullptr && has_unique(*table, columns)) return true;
  const Table* before = unchanged(now, name, columns);
  return before != nullptr && has_unique(*before, columns);
}

bool Held::had_index(const Catalog& now, const QualifiedName& name, const catalog::Index& index) const {
  std::vector<std::string> columns;
  for (const catalog::IndexColumn& part : index.columns) {
    if (!part.column.empty()) columns.push_back(part.column);
  }
  const Table* before = unchanged(now, name, columns);
  const catalog::Index* was = before == nullptr ? nullptr : before->find_index(index.name);
  return was != nullptr && was->unique && was->valid && was->columns == index.columns &&
         was->predicate == index.predicate;
}

bool Held::refers(const Catalog& now, const QualifiedName& name, const catalog::ForeignKey& key) const {
  const Table* table = now.find_table(name);
  if (table != nullptr && find_same(*table, key) != nullptr) return true;
  const Table* before = unchanged(now, name, key.columns);
  const catalog::ForeignKey* was = before == nullptr ? nullptr : find_same(*before, key);
  return was != nullptr && unchanged(now, was->referenced_table, was->referenced_columns) != nullptr;
}

bool Held::passes(const Catalog& now, const QualifiedName& name, const catalog::Check& check) const {
  const Table* table = now.find_table(name);
  if (table != nullptr && has_check(*table, check)) return true;
  const Table* before = unchanged(now, name, {});
  return before != nullptr && has_check(*before, check);
}

void Held::note_written(const QualifiedName& table, const catalog::DataStatement& statement, std::string_view text) {
  written_.insert(table);
  // UPDATE t SET c = 0 WHERE c IS NULL: no other column that could be NULL itself.
  if (statement.verb != "UPDATE" || statement.columns.empty() || !statement.reads.empty()) return;
  const std::string& column = statement.columns.front().column;
  const bool alone =
      std::ranges::all_of(statement.columns, [&](const catalog::ColumnUse& use) { return use.column == column; });
  if (!alone) return;
  const std::vector<catalog::NameUse> uses = catalog::name_uses(text);
  const auto is_null = [](const catalog::NameUse& use) { return use.name == "null" && !use.quoted && !use.string; };
  const bool narrowed = std::ranges::any_of(uses, [](const catalog::NameUse& use) {
    return (use.name == "and" || use.name == "not") && !use.quoted && !use.string;
  });
  const bool tested =
      std::ranges::any_of(uses, [&](const catalog::NameUse& use) { return use.name == column && use.null_test; });
  const bool sets_null = std::ranges::count_if(uses, is_null) > (tested ? 1 : 0);
  if (!sets_null && !narrowed && (statement.every_row || tested)) filled_.insert({table, column});
}

void Held::note_dropped(const QualifiedName& table, std::string_view column) {
  dropped_.insert({table, std::string(column)});
}

}  // namespace refract::migrate
