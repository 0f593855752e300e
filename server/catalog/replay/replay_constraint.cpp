#include <algorithm>
#include <utility>

#include "catalog/expression/comparison.h"
#include "catalog/expression/names.h"
#include "catalog/expression/printer.h"
#include "catalog/parse/expression_columns.h"
#include "catalog/replay/replayer.h"
#include "catalog/sorted.h"

namespace refract::catalog {
namespace {

bool same_columns(std::vector<std::string> a, std::vector<std::string> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b;
}

std::vector<std::string> column_names(const Index& index) {
  std::vector<std::string> names;
  for (const IndexColumn& column : index.columns) names.push_back(column.column);
  return names;
}

// True where a foreign key over `columns` may rest on the index.
bool is_key(const Index& index, const std::vector<std::string>& columns) {
  return index.unique && !index.predicate && same_columns(column_names(index), columns);
}

}  // namespace

Outcome Replayer::constraint_name_free(const Table& table, const std::string& name) {
  if (!may_name_constraint(name)) return {};
  const auto named = [&](const auto& constraint) { return constraint.name == name; };
  const bool taken =
      (table.primary_key && table.primary_key->name == name) || std::ranges::any_of(table.foreign_keys, named) ||
      std::ranges::any_of(table.checks, named) || std::ranges::any_of(table.exclusions, named) ||
      std::ranges::any_of(table.indexes, [&](const Index& index) { return index.constraint && index.name == name; });
  if (!taken) return {};
  return refuse(Refusal::Kind::duplicate,
                "constraint \"" + name + "\" of table " + shown(table.name) + " already exists", "duplicate_object");
}

Outcome Replayer::add_primary_key(Table& table, PrimaryKey key) {
  if (table.primary_key)
    return refuse(Refusal::Kind::other, "table " + shown(table.name) + " already has a primary key",
                  "invalid_table_definition");
  if (Outcome few = few_columns("primary key", key.columns.size()); !few) return few;
  for (const std::string& column : key.columns) {
    auto found = column_named(table, column);
    if (!found) return std::unexpected(found.error());
    if (Outcome indexable = can_index(**found, "btree"); !indexable) return indexable;
  }
  if (key.name.empty()) key.name = choose_index_name(table, {}, "pkey");
  if (Outcome free = free_relation_name({table.name.schema, key.name}); !free) return free;
  if (Outcome free = constraint_name_free(table, key.name); !free) return free;
  for (const std::string& column : key.columns) table.find_column(column)->nullable = false;
  add_relation({table.name.schema, key.name}, {RelationKind::primary_key, table.name});
  note_constraint(key.name);
  table.primary_key = std::move(key);
  return {};
}

Outcome Replayer::use_index(Table& table, const std::string& name, const std::string& index, bool primary) {
  Index* found = find_by_name(table.indexes, index);
  if (found == nullptr)
    return refuse(Refusal::Kind::missing_other,
                  "index \"" + index + "\" of table " + shown(table.name) + " does not exist", "undefined_object");
  const std::string what = "index \"" + index + "\" cannot become a constraint: ";
  if (!found->unique) return refuse(Refusal::Kind::other, what + "it is not unique");
  if (found->predicate) return refuse(Refusal::Kind::other, what + "it is partial");
  if (found->constraint) return refuse(Refusal::Kind::other, what + "it already is one");
  for (const IndexColumn& column : found->columns) {
    if (column.column.empty()) return refuse(Refusal::Kind::other, what + "it holds an expression");
  }
  // The index takes the constraint's name; without one, the constraint takes the index's.
  const std::string final_name = name.empty() ? index : name;
  if (final_name != index) {
    if (Outcome free = free_relation_name({table.name.schema, final_name}); !free) return free;
  }
  if (Outcome free = constraint_name_free(table, final_name); !free) return free;
  if (primary && table.primary_key)
    return refuse(Refusal::Kind::other, "table " + shown(table.name) + " already has a primary key",
                  "invalid_table_definition");
  Index taken = *found;
  erase_by_name(table, table.indexes, index);
  remove_relation({table.name.schema, index});
  if (primary) {
    PrimaryKey key{final_name, column_names(taken)};
    return add_primary_key(table, std::move(key));
  }
  taken.name = final_name;
  taken.constraint = true;
  add_relation({table.name.schema, final_name}, {RelationKind::index, table.name});
  note_constraint(final_name);
  add_by_name(table, table.indexes, std::move(taken));
  return {};
}

Outcome Replayer::apply(const AddPrimaryKey& step) {
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  if (step.using_index) return use_index(**table, step.key.name, *step.using_index, true);
  Outcome added = add_primary_key(**table, step.key);
  if (added) {
    // NOT NULL reaches all below, the key partitions alone.
    for (const std::string& column : step.key.columns)
      repeat_on_children(SetColumnNullable{(*table)->name, column, false});
    pass_on_key((*table)->name, step.key);
  }
  return added;
}

Outcome Replayer::apply(const AddUniqueConstraint& step) {
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  if (step.using_index) return use_index(**table, step.index.name, *step.using_index, false);
  Index index = step.index;
  index.unique = index.constraint = true;
  Outcome added = add_index(**table, index, false);
  if (added) pass_on_index((*table)->name, index);
  return added;
}

Outcome Replayer::add_foreign_key(Table& table, ForeignKey key) {
  auto found = table_named(key.referenced_table);
  if (!found) return refuse(Refusal::Kind::missing_other, found.error().message);
  const Table& referenced = **found;
  key.referenced_table = referenced.name;
  const std::string what = "foreign key \"" + (key.name.empty() ? joined_labels(key.columns) : key.name) +
                           "\" of table " + shown(table.name) + ": ";
  if (key.referenced_columns.empty()) {
    if (!referenced.primary_key)
      return refuse(Refusal::Kind::other, what + "table " + shown(referenced.name) + " has no primary key");
    key.referenced_columns = referenced.primary_key->columns;
  }
  if (key.columns.size() != key.referenced_columns.size()) {
    return refuse(Refusal::Kind::other, what + "the numbers of columns differ");
  }
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    auto column = column_named(table, key.columns[i]);
    if (!column) return std::unexpected(column.error());
    auto target = column_named(**found, key.referenced_columns[i]);
    if (!target) return std::unexpected(target.error());
    if (!can_refer((*column)->type, (*target)->type, catalog_)) {
      return refuse(Refusal::Kind::other, what + "columns \"" + key.columns[i] + "\" and \"" +
                                              key.referenced_columns[i] + "\" have types that do not match");
    }
  }
  const bool primary = referenced.primary_key && same_columns(referenced.primary_key->columns, key.referenced_columns);
  if (!primary && std::ranges::none_of(referenced.indexes,
                                       [&](const Index& index) { return is_key(index, key.referenced_columns); })) {
    return refuse(Refusal::Kind::other, what + "no unique constraint of table " + shown(referenced.name) +
                                            " covers the columns it refers to");
  }
  std::vector<std::string> keys;
  if (primary) keys.push_back(referenced.primary_key->name);
  for (const Index& index : referenced.indexes) {
    if (is_key(index, key.referenced_columns)) keys.push_back(index.name);
  }
  if (keys.size() == 1) key.relies_on.value = keys.front();  // of several PostgreSQL takes the one made first
  if (key.name.empty()) key.name = choose_constraint_name(table, joined_labels(key.columns), "fkey");
  if (Outcome free = constraint_name_free(table, key.name); !free) return free;
  note_constraint(key.name);
  add_by_name(table, table.foreign_keys, key);
  pass_on_foreign_key(table.name, key);
  return {};
}

Outcome Replayer::apply(const AddForeignKey& step) {
  auto table = table_named(step.table);
  return table ? add_foreign_key(**table, step.key) : std::unexpected(table.error());
}

Outcome Replayer::add_check(Table& table, Check check) {
  check.expression = without_qualifier(check.expression, table.name.name);
  // A check that is inherited may be repeated.
  Check* merged = may_name_constraint(check.name) ? find_by_name(table.checks, check.name) : nullptr;
  if (merged != nullptr && merged->inherited.value) {
    merged->inherited = {false};
    return {};
  }
  if (check.name.empty()) {
    // PostgreSQL names a check after the column if it names just one.
    std::vector<std::string> columns;
    for (const Column& column : table.columns) {
      if (mentions_name(check.expression, column.name)) columns.push_back(column.name);
    }
    if (mentions_name(check.expression, "tableoid")) columns.emplace_back("tableoid");
    check.name = choose_constraint_name(table, columns.size() == 1 ? columns.front() : "", "check");
  }
  if (Outcome free = constraint_name_free(table, check.name); !free) return free;
  if (const auto missing = missing_column(table, check.expression)) {
    return std::unexpected(column_named(table, *missing).error());
  }
  note_constraint(check.name);
  add_by_name(table, table.checks, check);
  pass_on_check(table.name, check);
  return {};
}

Outcome Replayer::apply(const AddCheck& step) {
  auto table = table_named(step.table);
  return table ? add_check(**table, step.check) : std::unexpected(table.error());
}

Outcome Replayer::apply(const AddExclusion& step) {
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  Exclusion exclusion = step.exclusion;
  if (exclusion.name.empty())
    exclusion.name = choose_index_name(**table, numbered_labels(exclusion.labels.value), "excl");
  if (Outcome free = constraint_name_free(**table, exclusion.name); !free) return free;
  const QualifiedName index{(*table)->name.schema, exclusion.name};
  if (Outcome free = free_relation_name(index); !free) return free;
  add_relation(index, {RelationKind::other, (*table)->name});
  note_constraint(exclusion.name);
  add_by_name(**table, (*table)->exclusions, std::move(exclusion));
  return {};
}

Outcome Replayer::apply(const RenameConstraint& step) {
  auto found = table_named(step.table);
  if (!found) return std::unexpected(found.error());
  Table& table = **found;
  if (Outcome free = constraint_name_free(table, step.to); !free) return free;
  note_constraint(step.to);
  const QualifiedName from{table.name.schema, step.from}, to{table.name.schema, step.to};
  const Index* index = table.find_index(step.from);
  const bool primary = table.primary_key && table.primary_key->name == step.from;
  if (primary || (index != nullptr && index->constraint) || find_by_name(table.exclusions, step.from) != nullptr) {
    if (Outcome free = free_relation_name(to); !free) return free;
    if (primary) table.primary_key->name = step.to;
    rename_item(table.indexes, step.from, step.to);
    rename_item(table.exclusions, step.from, step.to);
    rename_key_references(table.name, step.from, step.to);
    move_relation(from, to);
    return {};
  }
  if (table.find_foreign_key(step.from) == nullptr && find_by_name(table.checks, step.from) == nullptr) {
    return refuse(Refusal::Kind::missing_other,
                  "constraint \"" + step.from + "\" of table " + shown(table.name) + " does not exist",
                  "undefined_object");
  }
  rename_item(table.foreign_keys, step.from, step.to);
  if (const Check* check = find_by_name(table.checks, step.from)) {
    const bool spreads = !check->no_inherit;
    rename_item(table.checks, step.from, step.to);
    if (spreads) repeat_on_children(step);
  }
  return {};
}

void Replayer::rename_key_references(const QualifiedName& table, const std::string& from, const std::string& to) {
  for (auto& [name, other] : catalog_.tables) {
    for (ForeignKey& key : other.foreign_keys) {
      if (key.referenced_table == table && key.relies_on.value == from) key.relies_on.value = to;
    }
  }
}

Outcome Replayer::apply(const SetDeferrable& step) {
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  ForeignKey* key = find_by_name((*table)->foreign_keys, step.constraint);
  if (key == nullptr) {
    return refuse(Refusal::Kind::missing_other,
                  "foreign key \"" + step.constraint + "\" of table " + shown((*table)->name) + " does not exist",
                  "undefined_object");
  }
  key->deferrable = step.deferrable;
  key->initially_deferred = step.initially_deferred;
  repeat_on_children(step);
  return {};
}

Outcome Replayer::apply(const ValidateConstraint& step) {
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  if (ForeignKey* key = find_by_name((*table)->foreign_keys, step.constraint)) {
    key->valid = true;
  } else if (Check* check = find_by_name((*table)->checks, step.constraint)) {
    check->valid = true;
    repeat_on_children(step);
  } else {
    return refuse(Refusal::Kind::missing_other,
                  "constraint \"" + step.constraint + "\" of table " + shown((*table)->name) + " does not exist",
                  "undefined_object");
  }
  return {};
}

Outcome Replayer::drop_key_dependents(const Table& table, const std::vector<std::string>& columns,
                                      const std::string& except, bool cascade, const std::string& what) {
  // Whichever of several keys a foreign key relies on, where that is not known, PostgreSQL may let this one go.
  const bool another =
      (table.primary_key && table.primary_key->name != except && same_columns(table.primary_key->columns, columns)) ||
      std::ranges::any_of(table.indexes,
                          [&](const Index& index) { return index.name != except && is_key(index, columns); });
  const auto depends = [&](const ForeignKey& key) {
    if (key.referenced_table != table.name || !same_columns(key.referenced_columns, columns)) return false;
    return key.relies_on.value.empty() ? !another : key.relies_on.value == except;
  };
  if (!cascade) {
    for (const auto& [name, other] : catalog_.tables) {
      const ForeignKey* key = nullptr;  // the first by name: the list may be out of order
      for (const ForeignKey& one : other.foreign_keys) {
        if ((key == nullptr || one.name < key->name) && depends(one)) key = &one;
      }
      // Dropping a column takes the foreign keys that start from it along.
      if (key != nullptr) {
        return refuse(Refusal::Kind::other,
                      what + ": foreign key \"" + key->name + "\" of table " + shown(name) + " depends on it",
                      "dependent_objects_still_exist");
      }
    }
  }
  for (auto& [name, other] : catalog_.tables) std::erase_if(other.foreign_keys, depends);
  return {};
}

Outcome Replayer::apply(const DropConstraint& step) {
  auto found = table_named(step.table);
  if (!found) return std::unexpected(found.error());
  Table& table = **found;
  const std::string what = "cannot drop constraint \"" + step.constraint + "\" of table " + shown(table.name);
  if (const Check* check = item_named(table.checks, step.constraint); check != nullptr && check->inherited.value)
    return refuse(Refusal::Kind::other, what + ": it is inherited; drop it on the parent", "invalid_table_definition");
  const QualifiedName relation{table.name.schema, step.constraint};
  if (table.primary_key && table.primary_key->name == step.constraint) {
    const Outcome dropped = drop_key_dependents(table, table.primary_key->columns, step.constraint, step.cascade, what);
    if (!dropped) return dropped;
    const PrimaryKey key = *std::exchange(table.primary_key, std::nullopt);
    remove_relation(relation);
    take_back_key(table.name, key);
    return {};
  }
  if (const Index* index = item_named(table.indexes, step.constraint); index != nullptr && index->constraint) {
    const Outcome dropped = drop_key_dependents(table, column_names(*index), step.constraint, step.cascade, what);
    if (!dropped) return dropped;
    const Index gone = *index;
    erase_by_name(table, table.indexes, step.constraint);
    remove_relation(relation);
    if (table.partitioned) take_back_index(table.name, gone);
    return {};
  }
  if (erase_by_name(table, table.exclusions, step.constraint)) {
    remove_relation(relation);
    return {};
  }
  if (const ForeignKey* found_key = item_named(table.foreign_keys, step.constraint)) {
    const ForeignKey key = *found_key;
    erase_by_name(table, table.foreign_keys, step.constraint);
    take_back_foreign_key(table.name, key);
    return {};
  }
  if (erase_by_name(table, table.checks, step.constraint)) {
    take_back_check(table.name, step.constraint);
    return {};
  }
  if (step.if_exists) return {};
  return refuse(Refusal::Kind::missing_other,
                "constraint \"" + step.constraint + "\" of table " + shown(table.name) + " does not exist",
                "undefined_object");
}

}  // namespace refract::catalog
