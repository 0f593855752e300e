#include <algorithm>
#include <map>

#include "catalog/parse/sql.h"
#include "migrate/diff/planner.h"
#include "migrate/wanted/names.h"

// The renames that open a plan: what was chosen, and the names that follow.
namespace refract::migrate {
namespace {

using catalog::Catalog;
using catalog::QualifiedName;
using catalog::Table;

bool is_join_table(const Table& table) {
  return table.columns.size() == 2 && table.find_column("A") && table.find_column("B") &&
         table.foreign_keys.size() == 2;
}

// What column A or B of a join table refers to.
const QualifiedName* end_of(const Table& table, std::string_view column) {
  const auto key = std::ranges::find_if(table.foreign_keys, [&](const catalog::ForeignKey& one) {
    return one.columns.size() == 1 && one.columns.front() == column;
  });
  return key == table.foreign_keys.end() ? nullptr : &key->referenced_table;
}

bool has_shape_of(const catalog::Index& one, const catalog::Index& other) {
  return one.unique == other.unique && one.method == other.method && one.columns == other.columns &&
         one.include == other.include && one.predicate == other.predicate;
}

class Renamer {
 public:
  Renamer(const Catalog& before, const Catalog& wanted, Plan& plan) : state_(before), wanted_(wanted), plan_(plan) {}

  Catalog run(const std::vector<Rename>& renames) && {
    for (const Rename& rename : renames) {
      if (rename.kind == RenameKind::table) rename_table(rename.owner, rename.to);
      if (rename.kind == RenameKind::enumeration) {
        add("RenameEnum", catalog::RenameEnum{rename.owner, rename.to});
        enums_[rename.owner] = {rename.owner.schema, rename.to};
      }
    }
    for (const Rename& rename : renames) {
      if (rename.kind == RenameKind::column) rename_column(now(tables_, rename.owner), rename.from, rename.to);
      if (rename.kind == RenameKind::enum_value) {
        add("RenameEnumValue", catalog::RenameEnumValue{now(enums_, rename.owner), rename.from, rename.to});
      }
    }
    rename_join_tables();
    for (const QualifiedName& table : touched_) rename_dependents(table);
    plan_.renames = plan_.groups.size();
    return std::move(state_);
  }

 private:
  using Names = std::map<QualifiedName, QualifiedName>;

  static QualifiedName now(const Names& renamed, const QualifiedName& before) {
    const auto found = renamed.find(before);
    return found == renamed.end() ? before : found->second;
  }

  void add(std::string_view title, catalog::Change change) {
    plan_.groups.push_back({title, {statement(std::move(change))}});
    catalog::replay(plan_.groups.back().statements.back().steps, state_);  // what fails is among the hazards
  }

  void touch(const QualifiedName& table) {
    if (std::ranges::find(touched_, table) == touched_.end()) touched_.push_back(table);
  }

  void rename_table(const QualifiedName& table, const std::string& to) {
    const Table* existing = state_.find_table(table);
    if (!existing) return;
    std::vector<std::string> columns;
    for (const catalog::Column& column : existing->columns) columns.push_back(column.name);
    add("RenameTable", catalog::RenameTable{table, to});
    const QualifiedName renamed{table.schema, to};
    tables_[table] = renamed;
    for (const std::string& column : columns) rename_sequence(renamed, column, table.name, column);
    touch(renamed);
  }

  void rename_column(const QualifiedName& table, const std::string& from, const std::string& to) {
    if (!state_.find_table(table)) return;
    add("RenameColumn", catalog::RenameColumn{table, from, to});
    rename_sequence(table, to, table.name, from);
    touch(table);
  }

  // A sequence that the column owns and that has the name PostgreSQL gave it.
  void rename_sequence(const QualifiedName& table, const std::string& column, const std::string& old_table,
                       const std::string& old_column) {
    const QualifiedName name{table.schema, serial_sequence_name(old_table, old_column)};
    const auto found = state_.sequences.find(name);
    if (found == state_.sequences.end() || found->second.owner_table != table || found->second.owner_column != column) {
      return;
    }
    const std::string wanted = serial_sequence_name(table.name, column);
    if (!state_.sequences.contains({table.schema, wanted})) {
      add("RenameSequence", catalog::RenameSequence{name, wanted});
    }
  }

  // The table of an implicit many-to-many relation is named after its models, its columns follow their order.
  void rename_join_tables() {
    if (tables_.empty()) return;
    std::vector<const Table*> gone;
    for (const auto& [name, table] : state_.tables) {
      if (is_join_table(table) && end_of(table, "A") && end_of(table, "B") && !wanted_.find_table(name))
        gone.push_back(&table);
    }
    std::vector<std::pair<QualifiedName, const Table*>> pairs;
    for (const Table* table : gone) {
      const Table* match = nullptr;
      std::size_t matches = 0;
      for (const auto& [name, candidate] : wanted_.tables) {
        if (!is_join_table(candidate) || state_.find_table(name) || name.schema != table->name.schema) continue;
        if (!joins_the_same(*table, candidate)) continue;
        match = &candidate;
        ++matches;
      }
      const auto candidates =
          std::ranges::count_if(gone, [&](const Table* one) { return joins_the_same(*one, *table); });
      const bool follows = is_renamed(*end_of(*table, "A")) || is_renamed(*end_of(*table, "B"));
      if (matches == 1 && candidates == 1 && follows) pairs.emplace_back(table->name, match);
    }
    for (const auto& [name, match] : pairs) {
      const Table& table = *state_.find_table(name);
      // With both ends on one table the columns do not show a swap; they stay.
      const bool swapped = *end_of(table, "A") != *end_of(*match, "A");
      rename_table(name, match->name.name);
      if (!swapped) continue;
      const QualifiedName renamed{name.schema, match->name.name};
      add("RenameColumn", catalog::RenameColumn{renamed, "A", "A_old"});
      add("RenameColumn", catalog::RenameColumn{renamed, "B", "A"});
      add("RenameColumn", catalog::RenameColumn{renamed, "A_old", "B"});
    }
  }

  bool is_renamed(const QualifiedName& table) const {
    return std::ranges::any_of(tables_, [&](const auto& entry) { return entry.second == table; });
  }

  static bool joins_the_same(const Table& one, const Table& other) {
    const QualifiedName* a = end_of(one, "A");
    const QualifiedName* b = end_of(one, "B");
    const QualifiedName* other_a = end_of(other, "A");
    const QualifiedName* other_b = end_of(other, "B");
    if (!a || !b || !other_a || !other_b) return false;
    return (*a == *other_a && *b == *other_b) || (*a == *other_b && *b == *other_a);
  }

  // Keys and indexes that the other side has under another name.
  void rename_dependents(const QualifiedName& name) {
    const Table* asked = wanted_.find_table(name);
    const Table* existing = state_.find_table(name);
    if (!asked || !existing) return;
    std::vector<std::pair<std::string_view, catalog::Change>> changes;
    const auto& key = existing->primary_key;
    // Its columns may be others by now: then the following plan recreates it, under this name.
    if (key && asked->primary_key && key->name != asked->primary_key->name) {
      changes.emplace_back("RenamePrimaryKey", catalog::RenameConstraint{name, key->name, asked->primary_key->name});
    }
    for (const catalog::Index& index : existing->indexes) {
      if (asked->find_index(index.name)) continue;
      const auto match = std::ranges::find_if(asked->indexes, [&](const catalog::Index& other) {
        return has_shape_of(index, other) && !existing->find_index(other.name);
      });
      if (match == asked->indexes.end() || !taken(match->name)) continue;
      changes.emplace_back("RenameIndex", catalog::RenameIndex{{name.schema, index.name}, match->name});
    }
    for (const catalog::ForeignKey& foreign : existing->foreign_keys) {
      if (asked->find_foreign_key(foreign.name)) continue;
      const auto match = std::ranges::find_if(asked->foreign_keys, [&](const catalog::ForeignKey& other) {
        return foreign.columns == other.columns && foreign.referenced_table == other.referenced_table &&
               foreign.referenced_columns == other.referenced_columns && !existing->find_foreign_key(other.name);
      });
      if (match == asked->foreign_keys.end() || !taken(match->name)) continue;
      changes.emplace_back("RenameForeignKey", catalog::RenameConstraint{name, foreign.name, match->name});
    }
    for (auto& [title, change] : changes) add(title, std::move(change));
    taken_.clear();
  }

  // Whether nothing else of the table has got this new name yet.
  bool taken(const std::string& name) {
    if (std::ranges::find(taken_, name) != taken_.end()) return false;
    taken_.push_back(name);
    return true;
  }

  Catalog state_;
  const Catalog& wanted_;
  Plan& plan_;
  Names tables_;  // renamed ones, by their name before
  Names enums_;
  std::vector<QualifiedName> touched_;
  std::vector<std::string> taken_;
};

// The step that takes a rename back; names are those in force just after it.
catalog::Change inverse(const catalog::Change& change) {
  if (const auto* step = std::get_if<catalog::RenameTable>(&change)) {
    return catalog::RenameTable{{step->table.schema, step->to}, step->table.name};
  }
  if (const auto* step = std::get_if<catalog::RenameColumn>(&change)) {
    return catalog::RenameColumn{step->table, step->to, step->from};
  }
  if (const auto* step = std::get_if<catalog::RenameEnum>(&change)) {
    return catalog::RenameEnum{{step->enumeration.schema, step->to}, step->enumeration.name};
  }
  if (const auto* step = std::get_if<catalog::RenameEnumValue>(&change)) {
    return catalog::RenameEnumValue{step->enumeration, step->to, step->from};
  }
  if (const auto* step = std::get_if<catalog::RenameSequence>(&change)) {
    return catalog::RenameSequence{{step->sequence.schema, step->to}, step->sequence.name};
  }
  if (const auto* step = std::get_if<catalog::RenameIndex>(&change)) {
    return catalog::RenameIndex{{step->index.schema, step->to}, step->index.name};
  }
  const auto& step = std::get<catalog::RenameConstraint>(change);
  return catalog::RenameConstraint{step.table, step.to, step.from};
}

}  // namespace

catalog::Catalog plan_renames(const Catalog& before, const Catalog& wanted, const std::vector<Rename>& renames,
                              Plan& plan) {
  return Renamer(before, wanted, plan).run(renames);
}

std::vector<Group> undo_renames(const Plan& forward) {
  std::vector<Group> groups;
  for (std::size_t at = forward.renames; at-- > 0;) {
    const Group& group = forward.groups[at];
    groups.push_back({group.title, {statement(inverse(group.statements.front().steps.front().change))}});
  }
  return groups;
}

}  // namespace refract::migrate
