#include "migrate/hazards/row_guarantees.h"

#include <algorithm>

#include "catalog/expression/expression.h"
#include "catalog/expression/names.h"
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

// Whether distinct values stay distinct in the new type and none becomes NULL. A value that does not fit makes the
// conversion fail.
bool keeps_values_distinct(const catalog::ColumnType& from, const catalog::ColumnType& to) {
  if (from == to) return true;
  if (from.array || to.array || !from.schema.empty() || !to.schema.empty()) return false;
  const Native before = native_of(from);
  const Native after = native_of(to);
  if (before <= Native::big_int) return after <= Native::big_int || after == Native::decimal || is_string(after);
  return (is_string(before) || before == Native::uuid) && is_string(after);
}

bool is_subset(const std::vector<std::string>& names, const std::vector<std::string>& all) {
  return std::ranges::all_of(names, [&](const std::string& name) { return std::ranges::find(all, name) != all.end(); });
}

bool has_unique(const Table& table, const std::vector<std::string>& columns) {
  if (table.primary_key && is_subset(table.primary_key->columns, columns)) return true;
  return std::ranges::any_of(table.indexes, [&](const catalog::Index& index) {
    if (!index.unique || !index.valid || index.predicate) return false;
    std::vector<std::string> names;
    for (const catalog::IndexColumn& part : index.columns) names.push_back(part.column);
    // An expression has an empty name, which is in no list of columns.
    return is_subset(names, columns);
  });
}

// The check, or one of its AND conditions, rejects NULL.
bool rejects_null(const catalog::Check& check, std::string_view column) {
  const std::vector<catalog::NameUse> uses = catalog::name_uses(check.expression);
  const bool simple = std::ranges::none_of(uses, [](const catalog::NameUse& use) {
    return !use.quoted && (use.name == "or" || use.name == "case" || use.name == "coalesce");
  });
  if (!check.valid || !simple) return false;
  const std::string wanted =
      ascii::to_lower(catalog::canonical_expression(catalog::quote_name(column) + " IS NOT NULL"));
  return ascii::to_lower(catalog::canonical_expression(check.expression)).contains(wanted);
}

bool has_not_null_check(const Table& table, std::string_view column) {
  return std::ranges::any_of(table.checks, [&](const catalog::Check& check) { return rejects_null(check, column); });
}

// The table's valid foreign key that equals the wanted one. The wanted one may omit the schema and the columns.
const catalog::ForeignKey* find_same(const Table& table, const catalog::ForeignKey& wanted) {
  const auto found = std::ranges::find_if(table.foreign_keys, [&](const catalog::ForeignKey& key) {
    return key.valid && key.columns == wanted.columns && key.referenced_table.name == wanted.referenced_table.name &&
           (wanted.referenced_table.schema.empty() || key.referenced_table.schema == wanted.referenced_table.schema) &&
           (wanted.referenced_columns.empty() || key.referenced_columns == wanted.referenced_columns);
  });
  return found == table.foreign_keys.end() ? nullptr : &*found;
}

bool has_check(const Table& table, const std::string& expression) {
  return std::ranges::any_of(table.checks, [&](const catalog::Check& check) {
    return check.valid && catalog::canonical_expression(check.expression) == expression;
  });
}

}  // namespace

const Table* RowGuarantees::table_before(const QualifiedName& name) const {
  const auto renamed = names_before_.find(name);
  return before_.find_table(renamed == names_before_.end() ? name : renamed->second);
}

const Table* RowGuarantees::table_before_if_unchanged(const Catalog& now, const QualifiedName& name,
                                                      const std::vector<std::string>& columns) const {
  const Table* before = table_before(name);
  const Table* table = now.find_table(name);
  if (before == nullptr || table == nullptr || written_.contains(name)) return nullptr;
  for (const std::string& column : columns) {
    const catalog::Column* column_before = before->find_column(column);
    const catalog::Column* column_now = table->find_column(column);
    if (column_before == nullptr || column_now == nullptr || dropped_.contains({name, column})) return nullptr;
    if (!keeps_values_distinct(column_before->type, column_now->type)) return nullptr;
  }
  return before;
}

bool RowGuarantees::is_not_null(const Catalog& now, const QualifiedName& name, std::string_view column) const {
  const auto holds = [&](const Table* table) {
    if (table == nullptr) return false;
    const catalog::Column* found = table->find_column(column);
    return (found != nullptr && !found->nullable) || has_not_null_check(*table, column);
  };
  return filled_.contains({name, std::string(column)}) || holds(now.find_table(name)) ||
         holds(table_before_if_unchanged(now, name, {std::string(column)}));
}

bool RowGuarantees::is_unique(const Catalog& now, const QualifiedName& name,
                              const std::vector<std::string>& columns) const {
  if (columns.empty()) return false;
  const Table* table = now.find_table(name);
  if (table != nullptr && has_unique(*table, columns)) return true;
  const Table* before = table_before_if_unchanged(now, name, columns);
  return before != nullptr && has_unique(*before, columns);
}

bool RowGuarantees::had_index(const Catalog& now, const QualifiedName& name, const catalog::Index& index) const {
  std::vector<std::string> columns;
  for (const catalog::IndexColumn& part : index.columns) {
    if (!part.column.empty()) columns.push_back(part.column);
  }
  const Table* before = table_before_if_unchanged(now, name, columns);
  const catalog::Index* index_before = before == nullptr ? nullptr : before->find_index(index.name);
  return index_before != nullptr && index_before->unique && index_before->valid &&
         index_before->columns == index.columns && index_before->predicate == index.predicate;
}

bool RowGuarantees::refers(const Catalog& now, const QualifiedName& name, const catalog::ForeignKey& key) const {
  const Table* table = now.find_table(name);
  if (table != nullptr && find_same(*table, key) != nullptr) return true;
  const Table* before = table_before_if_unchanged(now, name, key.columns);
  if (before == nullptr) return false;
  catalog::ForeignKey wanted = key;
  const auto renamed = std::ranges::find_if(names_before_, [&](const auto& entry) {
    const QualifiedName& named = entry.first;
    const QualifiedName& asked = key.referenced_table;
    return named.name == asked.name && (asked.schema.empty() || named.schema == asked.schema);
  });
  if (renamed != names_before_.end()) wanted.referenced_table = renamed->second;
  const catalog::ForeignKey* key_before = find_same(*before, wanted);
  if (key_before == nullptr) return false;
  const QualifiedName& referenced = renamed == names_before_.end() ? key_before->referenced_table : renamed->first;
  return table_before_if_unchanged(now, referenced, key_before->referenced_columns) != nullptr;
}

bool RowGuarantees::passes(const Catalog& now, const QualifiedName& name, const catalog::Check& check) const {
  const Table* table = now.find_table(name);
  const Table* before = table_before_if_unchanged(now, name, {});
  const std::string expression = catalog::canonical_expression(check.expression);
  if (checked_tables_.insert(name).second) {
    for (const Table* one : {table, table_before(name)}) {
      if (one == nullptr) continue;
      for (const catalog::Check& known : one->checks) checked_.insert(catalog::canonical_expression(known.expression));
    }
  }
  const bool known = checked_.contains(expression);
  // As the table keeps it, should the step not be rejected.
  checked_.insert(catalog::canonical_expression(catalog::without_qualifier(check.expression, name.name)));
  if (!known) return false;
  return (table != nullptr && has_check(*table, expression)) || (before != nullptr && has_check(*before, expression));
}

void RowGuarantees::forget_checks() const {
  checked_tables_.clear();
  checked_.clear();
}

void RowGuarantees::note_written(const QualifiedName& table, const catalog::DataStatement& statement,
                                 std::string_view text) {
  written_.insert(table);
  // Recognises UPDATE t SET c = 0 WHERE c IS NULL: afterwards c has no NULL.
  if (statement.verb != "UPDATE" || statement.columns.empty() || !statement.reads.empty()) return;
  const std::string& column = statement.columns.front().column;
  const bool alone =
      std::ranges::all_of(statement.columns, [&](const catalog::ColumnUse& use) { return use.column == column; });
  if (!alone) return;
  const std::vector<catalog::NameUse> uses = catalog::name_uses(text);
  const auto is_word = [](const catalog::NameUse& use) { return !use.quoted && !use.string && use.depth == 0; };
  const auto is_null = [&](const catalog::NameUse& use) {
    return is_word(use) && (use.name == "null" || use.name == "isnull");
  };
  const bool narrowed = std::ranges::any_of(uses, [&](const catalog::NameUse& use) {
    return is_word(use) && (use.name == "and" || use.name == "not" || use.name == "notnull");
  });
  const bool tested =
      std::ranges::any_of(uses, [&](const catalog::NameUse& use) { return use.name == column && use.null_test; });
  const bool sets_null = std::ranges::count_if(uses, is_null) > (tested ? 1 : 0);
  if (!sets_null && !narrowed && (statement.every_row || tested)) filled_.insert({table, column});
}

void RowGuarantees::note_renamed(const QualifiedName& from, const QualifiedName& to) {
  const auto known = names_before_.find(from);
  names_before_[to] = known == names_before_.end() ? from : known->second;
  names_before_[from] = {};
  if (written_.erase(from) > 0) written_.insert(to);
  for (auto* columns : {&filled_, &dropped_}) {
    std::vector<std::string> names;
    for (auto at = columns->lower_bound({from, {}}); at != columns->end() && at->first == from; ++at)
      names.push_back(at->second);
    for (std::string& name : names) {
      columns->erase({from, name});
      columns->insert({to, std::move(name)});
    }
  }
  forget_checks();
}

void RowGuarantees::note_dropped(const QualifiedName& table, std::string_view column) {
  dropped_.insert({table, std::string(column)});
}

}  // namespace refract::migrate
