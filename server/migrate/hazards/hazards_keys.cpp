#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/expression/condition.h"
#include "catalog/expression/expression.h"
#include "catalog/expression/literal.h"
#include "migrate/diff/display_name.h"
#include "migrate/hazards/hazard_inspector.h"
#include "migrate/sql/types.h"
#include "migrate/wanted/default_match.h"

// Hazards of keys, indexes and constraints.
namespace refract::migrate {

using catalog::QualifiedName;

void Inspector::inspect(const catalog::SetColumnNullable& step) {
  if (step.nullable || is_new(step.table)) return;
  const catalog::Column* old = column(step.table, step.column);
  const QualifiedName table = resolved(step.table);
  const bool filled = filled_columns_.contains({table, step.column}) && !guarantees_.was_written(table);
  if ((old && !old->nullable) || filled || guarantees_.is_not_null(state_, table, step.column)) return;
  report(HazardKind::set_not_null,
         fmt::format("Fails if a row of {} has NULL in {}.", display_name(step.table), step.column));
}

void Inspector::inspect(const catalog::CreateIndex& step) {
  for (const catalog::IndexColumn& part : step.index.columns) note_enum_use(part.expression, step.table);
  if (step.index.predicate) note_enum_use(*step.index.predicate, step.table);
  if (is_new(step.table)) return;
  const QualifiedName table = resolved(step.table);
  const bool held = guarantees_.is_unique(state_, table, column_names(step.index)) ||
                    guarantees_.had_index(state_, table, step.index);
  if (step.index.unique && !held && !is_over_new_optional_column(step.table, step.index)) {
    report(HazardKind::new_unique,
           fmt::format("Fails if {} has duplicates in {}.", display_name(step.table), display_columns(step.index)));
  }
  if (!step.concurrently) {
    report(HazardKind::index_blocks_writes,
           fmt::format("Writes to {} wait while {} is built.", display_name(step.table),
                       step.index.name.empty() ? fmt::format("the index over {}", display_columns(step.index))
                                               : fmt::format("index {}", step.index.name)));
  }
}

void Inspector::inspect(const catalog::AddUniqueConstraint& step) {
  if (is_new(step.table) || step.using_index || is_over_new_optional_column(step.table, step.index)) return;
  if (guarantees_.is_unique(state_, resolved(step.table), column_names(step.index))) return;
  report(HazardKind::new_unique,
         fmt::format("Fails if {} has duplicates in {}.", display_name(step.table), display_columns(step.index)));
}

void Inspector::inspect(const catalog::AddPrimaryKey& step) {
  const catalog::Table* table = state_.find_table(resolved(step.table));
  if (!table || is_new(step.table) || step.using_index) return;
  const bool serial_alone = std::ranges::all_of(step.key.columns, [&](const std::string& name) {
    const catalog::Column* key = table->find_column(name);
    return key && is_autoincrement(*key) && new_columns_.contains({table->name, name});
  });
  if (serial_alone) return;
  const bool unique = guarantees_.is_unique(state_, table->name, step.key.columns);
  const bool filled = std::ranges::all_of(step.key.columns, [&](const std::string& name) {
    const catalog::Column* key = table->find_column(name);
    return (key && !key->nullable) || guarantees_.is_not_null(state_, table->name, name);
  });
  if (unique && filled) {
    report_existing_index(*table, step.key);
    return;
  }
  report(HazardKind::new_primary_key, fmt::format("Fails if rows of {} have {} in {}.", display_name(step.table),
                                                  unique   ? "NULL"
                                                  : filled ? "duplicates"
                                                           : "NULL or duplicates",
                                                  fmt::join(step.key.columns, ", ")));
}

void Inspector::report_existing_index(const catalog::Table& table, const catalog::PrimaryKey& key) {
  const auto same = std::ranges::find_if(table.indexes, [&](const catalog::Index& index) {
    return index.unique && !index.predicate && column_names(index) == key.columns;
  });
  if (same == table.indexes.end()) return;
  report(HazardKind::index_blocks_writes,
         fmt::format("Reads and writes of {} wait while the index of its primary key is built; index {} is over the "
                     "same columns.",
                     display_name(table.name), same->name),
         "On a big table use ADD CONSTRAINT … PRIMARY KEY USING INDEX, which uses that index.");
}

std::vector<std::string> Inspector::column_names(const catalog::Index& index) {
  std::vector<std::string> names;
  for (const catalog::IndexColumn& part : index.columns) {
    if (part.column.empty()) return {};
    names.push_back(part.column);
  }
  return names;
}

void Inspector::inspect(const catalog::AddCheck& step) {
  note_enum_use(step.check.expression, step.table);
  if (!step.check.valid) added_unchecked_.insert({resolved(step.table), step.check.name});
  if (is_new(step.table) || !step.check.valid || guarantees_.passes(state_, resolved(step.table), step.check)) return;
  if (passes_with_new_values(resolved(step.table), step.check)) return;
  report(HazardKind::new_check,
         fmt::format("Fails if a row of {} violates check {}; reads and writes wait while the rows are checked.",
                     display_name(step.table), step.check.name.empty() ? step.check.expression : step.check.name));
}

void Inspector::note_new_column_value(const catalog::AddColumn& step) {
  const catalog::Column& added = step.column;
  auto& values = new_column_values_[resolved(step.table)];
  values.erase(added.name);
  const bool enumeration = !enum_schema(added.type.name).empty();
  if (added.generated || added.identity != catalog::Identity::none) return;
  if (!added.default_value) {
    // A domain may have a default.
    if (added.nullable && (added.type.array || catalog::is_builtin_type(added.type.name) || enumeration))
      values[added.name] = catalog::SqlValue();
    return;
  }
  if (added.type.array || added.default_value->kind != catalog::DefaultKind::literal) return;
  const auto literal = catalog::read_literal(added.default_value->expression);
  if (!literal) return;
  if (literal->kind == catalog::LiteralKind::null) values[added.name] = catalog::SqlValue();
  if (literal->kind == catalog::LiteralKind::boolean) values[added.name] = catalog::SqlValue(literal->value == "true");
  const Native native = native_of(added.type);
  if (literal->kind == catalog::LiteralKind::string &&
      (native == Native::text || native == Native::var_char || enumeration))
    values[added.name] = catalog::SqlValue(literal->value);
  std::int64_t number = 0;
  const char* end = literal->value.data() + literal->value.size();
  const bool whole =
      literal->kind == catalog::LiteralKind::number && std::from_chars(literal->value.data(), end, number).ptr == end;
  if (whole) values[added.name] = catalog::SqlValue(number);
}

bool Inspector::passes_with_new_values(const QualifiedName& table, const catalog::Check& check) const {
  const auto values = new_column_values_.find(table);
  if (values == new_column_values_.end() || values->second.empty()) return false;
  const catalog::EvaluationContext around{state_, session_.search_path(), {}, {}, values->second};
  return catalog::cannot_fail(check.expression, around);
}

void Inspector::inspect(const catalog::AddExclusion& step) {
  note_enum_use(step.exclusion.definition, step.table);
  if (is_new(step.table)) return;
  report(HazardKind::new_exclusion,
         fmt::format("Fails if rows of {} violate {}; reads and writes wait while its index is built.",
                     display_name(step.table),
                     step.exclusion.name.empty() ? "the new exclusion constraint"
                                                 : "exclusion constraint " + step.exclusion.name));
}

void Inspector::inspect(const catalog::ValidateConstraint& step) {
  if (!added_unchecked_.contains({resolved(step.table), step.constraint})) return;
  report(HazardKind::validated_at_once,
         fmt::format("Constraint {} of {} is validated in the transaction that adds it: writes wait while the rows "
                     "are checked.",
                     step.constraint, display_name(step.table)));
}

void Inspector::inspect(const catalog::SetRowLevelSecurity& step) {
  if (step.enabled || is_new(step.table)) return;
  report(HazardKind::row_security_off,
         fmt::format("The policies of {} no longer restrict access.", display_name(step.table)));
}

void Inspector::inspect(const catalog::AddForeignKey& step) {
  report_exchanged_join_columns(step);
  if (!step.key.valid) added_unchecked_.insert({resolved(step.table), step.key.name});
  if (is_new(step.table) || !step.key.valid || guarantees_.refers(state_, resolved(step.table), step.key)) return;
  const bool empty = std::ranges::any_of(step.key.columns, [&](const std::string& name) {
    const catalog::Column* constrained = column(step.table, name);
    return constrained && constrained->nullable && !constrained->default_value &&
           new_columns_.contains({resolved(step.table), name});
  });
  if (empty) return;
  report(HazardKind::new_foreign_key, fmt::format("Fails if a row of {} refers to a missing row of {} by {}; writes to "
                                                  "both tables wait while the rows are checked.",
                                                  display_name(step.table), display_name(step.key.referenced_table),
                                                  fmt::join(step.key.columns, ", ")));
}

void Inspector::inspect(const catalog::DropConstraint& step) {
  note_dropped_key(step);
  const catalog::Table* table = state_.find_table(resolved(step.table));
  if (table && table->primary_key && table->primary_key->name == step.constraint) {
    const std::vector<std::string>& columns = table->primary_key->columns;
    const bool added_again = std::ranges::any_of(steps_.subspan(at_ + 1), [&](const catalog::Step& later) {
      const auto* added = std::get_if<catalog::AddPrimaryKey>(&later.change);
      return added && added->table == step.table && added->key.columns == columns;
    });
    if (added_again) return;
  }
  if (is_new(step.table) || is_added_again(step, table)) return;
  if (table && table->primary_key && table->primary_key->name == step.constraint) {
    catalog::Index index{.name = step.constraint, .unique = true};
    for (const std::string& name : table->primary_key->columns) index.columns.push_back({.column = name});
    if (report_lost_uniqueness(*table, index)) return;
  }
  const catalog::Index* unique = table == nullptr ? nullptr : table->find_index(step.constraint);
  if (unique != nullptr && report_lost_uniqueness(*table, *unique)) return;
  report(HazardKind::drop_constraint,
         fmt::format("Constraint {} of {} is dropped: rows that the constraint rejected are accepted from then on.",
                     step.constraint, display_name(step.table)));
}

// Whether a later step adds the same foreign key or check again.
bool Inspector::is_added_again(const catalog::DropConstraint& step, const catalog::Table* table) const {
  if (table == nullptr || !may_come_later(step.table, step.constraint)) return false;
  const catalog::ForeignKey* key = table->find_foreign_key(step.constraint);
  const auto check = std::ranges::find(table->checks, step.constraint, &catalog::Check::name);
  return std::ranges::any_of(steps_.subspan(at_ + 1), [&](const catalog::Step& later) {
    const auto* added = std::get_if<catalog::AddForeignKey>(&later.change);
    if (added != nullptr && key != nullptr) return added->table == step.table && added->key == *key;
    const auto* checked = std::get_if<catalog::AddCheck>(&later.change);
    return checked != nullptr && check != table->checks.end() && checked->table == step.table &&
           checked->check == *check;
  });
}

namespace {

// Whether `other` guarantees the uniqueness that `index` guarantees.
bool covers(const catalog::Index& other, const catalog::Index& index) {
  if (!other.unique || !other.valid || (other.predicate && other.predicate != index.predicate)) return false;
  if (index.nulls_not_distinct && !other.nulls_not_distinct) return false;
  return std::ranges::all_of(other.columns, [&](const catalog::IndexColumn& part) {
    return std::ranges::any_of(index.columns, [&](const catalog::IndexColumn& own) {
      return own.column == part.column && own.expression == part.expression;
    });
  });
}

bool covers(const catalog::PrimaryKey& key, const catalog::Index& index) {
  return std::ranges::all_of(key.columns, [&](const std::string& name) {
    return std::ranges::find(index.columns, name, &catalog::IndexColumn::column) != index.columns.end();
  });
}

}  // namespace

const catalog::Table* Inspector::table_of_index(const QualifiedName& index) const {
  if (!index_tables_) {
    index_tables_.emplace();
    for (const auto& [name, table] : state_.tables) {
      for (const catalog::Index& one : table.indexes) (*index_tables_)[{name.schema, one.name}] = name;
    }
  }
  const auto in = [&](const std::string& schema) -> const catalog::Table* {
    const auto known = index_tables_->find({schema, index.name});
    const catalog::Table* table = known == index_tables_->end() ? nullptr : state_.find_table(known->second);
    if (table != nullptr && table->find_index(index.name) != nullptr) return table;
    for (const auto& [name, table] : state_.tables) {
      if (name.schema == schema && table.find_index(index.name) != nullptr) return &table;
    }
    return nullptr;
  };
  if (!index.schema.empty()) return in(index.schema);
  for (const std::string& schema : session_.search_path()) {
    if (const catalog::Table* found = in(schema)) return found;
  }
  return nullptr;
}

bool Inspector::stays_unique(const catalog::Table& table, const catalog::Index& index) const {
  if (table.primary_key && table.primary_key->name != index.name && covers(*table.primary_key, index)) return true;
  const bool other = std::ranges::any_of(
      table.indexes, [&](const catalog::Index& one) { return one.name != index.name && covers(one, index); });
  if (other) return true;
  return std::ranges::any_of(steps_.subspan(at_ + 1), [&](const catalog::Step& later) {
    const auto concerns = [&](const QualifiedName& name) { return resolved(name) == table.name; };
    if (const auto* created = std::get_if<catalog::CreateIndex>(&later.change))
      return concerns(created->table) && covers(created->index, index);
    if (const auto* unique = std::get_if<catalog::AddUniqueConstraint>(&later.change))
      return concerns(unique->table) && !unique->index.columns.empty() && covers(unique->index, index);
    if (const auto* key = std::get_if<catalog::AddPrimaryKey>(&later.change))
      return concerns(key->table) && !key->key.columns.empty() && covers(key->key, index);
    if (const auto* column = std::get_if<catalog::DropColumn>(&later.change)) {
      return concerns(column->table) &&
             std::ranges::find(index.columns, column->column, &catalog::IndexColumn::column) != index.columns.end();
    }
    const auto* dropped = std::get_if<catalog::DropTable>(&later.change);
    return dropped != nullptr && concerns(dropped->table);
  });
}

bool Inspector::report_lost_uniqueness(const catalog::Table& table, const catalog::Index& index) {
  if (!index.unique || !index.valid || new_tables_.contains(table.name) || stays_unique(table, index)) return false;
  report(HazardKind::uniqueness_lost, fmt::format("{} accepts duplicates in {} as soon as {} is dropped.",
                                                  display_name(table.name), display_columns(index), index.name));
  return true;
}

bool Inspector::may_be_unique(const std::string& index) {
  if (!unique_indexes_) {
    unique_indexes_.emplace();
    for (const auto& [name, table] : state_.tables) {
      for (const catalog::Index& one : table.indexes) {
        if (one.unique) unique_indexes_->insert(one.name);
      }
    }
    for (const catalog::Step& step : steps_) {
      if (const auto* created = std::get_if<catalog::CreateIndex>(&step.change)) {
        if (created->index.unique) unique_indexes_->insert(created->index.name);
      } else if (const auto* unique = std::get_if<catalog::AddUniqueConstraint>(&step.change)) {
        unique_indexes_->insert(unique->index.name);
      } else if (const auto* renamed = std::get_if<catalog::RenameIndex>(&step.change)) {
        unique_indexes_->insert(renamed->to);
      } else if (const auto* constraint = std::get_if<catalog::RenameConstraint>(&step.change)) {
        unique_indexes_->insert(constraint->to);
      }
    }
  }
  return unique_indexes_->contains(index);
}

void Inspector::inspect(const catalog::DropIndex& step) {
  const catalog::Table* table = may_be_unique(step.index.name) ? table_of_index(step.index) : nullptr;
  if (table != nullptr) report_lost_uniqueness(*table, *table->find_index(step.index.name));
  if (may_come_later(kIndexes, step.index.name)) return;
  report(HazardKind::drop_index, fmt::format("Queries that use index {} become slower.", display_name(step.index)));
}

bool Inspector::is_over_new_optional_column(const QualifiedName& table, const catalog::Index& index) const {
  if (index.nulls_not_distinct) return false;
  return std::ranges::any_of(index.columns, [&](const catalog::IndexColumn& part) {
    const catalog::Column* found = column(table, part.column);
    return found && found->nullable && !found->default_value && new_columns_.contains({resolved(table), part.column});
  });
}

}  // namespace refract::migrate
