#include <algorithm>

#include "catalog/expression/comparison.h"
#include "catalog/expression/default.h"
#include "catalog/expression/default_fault.h"
#include "catalog/expression/expression.h"
#include "catalog/expression/names.h"
#include "catalog/parse/expression_columns.h"
#include "catalog/replay/replayer.h"
#include "catalog/sorted.h"

namespace refract::catalog {
namespace {

bool has_order(const IndexColumn& part) {
  return part.has_explicit_sort.value || part.order != SortOrder::ascending || part.nulls != NullsOrder::usual;
}

// What PostgreSQL's own access methods do not offer. nullptr: nothing is missing, or the method is an extension's.
const char* lacking(const Index& index) {
  const std::string& method = index.method;
  const bool tree = method == "btree" || method == "gist" || method == "spgist";
  if (!tree && method != "hash" && method != "gin" && method != "brin") return nullptr;
  if (index.unique && method != "btree") return "cannot be unique";
  if (!index.include.empty() && !tree) return "cannot include columns";
  if (index.columns.size() > 1 && (method == "hash" || method == "spgist")) return "have one column only";
  if (method != "btree" && std::ranges::any_of(index.columns, has_order)) return "have no sort order";
  return nullptr;
}

// A sequence lies in the schema of the table that owns it.
Outcome check_owner(const QualifiedName& sequence, const Table& table) {
  if (sequence.schema == table.name.schema) return {};
  return refuse(Refusal::Kind::other,
                "sequence " + shown(sequence) + " cannot belong to table " + shown(table.name) + " of another schema",
                "object_not_in_prerequisite_state");
}

}  // namespace

Outcome can_index(const Column& column, std::string_view method) {
  if (has_default_op_class(method, column.type)) return {};
  return refuse(Refusal::Kind::other,
                "column \"" + column.name + "\" of type " + type_sql(column.type) +
                    " has no default operator class for indexes of the method " + std::string(method),
                "undefined_object");
}

Outcome few_columns(std::string_view what, std::size_t count) {
  constexpr std::size_t kMost = 32;  // INDEX_MAX_KEYS
  if (count <= kMost) return {};
  return refuse(Refusal::Kind::other, "the " + std::string(what) + " has more than 32 columns", "too_many_columns");
}

Outcome Replayer::op_class_usable(const std::string& op_class, const std::string& method, const Column& column) const {
  if (takes_type(op_class, method, column.type, catalog_)) return {};
  return refuse(Refusal::Kind::other,
                "operator class \"" + op_class + "\" does not take column \"" + column.name + "\" of type " +
                    type_sql(column.type),
                "datatype_mismatch");
}

Outcome Replayer::add_index(Table& table, Index index, bool if_not_exists) {
  const QualifiedName wanted{table.name.schema, index.name};
  if (if_not_exists && find_relation(wanted) != nullptr) return {};
  if (const char* lack = lacking(index)) {
    return refuse(Refusal::Kind::other, "indexes of the method " + index.method + " " + lack, "feature_not_supported");
  }
  const auto lacks_column = [&](std::string_view expression) -> std::optional<Refusal> {
    const auto missing = missing_column(table, expression);
    return missing ? std::optional(column_named(table, *missing).error()) : std::nullopt;
  };
  if (index.predicate) {
    index.predicate = without_qualifier(*index.predicate, table.name.name);
    if (auto refusal = lacks_column(*index.predicate)) return std::unexpected(std::move(*refusal));
    if (const std::string fault = condition_fault(*index.predicate, table, catalog_); !fault.empty())
      return refuse(Refusal::Kind::other, "the condition of index \"" + index.name + "\" " + fault);
  }
  if (Outcome few = few_columns("index", index.columns.size() + index.include.size()); !few) return few;
  std::vector<std::string> parts;  // as PostgreSQL names an index after them
  for (IndexColumn& part : index.columns) {
    if (part.column.empty()) {
      part.expression = without_qualifier(part.expression, table.name.name);
      if (auto refusal = lacks_column(part.expression)) return std::unexpected(std::move(*refusal));
      parts.push_back(expression_label(part.expression));
      continue;
    }
    auto column = column_named(table, part.column);
    if (!column) return std::unexpected(column.error());
    parts.push_back(part.column);
    if (part.op_class) {
      if (Outcome usable = op_class_usable(*part.op_class, index.method, **column); !usable) return usable;
    } else {
      if (Outcome indexable = can_index(**column, index.method); !indexable) return indexable;
    }
    if (part.op_class && part.op_class_options.empty() &&
        is_default_op_class(*part.op_class, index.method, (*column)->type)) {
      part.op_class.reset();
    }
  }
  for (const std::string& include : index.include) {
    if (auto column = column_named(table, include); !column) return std::unexpected(column.error());
    parts.push_back(include);
  }
  if (index.name.empty())
    index.name = choose_index_name(table, numbered_labels(parts), index.constraint ? "key" : "idx");
  const QualifiedName name{table.name.schema, index.name};
  if (index.constraint) {
    if (Outcome free = constraint_name_free(table, index.name); !free) return free;
  }
  if (Outcome free = free_relation_name(name); !free) return free;
  add_relation(name, {RelationKind::index, table.name});
  if (index.constraint) note_constraint(index.name);
  add_by_name(table, table.indexes, std::move(index));
  return {};
}

Outcome Replayer::apply(const CreateIndex& step) {
  const QualifiedName name = resolve(step.table);
  if (const auto view = catalog_.views.find(name); view != catalog_.views.end() && view->second.materialized) return {};
  auto table = table_named(name);
  if (!table) return std::unexpected(table.error());
  const std::size_t before = (*table)->indexes.size();
  Index index = step.index;
  index.valid = !((*table)->partitioned && only());
  Outcome added = add_index(**table, index, step.if_not_exists);
  if (added && (*table)->indexes.size() > before) pass_on_index((*table)->name, index);
  return added;
}

Outcome Replayer::apply(const RenameIndex& step) {
  const QualifiedName from = resolve(step.index);
  const Relation* relation = find_relation(from);
  if (relation == nullptr)
    return refuse(Refusal::Kind::missing_object, "index " + shown(step.index) + " does not exist", "undefined_object");
  if (relation->kind == RelationKind::table) return apply(RenameTable{from, step.to});
  const QualifiedName owner = relation->table;
  if (!catalog_.tables.contains(owner)) return refuse(Refusal::Kind::other, shown(step.index) + " is not an index");
  const QualifiedName to{from.schema, step.to};
  if (Outcome free = free_relation_name(to); !free) return free;
  Table& table = catalog_.tables.at(owner);
  if (table.primary_key && table.primary_key->name == from.name) table.primary_key->name = step.to;
  note_constraint(step.to);
  rename_item(table.indexes, from.name, step.to);
  rename_item(table.exclusions, from.name, step.to);
  rename_key_references(owner, from.name, step.to);
  move_relation(from, to);
  return {};
}

Outcome Replayer::apply(const DropIndex& step) {
  const QualifiedName name = resolve(step.index);
  const Relation* relation = find_relation(name);
  if (relation == nullptr) {
    if (step.if_exists) return {};
    return refuse(Refusal::Kind::missing_object, "index " + shown(step.index) + " does not exist", "undefined_object");
  }
  if (relation->kind != RelationKind::index && relation->kind != RelationKind::primary_key) {
    return refuse(Refusal::Kind::other, shown(step.index) + " is not an index");
  }
  Table& table = catalog_.tables.at(relation->table);
  const Index* index = item_named(table.indexes, name.name);
  const std::string what = "cannot drop index " + shown(name);
  if (index == nullptr || index->constraint) {
    return refuse(Refusal::Kind::other,
                  what + ": a constraint of table " + shown(table.name) + " needs it; drop the constraint instead",
                  "dependent_objects_still_exist");
  }
  std::vector<std::string> columns;
  for (const IndexColumn& column : index->columns) columns.push_back(column.column);
  if (index->unique && !index->predicate) {
    if (Outcome dropped = drop_key_dependents(table, columns, name.name, step.cascade, what); !dropped) return dropped;
  }
  const Index dropped = *index;
  const QualifiedName owner = table.name;
  erase_by_name(table, table.indexes, name.name);
  remove_relation(name);
  if (table.partitioned) take_back_index(owner, dropped);
  return {};
}

Outcome Replayer::apply(const CreateSequence& step) {
  const auto name = name_for_new(step.sequence.name);
  if (!name) return std::unexpected(name.error());
  if (step.if_not_exists && find_relation(*name) != nullptr) return {};
  if (Outcome free = free_relation_name(*name); !free) return free;
  Sequence sequence = step.sequence;
  sequence.name = *name;
  forget_usual_bounds(sequence);
  if (sequence.owner_table) {
    auto table = table_named(*sequence.owner_table);
    if (!table) return refuse(Refusal::Kind::missing_other, table.error().message);
    if (auto column = column_named(**table, sequence.owner_column); !column) return std::unexpected(column.error());
    if (Outcome owned = check_owner(*name, **table); !owned) return owned;
    sequence.owner_table = (*table)->name;
  }
  add_relation(*name, {RelationKind::sequence, {}});
  catalog_.sequences[*name] = std::move(sequence);
  return {};
}

void Replayer::set_sequence_options(Sequence& sequence, const Sequence& wanted) {
  if (wanted.start) sequence.start = wanted.start;
  if (wanted.increment) sequence.increment = wanted.increment;
  if (wanted.min_value) sequence.min_value = wanted.min_value;
  if (wanted.max_value) sequence.max_value = wanted.max_value;
  if (wanted.cache) sequence.cache = wanted.cache;
  forget_usual_bounds(sequence);
}

Outcome Replayer::apply(const AlterSequence& step) {
  const QualifiedName name = resolve(step.sequence.name);
  const auto found = catalog_.sequences.find(name);
  if (found == catalog_.sequences.end()) {
    return refuse(Refusal::Kind::missing_object, "sequence " + shown(step.sequence.name) + " does not exist",
                  "undefined_table");
  }
  Sequence changed = found->second;
  const Sequence& wanted = step.sequence;
  if (step.sets_owner) {
    changed.owner_table.reset();
    changed.owner_column = wanted.owner_column;
    if (wanted.owner_table) {
      auto table = table_named(*wanted.owner_table);
      if (!table) return refuse(Refusal::Kind::missing_other, table.error().message);
      if (auto column = column_named(**table, wanted.owner_column); !column) return std::unexpected(column.error());
      if (Outcome owned = check_owner(name, **table); !owned) return owned;
      changed.owner_table = (*table)->name;
    }
  }
  if (step.sets_type) changed.type = wanted.type;
  set_sequence_options(changed, wanted);
  found->second = std::move(changed);
  return {};
}

void Replayer::rename_sequence_references(const QualifiedName& from, const QualifiedName& to) {
  auto node = catalog_.sequences.extract(from);
  if (node.empty()) return;
  node.key() = node.mapped().name = to;
  catalog_.sequences.insert(std::move(node));
  move_relation(from, to);
  for (auto& [name, table] : catalog_.tables) {
    for (Column& column : table.columns) {
      if (column.default_value && column.default_value->sequence == from)
        column.default_value = sequence_default(to, "public");
    }
  }
}

Outcome Replayer::apply(const RenameSequence& step) {
  const QualifiedName from = resolve(step.sequence);
  if (!catalog_.sequences.contains(from)) {
    return refuse(Refusal::Kind::missing_object, "sequence " + shown(step.sequence) + " does not exist",
                  "undefined_table");
  }
  const QualifiedName to{from.schema, step.to};
  if (Outcome free = free_relation_name(to); !free) return free;
  rename_sequence_references(from, to);
  return {};
}

Outcome Replayer::drop_sequence(const QualifiedName& sequence, bool cascade) {
  for (auto& [name, table] : catalog_.tables) {
    for (Column& column : table.columns) {
      if (!column.default_value || column.default_value->sequence != sequence) continue;
      if (!cascade) {
        return refuse(Refusal::Kind::other,
                      "cannot drop sequence " + shown(sequence) + ": the default of column \"" + column.name +
                          "\" of table " + shown(name) + " uses it",
                      "dependent_objects_still_exist");
      }
      column.default_value.reset();
    }
  }
  catalog_.sequences.erase(sequence);
  remove_relation(sequence);
  return {};
}

Outcome Replayer::apply(const DropSequence& step) {
  const QualifiedName name = resolve(step.sequence);
  const auto found = catalog_.sequences.find(name);
  if (found == catalog_.sequences.end()) {
    if (step.if_exists) return {};
    return refuse(Refusal::Kind::missing_object, "sequence " + shown(step.sequence) + " does not exist",
                  "undefined_table");
  }
  const Sequence& sequence = found->second;
  if (sequence.owner_table) {
    const auto table = catalog_.tables.find(*sequence.owner_table);
    const Column* column =
        table == catalog_.tables.end() ? nullptr : std::as_const(table->second).find_column(sequence.owner_column);
    if (column != nullptr && column->identity != Identity::none) {
      return refuse(Refusal::Kind::other,
                    "cannot drop sequence " + shown(name) + ": identity column \"" + column->name + "\" of table " +
                        shown(table->first) + " needs it",
                    "dependent_objects_still_exist");
    }
  }
  return drop_sequence(name, step.cascade);
}

std::vector<QualifiedName> Replayer::sequences_of(const QualifiedName& table, const std::string* column) const {
  std::vector<QualifiedName> owned;
  for (const auto& [name, sequence] : catalog_.sequences) {
    if (sequence.owner_table == table && (column == nullptr || sequence.owner_column == *column)) owned.push_back(name);
  }
  return owned;
}

Outcome Replayer::drop_sequence_uses(const QualifiedName& owner, const std::string* owner_column, bool cascade,
                                     const std::string& what) {
  const std::vector<QualifiedName> owned = sequences_of(owner, owner_column);
  if (owned.empty()) return {};
  for (auto& [name, table] : catalog_.tables) {
    for (Column& column : table.columns) {
      if (!column.default_value || !column.default_value->sequence) continue;
      if (name == owner && (owner_column == nullptr || column.name == *owner_column)) continue;
      if (std::ranges::find(owned, *column.default_value->sequence) == owned.end()) continue;
      if (!cascade) {
        return refuse(
            Refusal::Kind::other,
            what + ": the default of column \"" + column.name + "\" of table " + shown(name) + " uses its sequence",
            "dependent_objects_still_exist");
      }
      column.default_value.reset();
    }
  }
  return {};
}

void Replayer::erase_sequences_of(const QualifiedName& table, const std::string* column) {
  for (const QualifiedName& name : sequences_of(table, column)) {
    catalog_.sequences.erase(name);
    remove_relation(name);
  }
}

}  // namespace refract::catalog
