#include <algorithm>

#include "catalog/expression/names.h"
#include "catalog/replay/replayer.h"
#include "catalog/sorted.h"

// Tables that have part of their structure from others: partitions, and INHERITS. PostgreSQL spreads what is done to
// the parent (tablecmds.c, "Inheritance"): columns and checks to both kinds, keys, indexes and foreign keys to
// partitions.
namespace refract::catalog {
namespace {

// CompareIndexInfo: an index of a partition that can take the place of its parent's.
bool can_replace(const Index& own, const Index& parents) {
  return own.unique == parents.unique && own.method == parents.method && own.columns == parents.columns &&
         own.include == parents.include && own.predicate == parents.predicate &&
         own.nulls_not_distinct == parents.nulls_not_distinct && (own.constraint || !parents.constraint);
}

std::size_t count_like(const Table& table, const Index& index) {
  return static_cast<std::size_t>(
      std::ranges::count_if(table.indexes, [&](const Index& other) { return can_replace(other, index); }));
}

bool can_replace(const ForeignKey& own, const ForeignKey& parents) {
  return own.columns == parents.columns && own.referenced_table == parents.referenced_table &&
         own.referenced_columns == parents.referenced_columns && own.on_delete == parents.on_delete &&
         own.on_update == parents.on_update && own.deferrable == parents.deferrable &&
         own.initially_deferred == parents.initially_deferred;
}

}  // namespace

std::vector<QualifiedName> Replayer::children_of(const QualifiedName& parent) {
  if (!families_) {
    families_ = std::ranges::any_of(
        catalog_.tables, [](const auto& entry) { return entry.second.partition_of || !entry.second.inherits.empty(); });
  }
  return !*families_ || only() ? std::vector<QualifiedName>() : all_children_of(parent);
}

std::vector<QualifiedName> Replayer::all_children_of(const QualifiedName& parent) {
  std::vector<QualifiedName> children;
  for (const auto& [name, table] : catalog_.tables) {
    if (table.partition_of == parent || std::ranges::find(table.inherits, parent) != table.inherits.end())
      children.push_back(name);
  }
  return children;
}

Outcome Replayer::inherit(Table& table, const QualifiedName& parent, bool partition) {
  auto from = table_named(parent);
  if (!from) return std::unexpected(from.error());
  const Table& source = **from;
  families_ = true;
  if (partition) {
    if (!source.partitioned) return refuse(Refusal::Kind::other, shown(parent) + " is not partitioned");
    table.partition_of = source.name;
  } else {
    table.inherits.push_back(source.name);
  }
  for (const Column& column : source.columns) {
    if (Column* have = table.find_column(column.name)) {
      have->nullable = have->nullable && column.nullable;
      if (!have->default_value) have->default_value = column.default_value;
      continue;
    }
    Column copy = column;
    copy.identity = Identity::none;
    copy.inherited = {true};
    table.columns.push_back(std::move(copy));
  }
  for (const Check& check : source.checks) {
    if (check.no_inherit || find_by_name(table.checks, check.name) != nullptr) continue;
    Check copy = check;
    copy.inherited = {true};
    note_constraint(copy.name);
    add_by_name(table, table.checks, std::move(copy));
  }
  if (!partition) return {};
  if (source.primary_key) give_key(table, *source.primary_key);
  for (const Index& index : source.indexes) give_index(table, index, count_like(table, index) + 1);
  for (const ForeignKey& key : source.foreign_keys) give_foreign_key(table, key);
  return {};
}

// A column that CREATE TABLE names and the table has from its parents already; a partition need not repeat the type.
Outcome Replayer::merge_column(Table& table, Column& inherited, Column named) {
  if (named.type.name.empty()) {
    named.type = inherited.type;
  } else if (auto type = resolve_type(named.type); !type) {
    return std::unexpected(type.error());
  } else if (*type != inherited.type) {
    return refuse(Refusal::Kind::other,
                  "column \"" + named.name + "\" of table " + shown(table.name) + " has another type in its parent",
                  "datatype_mismatch");
  }
  if (named.default_value) {
    if (Outcome resolved = resolve_column_default(table, named); !resolved) return resolved;
    inherited.default_value = std::move(named.default_value);
  }
  if (named.identity != Identity::none) {
    inherited.identity = named.identity;
    make_sequence(table, inherited);
  }
  if (named.generated) inherited.generated = std::move(named.generated);
  inherited.nullable = inherited.nullable && named.nullable;
  inherited.inherited = {false};
  return {};
}

void Replayer::pass_on_column(const QualifiedName& parent, const Column& column) {
  for (const QualifiedName& child : children_of(parent)) {
    Table& table = catalog_.tables.at(child);
    if (table.find_column(column.name) != nullptr) continue;
    Column copy = column;
    copy.identity = Identity::none;
    copy.inherited = {true};
    table.columns.push_back(std::move(copy));
    pass_on_column(child, column);
  }
}

void Replayer::take_back_column(const QualifiedName& parent, const std::string& column) {
  for (const QualifiedName& child : only() ? all_children_of(parent) : children_of(parent)) {
    Table& table = catalog_.tables.at(child);
    const Column* own = std::as_const(table).find_column(column);
    const bool others =
        has_from_another(table, parent, [&](const Table& other) { return other.find_column(column) != nullptr; });
    if (own != nullptr && only()) table.find_column(column)->inherited = {false};
    if (own == nullptr || only() || others || (!table.partition_of && !own->inherited.value)) continue;
    static_cast<void>(drop_column(table, column, true));
    take_back_column(child, column);
  }
}

void Replayer::pass_on_check(const QualifiedName& parent, const Check& check) {
  if (check.no_inherit) return;
  for (const QualifiedName& child : children_of(parent)) {
    Table& table = catalog_.tables.at(child);
    if (find_by_name(table.checks, check.name) == nullptr) {
      Check copy = check;
      copy.inherited = {true};
      note_constraint(copy.name);
      add_by_name(table, table.checks, std::move(copy));
    }
    pass_on_check(child, check);
  }
}

void Replayer::take_back_check(const QualifiedName& parent, const std::string& check) {
  for (const QualifiedName& child : children_of(parent)) {
    Table& table = catalog_.tables.at(child);
    const Check* own = find_by_name(table.checks, check);
    const bool others = has_from_another(table, parent, [&](const Table& other) {
      return std::ranges::find(other.checks, check, &Check::name) != other.checks.end();
    });
    if (own == nullptr || others || (!table.partition_of && !own->inherited.value)) continue;
    erase_by_name(table, table.checks, check);
    take_back_check(child, check);
  }
}

void Replayer::give_key(Table& partition, const PrimaryKey& key) {
  // Nothing in the way: the columns are those of the parent, the name is new.
  if (!partition.primary_key) static_cast<void>(add_primary_key(partition, {"", key.columns}));
}

void Replayer::give_index(Table& partition, const Index& index, std::size_t wanted) {
  if (count_like(partition, index) >= wanted) return;
  Index copy = index;
  copy.name.clear();
  copy.valid = true;
  static_cast<void>(add_index(partition, std::move(copy), false));
}

void Replayer::give_foreign_key(Table& partition, const ForeignKey& key) {
  if (std::ranges::any_of(partition.foreign_keys, [&](const ForeignKey& own) { return can_replace(own, key); })) return;
  ForeignKey copy = key;
  if (!constraint_name_free(partition, key.name))
    copy.name = choose_constraint_name(partition, joined_labels(key.columns), "fkey");
  note_constraint(copy.name);
  add_by_name(partition, partition.foreign_keys, std::move(copy));
}

void Replayer::pass_on_key(const QualifiedName& parent, const PrimaryKey& key) {
  for (const QualifiedName& child : children_of(parent)) {
    Table& table = catalog_.tables.at(child);
    if (!table.partition_of) continue;
    give_key(table, key);
    pass_on_key(child, key);
  }
}

void Replayer::pass_on_index(const QualifiedName& parent, const Index& index) {
  const std::vector<QualifiedName> children = children_of(parent);
  if (children.empty()) return;
  const std::size_t wanted = count_like(catalog_.tables.at(parent), index);
  for (const QualifiedName& child : children) {
    Table& table = catalog_.tables.at(child);
    if (!table.partition_of) continue;
    give_index(table, index, wanted);
    pass_on_index(child, index);
  }
}

void Replayer::pass_on_foreign_key(const QualifiedName& parent, const ForeignKey& key) {
  for (const QualifiedName& child : children_of(parent)) {
    Table& table = catalog_.tables.at(child);
    if (!table.partition_of) continue;
    give_foreign_key(table, key);
    pass_on_foreign_key(child, key);
  }
}

void Replayer::take_back_key(const QualifiedName& parent, const PrimaryKey& key) {
  for (const QualifiedName& child : children_of(parent)) {
    Table& table = catalog_.tables.at(child);
    if (!table.partition_of || !table.primary_key || table.primary_key->columns != key.columns) continue;
    remove_relation({child.schema, table.primary_key->name});
    table.primary_key.reset();
    take_back_key(child, key);
  }
}

void Replayer::take_back_index(const QualifiedName& parent, const Index& index) {
  for (const QualifiedName& child : children_of(parent)) {
    Table& table = catalog_.tables.at(child);
    put_in_order();  // the first goes
    const auto own = std::ranges::find_if(table.indexes, [&](const Index& one) { return can_replace(one, index); });
    if (!table.partition_of || own == table.indexes.end()) continue;
    remove_relation({child.schema, own->name});
    table.indexes.erase(own);
    take_back_index(child, index);
  }
}

void Replayer::take_back_foreign_key(const QualifiedName& parent, const ForeignKey& key) {
  for (const QualifiedName& child : children_of(parent)) {
    Table& table = catalog_.tables.at(child);
    put_in_order();  // the first goes
    const auto own =
        std::ranges::find_if(table.foreign_keys, [&](const ForeignKey& one) { return can_replace(one, key); });
    if (!table.partition_of || own == table.foreign_keys.end()) continue;
    table.foreign_keys.erase(own);
    take_back_foreign_key(child, key);
  }
}

Outcome Replayer::apply(const AttachPartition& step) {
  const QualifiedName partition = resolve(step.partition);
  const QualifiedName parents = resolve(step.table);
  if (const Relation* relation = find_relation(parents); relation != nullptr && relation->kind != RelationKind::table)
    return attach_index(parents);
  auto parent = table_named(step.table);
  if (!parent) return std::unexpected(parent.error());
  auto found = table_named(partition);
  if (!found) return std::unexpected(found.error());
  Table& child = **found;
  const QualifiedName name = child.name;
  const Table source = **parent;
  families_ = true;
  child.partition_of = source.name;
  if (source.primary_key) {
    give_key(child, *source.primary_key);
    pass_on_key(name, *source.primary_key);
  }
  for (const Index& index : source.indexes) {
    give_index(child, index, count_like(source, index));
    pass_on_index(name, index);
  }
  for (const ForeignKey& key : source.foreign_keys) {
    give_foreign_key(child, key);
    pass_on_foreign_key(name, key);
  }
  return {};
}

// ALTER INDEX … ATTACH PARTITION: an index made ON ONLY the parent is valid once every partition has its own.
Outcome Replayer::attach_index(const QualifiedName& parents) {
  const Relation* relation = find_relation(parents);
  if (relation == nullptr || !catalog_.tables.contains(relation->table)) return {};
  const QualifiedName owner = relation->table;
  Index* index = find_by_name(catalog_.tables.at(owner).indexes, parents.name);
  if (index == nullptr) return {};
  const std::vector<QualifiedName> children = children_of(owner);
  index->valid = std::ranges::all_of(children, [&](const QualifiedName& child) {
    const Table& table = catalog_.tables.at(child);
    return std::ranges::any_of(table.indexes, [&](const Index& own) { return own.valid && can_replace(own, *index); });
  });
  return {};
}

Outcome Replayer::apply(const DetachPartition& step) {
  auto child = table_named(step.partition);
  if (!child) return std::unexpected(child.error());
  (*child)->partition_of.reset();
  for (Column& column : (*child)->columns) column.inherited = {false};
  for (Check& check : (*child)->checks) check.inherited = {false};
  return {};
}

Outcome Replayer::apply(const SetInheritance& step) {
  auto found = table_named(step.table);
  if (!found) return std::unexpected(found.error());
  auto parent = table_named(step.parent);
  if (!parent) return refuse(Refusal::Kind::missing_other, parent.error().message, "undefined_table");
  Table& child = **found;
  const QualifiedName& name = (*parent)->name;
  if (step.inherits) {
    families_ = true;
    child.inherits.push_back(name);
    return {};
  }
  if (std::erase(child.inherits, name) == 0) {
    return refuse(Refusal::Kind::missing_other, "table " + shown(child.name) + " does not inherit from " + shown(name),
                  "undefined_table");
  }
  // What no other parent gives is the table's own from now on.
  for (Column& column : child.columns) {
    column.inherited = {column.inherited.value && has_from_another(child, name, [&](const Table& other) {
                          return other.find_column(column.name) != nullptr;
                        })};
  }
  for (Check& check : child.checks) {
    check.inherited = {check.inherited.value && has_from_another(child, name, [&](const Table& other) {
                         return std::ranges::find(other.checks, check.name, &Check::name) != other.checks.end();
                       })};
  }
  return {};
}

}  // namespace refract::catalog
