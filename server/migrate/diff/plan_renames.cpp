#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "catalog/parse/sql.h"
#include "migrate/diff/planner.h"
#include "migrate/wanted/join_table.h"
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
const QualifiedName* end_of(const Table& table, char column) {
  const catalog::ForeignKey* key = join_key(table, column);
  return key == nullptr ? nullptr : &key->referenced_table;
}

// Whether A of the one refers to what B of the other does, and the other way round. With both ends on one table the
// foreign keys do not show it.
bool has_ends_exchanged(const Table& one, const Table& other) {
  if (!is_join_table(one) || !is_implicit_join_table(other)) return false;
  const QualifiedName* a = end_of(one, 'A');
  const QualifiedName* b = end_of(one, 'B');
  return a && b && *a != *b && *a == *end_of(other, 'B') && *b == *end_of(other, 'A');
}

bool is_same_but_for_name(const catalog::ForeignKey& one, const catalog::ForeignKey& other) {
  return one.columns == other.columns && one.referenced_table == other.referenced_table &&
         one.referenced_columns == other.referenced_columns;
}

const catalog::ForeignKey* find_same(const Table& table, const catalog::ForeignKey& key) {
  const auto same = std::ranges::find_if(
      table.foreign_keys, [&](const catalog::ForeignKey& other) { return is_same_but_for_name(key, other); });
  return same == table.foreign_keys.end() ? nullptr : &*same;
}

bool has_shape_of(const catalog::Index& one, const catalog::Index& other) {
  return one.unique == other.unique && one.method == other.method && one.columns == other.columns &&
         one.include == other.include && one.predicate == other.predicate;
}

class Renamer {
 public:
  Renamer(const Catalog& before, const Catalog& wanted, Plan& plan) : state_(before), wanted_(wanted), plan_(plan) {}

  Catalog run(std::vector<Rename> renames, JoinColumns join_columns) && {
    rename_schemas(renames);
    for (const Rename& rename : renames) {
      if (rename.kind == RenameKind::table) rename_table(rename.owner, rename.to);
      if (rename.kind == RenameKind::enumeration) {
        add("RenameEnum", catalog::RenameEnum{rename.owner, rename.to});
        enums_[rename.owner] = {rename.owner.schema, rename.to};
      }
    }
    for (const Rename& rename : renames) {
      if (rename.kind == RenameKind::column) rename_column(now(tables_, rename.owner), rename.from, rename.to);
      if (rename.kind == RenameKind::exchange) exchange_columns(now(tables_, rename.owner), rename.from, rename.to);
      if (rename.kind == RenameKind::enum_value) {
        add("RenameEnumValue", catalog::RenameEnumValue{now(enums_, rename.owner), rename.from, rename.to});
      }
    }
    rename_join_tables();
    if (join_columns == JoinColumns::keep_meaning) exchange_join_columns();
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

  // They come first: all other names are those after them.
  void rename_schemas(std::vector<Rename>& renames) {
    for (const Rename& schema : renames) {
      if (schema.kind != RenameKind::schema) continue;
      add("RenameSchema", catalog::RenameSchema{schema.from, schema.to});
      for (Rename& other : renames) {
        if (other.kind != RenameKind::schema && other.owner.schema == schema.from) other.owner.schema = schema.to;
      }
    }
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

  // Two columns of a table for each other, through a temporary name.
  void exchange_columns(const QualifiedName& table, const std::string& one, const std::string& other) {
    const Table* existing = state_.find_table(table);
    if (!existing) return;
    std::string temporary = std::string(cut(one, kLongestName - 4)) + "_old";
    for (int number = 2; existing->find_column(temporary); ++number) temporary = fmt::format("exchanged_{}", number);
    add("RenameColumn", catalog::RenameColumn{table, one, temporary});
    add("RenameColumn", catalog::RenameColumn{table, other, one});
    add("RenameColumn", catalog::RenameColumn{table, temporary, other});
    touch(table);
  }

  // A and B of a join table whose models have changed their order: the rows keep their meaning.
  void exchange_join_columns() {
    std::vector<QualifiedName> exchanged;
    for (const auto& [name, table] : state_.tables) {
      const Table* asked = wanted_.find_table(name);
      if (asked && has_ends_exchanged(table, *asked)) exchanged.push_back(name);
    }
    for (const QualifiedName& name : exchanged) exchange_columns(name, "A", "B");
  }

  // The table of an implicit many-to-many relation is named after its models.
  void rename_join_tables() {
    if (tables_.empty()) return;
    std::vector<const Table*> gone;
    for (const auto& [name, table] : state_.tables) {
      if (is_join_table(table) && end_of(table, 'A') && end_of(table, 'B') && !wanted_.find_table(name))
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
      const bool follows = is_renamed(*end_of(*table, 'A')) || is_renamed(*end_of(*table, 'B'));
      if (matches == 1 && candidates == 1 && follows) pairs.emplace_back(table->name, match);
    }
    for (const auto& [name, match] : pairs) {
      rename_table(name, match->name.name);
    }
  }

  bool is_renamed(const QualifiedName& table) const {
    return std::ranges::any_of(tables_, [&](const auto& entry) { return entry.second == table; });
  }

  static bool joins_the_same(const Table& one, const Table& other) {
    const QualifiedName* a = end_of(one, 'A');
    const QualifiedName* b = end_of(one, 'B');
    const QualifiedName* other_a = end_of(other, 'A');
    const QualifiedName* other_b = end_of(other, 'B');
    if (!a || !b || !other_a || !other_b) return false;
    return (*a == *other_a && *b == *other_b) || (*a == *other_b && *b == *other_a);
  }

  // Foreign keys that have each other's name on the other side: none of them can get its name while the other has it.
  void exchange_foreign_key_names(const Table& existing, const Table& asked) {
    for (const catalog::ForeignKey& one : existing.foreign_keys) {
      const catalog::ForeignKey* wanted_one = find_same(asked, one);
      if (!wanted_one || wanted_one->name <= one.name) continue;
      const catalog::ForeignKey* other = existing.find_foreign_key(wanted_one->name);
      const catalog::ForeignKey* wanted_other = other ? find_same(asked, *other) : nullptr;
      if (!wanted_other || wanted_other->name != one.name) continue;
      const QualifiedName table = existing.name;
      const std::string first = one.name;
      const std::string second = other->name;
      const std::string temporary = "exchanged_fkey";
      add("RenameForeignKey", catalog::RenameConstraint{table, first, temporary});
      add("RenameForeignKey", catalog::RenameConstraint{table, second, first});
      add("RenameForeignKey", catalog::RenameConstraint{table, temporary, second});
      return;  // the keys have moved
    }
  }

  // Keys and indexes that the other side has under another name.
  void rename_dependents(const QualifiedName& name) {
    const Table* asked = wanted_.find_table(name);
    const Table* existing = state_.find_table(name);
    if (!asked || !existing) return;
    exchange_foreign_key_names(*existing, *asked);
    existing = state_.find_table(name);
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
        return is_same_but_for_name(foreign, other) && !existing->find_foreign_key(other.name);
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
  if (const auto* step = std::get_if<catalog::RenameSchema>(&change)) {
    return catalog::RenameSchema{step->to, step->name};
  }
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
                              Plan& plan, JoinColumns join_columns) {
  return Renamer(before, wanted, plan).run(renames, join_columns);
}

bool exchanges_join_columns(const Catalog& before, const Catalog& wanted) {
  return std::ranges::any_of(before.tables, [&](const auto& entry) {
    if (!is_join_table(entry.second)) return false;
    const Table* asked = wanted.find_table(entry.first);
    return asked != nullptr && has_ends_exchanged(entry.second, *asked);
  });
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
