#include <algorithm>
#include <iterator>

#include "catalog/expression/printer.h"
#include "catalog/parse/expression_columns.h"
#include "catalog/replay/replayer.h"
#include "catalog/sorted.h"

namespace refract::catalog {

namespace {

bool same_parts(const Index& a, const Index& b) {
  return a.columns == b.columns && a.include == b.include && a.nulls_not_distinct == b.nulls_not_distinct;
}

// Inside one CREATE TABLE, PostgreSQL makes one index of two equal constraints; the first name given
// stays, a primary key being first.
void merge_equal_keys(Table& table) {
  std::vector<Index> kept;
  for (Index& index : table.indexes) {
    std::string* name = nullptr;
    if (table.primary_key) {
      Index key{.name = {}};
      for (const std::string& column : table.primary_key->columns) key.columns.push_back({.column = column});
      if (same_parts(key, index)) name = &table.primary_key->name;
    }
    const auto prior = std::ranges::find_if(kept, [&](const Index& other) { return same_parts(other, index); });
    if (name == nullptr && prior != kept.end()) name = &prior->name;
    if (name == nullptr) {
      kept.push_back(std::move(index));
    } else if (name->empty()) {
      *name = index.name;
    }
  }
  table.indexes = std::move(kept);
}

}  // namespace

namespace {

bool same_statement(const Step& one, const Step& other) {
  return one.origin.end != 0 && one.origin.begin == other.origin.begin && one.origin.end == other.origin.end;
}

}  // namespace

Outcome Replayer::apply(const CreateTable& step) {
  // A second primary key in the same statement is a separate step; it makes the creation of the table fail.
  bool surplus = false;
  while (current_ + 1 < steps_.size() && same_statement(steps_[current_], steps_[current_ + 1]) &&
         std::holds_alternative<AddPrimaryKey>(steps_[current_ + 1].change)) {
    surplus = true;
    ++current_;
  }
  QualifiedName wanted = step.table.name;
  if (step.temporary && !wanted.schema.empty() && wanted.schema != "pg_temp") {
    return refuse(Refusal::Kind::other, "temporary table " + shown(wanted) + " cannot lie in a schema",
                  "invalid_table_definition");
  }
  if (step.temporary) wanted.schema = "pg_temp";
  const auto name = name_for_new(wanted);
  if (!name) return std::unexpected(name.error());
  if (find_relation(*name) != nullptr) {
    if (!step.if_not_exists) return free_relation_name(*name);
    // The identity columns of the statement do not apply to the existing table.
    while (current_ + 1 < steps_.size() && same_statement(steps_[current_], steps_[current_ + 1]) &&
           std::holds_alternative<SetColumnIdentity>(steps_[current_ + 1].change)) {
      ++current_;
    }
    return {};
  }
  if (surplus) {
    return refuse(Refusal::Kind::other, "table " + shown(*name) + " already has a primary key",
                  "invalid_table_definition");
  }
  if (has_type(*name))
    return refuse(Refusal::Kind::duplicate, "type " + shown(*name) + " already exists", "duplicate_object");

  for (const QualifiedName& parent : step.table.inherits) {
    if (auto from = table_named(parent); !from) return std::unexpected(from.error());
  }
  Table& table = catalog_.tables[*name];
  table.name = *name;
  table.partitioned = step.table.partitioned;
  table.row_level_security = step.table.row_level_security;
  add_relation(*name, {RelationKind::table, *name});
  const auto fill = [&]() -> Outcome {
    for (const QualifiedName& parent : step.table.inherits) {
      if (Outcome inherited = inherit(table, parent, false); !inherited) return inherited;
    }
    if (step.table.partition_of) {
      if (Outcome inherited = inherit(table, *step.table.partition_of, true); !inherited) return inherited;
    }
    auto like = step.like.begin();
    for (std::size_t i = 0; i <= step.table.columns.size(); ++i) {
      for (; like != step.like.end() && like->position <= i; ++like) {
        if (Outcome copied = copy_like(table, *like); !copied) return copied;
      }
      if (i == step.table.columns.size()) break;
      const Column& column = step.table.columns[i];
      Column* inherited = table.find_column(column.name);
      const bool merges = inherited != nullptr && (table.partition_of || !table.inherits.empty());
      if (Outcome added = merges ? merge_column(table, *inherited, column) : add_column(table, column); !added)
        return added;
    }
    if (Outcome filled = fill_from_query(table, step.query); !filled) return filled;
    for (const Column& column : step.table.columns) {
      const auto missing = column.generated ? missing_column(table, *column.generated) : std::nullopt;
      if (missing) return std::unexpected(column_named(table, *missing).error());
    }
    Table keys{.primary_key = step.table.primary_key, .indexes = step.table.indexes};
    merge_equal_keys(keys);
    if (keys.primary_key) {
      if (Outcome added = add_primary_key(table, *keys.primary_key); !added) return added;
    }
    for (const Index& index : keys.indexes) {
      if (Outcome added = add_index(table, index, false); !added) return added;
    }
    for (const Check& check : step.table.checks) {
      if (Outcome added = add_check(table, check); !added) return added;
    }
    for (const Exclusion& exclusion : step.table.exclusions) {
      if (Outcome added = apply(AddExclusion{*name, exclusion}); !added) return added;
    }
    for (const ForeignKey& key : step.table.foreign_keys) {
      if (Outcome added = add_foreign_key(table, key); !added) return added;
    }
    return {};
  };
  Outcome filled = fill();
  if (!filled && filled.error().kind != Refusal::Kind::opaque) erase_table(*name);
  return filled;
}

Outcome Replayer::fill_from_query(Table& table, const std::vector<QueryColumn>& columns) {
  const auto unknown = [&](const std::string& why) {
    after_opaque_ = true;
    table.columns.clear();
    return refuse(Refusal::Kind::opaque, "the columns of " + shown(table.name) + " are not known: " + why);
  };
  const auto add = [&](const Column& column, const std::string& name) {
    Column copy{.name = name.empty() ? column.name : name, .type = column.type, .collation = column.collation};
    return add_column(table, std::move(copy));
  };
  for (const QueryColumn& column : columns) {
    if (column.type) {
      if (Outcome added = add_column(table, {.name = column.name, .type = *column.type}); !added) return added;
      continue;
    }
    bool found = false;
    for (const QualifiedName& name : column.tables) {
      if (const auto view = catalog_.views.find(resolve(name));
          view != catalog_.views.end() || name.schema == "pg_catalog")
        return unknown(shown(name) + " is not kept column by column");
      auto from = table_named(name);
      if (!from)
        return after_opaque_ || name.name.starts_with("pg_") ? unknown(from.error().message)
                                                             : Outcome(std::unexpected(from.error()));
      for (const Column& source : (*from)->columns) {
        if (!column.column.empty() && source.name != column.column) continue;
        found = true;
        if (Outcome added = add(source, column.column.empty() ? std::string() : column.name); !added) return added;
      }
    }
    if (!found) return unknown("\"" + column.column + "\" is found in none of its tables");
  }
  return {};
}

Outcome Replayer::copy_like(Table& table, const LikeTable& like) {
  if (catalog_.views.contains(resolve(like.table)))
    return refuse(Refusal::Kind::opaque, "the columns of the view " + shown(like.table) + " are not kept");
  auto from = table_named(like.table);
  if (!from) return std::unexpected(from.error());
  const Table& source = **from;
  for (const Column& column : source.columns) {
    Column copy{.name = column.name, .type = column.type, .nullable = column.nullable};
    copy.collation = column.collation;
    if (like.defaults && !column.generated) copy.default_value = column.default_value;
    if (like.generated) copy.generated = column.generated;
    if (like.identity) copy.identity = column.identity;
    Column* inherited = table.find_column(column.name);
    const bool merges = inherited != nullptr && !table.inherits.empty();
    if (Outcome added = merges ? merge_column(table, *inherited, copy) : add_column(table, copy); !added) return added;
  }
  for (const Check& check : source.checks) {
    if (!like.constraints || find_by_name(table.checks, check.name) != nullptr) continue;
    Check copy = check;
    copy.inherited = {false};
    note_constraint(copy.name);
    add_by_name(table, table.checks, std::move(copy));
  }
  if (!like.indexes) return {};
  for (Index index : std::vector<Index>(source.indexes)) {
    index.name.clear();
    // Nothing in the way: the columns are those of the source, the names are new.
    static_cast<void>(add_index(table, std::move(index), false));
  }
  return source.primary_key ? add_primary_key(table, {"", source.primary_key->columns}) : Outcome();
}

void Replayer::rename_table_references(const QualifiedName& from, const QualifiedName& to) {
  const auto rename_in = [&](Table& table) {
    for (ForeignKey& key : table.foreign_keys) {
      if (key.referenced_table == from) key.referenced_table = to;
    }
    if (table.partition_of == from) table.partition_of = to;
    std::ranges::replace(table.inherits, from, to);
  };
  std::vector<QualifiedName> others = mentioning(from);
  others.push_back(to);
  for (const QualifiedName& name : others) {
    const auto table = catalog_.tables.find(name);
    if (table == catalog_.tables.end()) continue;
    rename_in(table->second);
    if (mentioned_) add_mentions(table->second);
  }
  for (auto& [name, sequence] : catalog_.sequences) {
    if (sequence.owner_table == from) sequence.owner_table = to;
  }
  const auto move_columns = [&](std::vector<RenamedColumn>& columns) {
    for (RenamedColumn& column : columns) {
      if (column.table == from) column.table = to;
    }
  };
  for (auto& [name, view] : catalog_.views) {
    const bool reads = std::ranges::find(view.uses, from) != view.uses.end();
    view.rewritten.value = view.rewritten.value || reads;
    move_columns(view.renamed.value);
    std::ranges::replace(view.uses, from, to);
    if (auto star = view.star.value.extract(from); !star.empty()) {
      star.key() = to;
      view.star.value.insert(std::move(star));
    }
  }
  for (Unmanaged& object : catalog_.unmanaged) {
    if (object.on_table == from) object.on_table = to;
    move_columns(object.renamed.value);
    std::ranges::replace(object.uses, from, to);
  }
}

void Replayer::move_table(const QualifiedName& from, const QualifiedName& to) {
  auto node = catalog_.tables.extract(from);
  remove_relations_of(node.mapped());
  node.key() = to;
  node.mapped().name = to;
  add_relations_of(node.mapped());
  catalog_.tables.insert(std::move(node));
  rename_table_references(from, to);
}

Outcome Replayer::apply(const RenameTable& step) {
  const QualifiedName from = resolve(step.table);
  if (catalog_.views.contains(from)) return apply(RenameView{from, step.to});
  if (catalog_.sequences.contains(from)) return apply(RenameSequence{from, step.to});
  if (const Relation* relation = find_relation(from); relation != nullptr && relation->kind != RelationKind::table) {
    return apply(RenameIndex{from, step.to});
  }
  if (auto table = table_named(from); !table) return std::unexpected(table.error());
  const QualifiedName to{from.schema, step.to};
  if (Outcome free = free_relation_name(to); !free) return free;
  if (has_type(to))
    return refuse(Refusal::Kind::duplicate, "type " + shown(to) + " already exists", "duplicate_object");
  move_table(from, to);
  return {};
}

Outcome Replayer::apply(const SetTableSchema& step) {
  const QualifiedName from = resolve(step.table);
  const std::string schema = catalog_.known_schema(step.schema);
  if (!has_schema(schema))
    return refuse(Refusal::Kind::missing_other, "schema \"" + step.schema + "\" does not exist", "invalid_schema_name");
  const QualifiedName to{schema, from.name};
  if (from == to && find_relation(from) != nullptr) return {};
  if (auto view = catalog_.views.extract(from); !view.empty()) {
    view.key() = view.mapped().name = to;
    view.mapped().rewritten.value = true;
    catalog_.views.insert(std::move(view));
    rename_table_references(from, to);
    forget_relations();
    return {};
  }
  if (catalog_.sequences.contains(from)) {
    if (Outcome free = free_relation_name(to); !free) return free;
    rename_sequence_references(from, to);
    return {};
  }
  if (auto table = table_named(from); !table) return std::unexpected(table.error());
  if (Outcome free = free_relation_name(to); !free) return free;
  move_table(from, to);
  // Its own sequences follow it.
  for (const QualifiedName& name : sequences_of(to, nullptr)) rename_sequence_references(name, {schema, name.name});
  return {};
}

bool Replayer::dropped_together(const QualifiedName& table) {
  // A partition goes with its parent.
  const Table* known = catalog_.find_table(table);
  if (known != nullptr && known->partition_of && dropped_together(*known->partition_of)) return true;
  for (std::size_t i = current_ + 1; i < steps_.size() && same_statement(steps_[i], steps_[current_]); ++i) {
    const auto* drop = std::get_if<DropTable>(&steps_[i].change);
    if (drop != nullptr && resolve(drop->table) == table) return true;
  }
  return false;
}

void Replayer::add_mentions(const Table& table) {
  const auto mention = [&](const QualifiedName& mentioned) {
    if (mentioned != table.name) (*mentioned_)[mentioned].insert(table.name);
  };
  std::ranges::for_each(table.inherits, mention);
  if (table.partition_of) mention(*table.partition_of);
  for (const ForeignKey& key : table.foreign_keys) mention(key.referenced_table);
  for (const Column& column : table.columns) mention({column.type.schema, column.type.name});
}

bool Replayer::may_be_mentioned(const QualifiedName& table) {
  if (!follows_mentions_) return true;
  if (!mentioned_) {
    mentioned_.emplace();
    for (const auto& [name, other] : catalog_.tables) add_mentions(other);
  }
  return mentioned_->contains(table);
}

std::vector<QualifiedName> Replayer::mentioning(const QualifiedName& table) {
  std::vector<QualifiedName> names;
  if (!may_be_mentioned(table)) return names;
  if (follows_mentions_) {
    const std::set<QualifiedName>& known = mentioned_->at(table);
    std::ranges::copy_if(known, std::back_inserter(names),
                         [&](const QualifiedName& name) { return catalog_.tables.contains(name); });
  } else {
    for (const auto& [name, other] : catalog_.tables) names.push_back(name);
  }
  return names;
}

Outcome Replayer::can_drop_table(const QualifiedName& name, bool cascade) {
  if (cascade || !may_be_mentioned(name)) return {};
  const std::string what = "cannot drop table " + shown(name) + ": ";
  for (const QualifiedName& other : mentioning(name)) {
    const Table& table = catalog_.tables.at(other);
    if (other == name || table.partition_of == name) continue;
    if (std::ranges::find(table.inherits, name) != table.inherits.end() && !dropped_together(other)) {
      return refuse(Refusal::Kind::other, what + "table " + shown(other) + " inherits from it",
                    "dependent_objects_still_exist");
    }
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.referenced_table == name && !dropped_together(other)) {
        return refuse(Refusal::Kind::other,
                      what + "foreign key \"" + key.name + "\" of table " + shown(other) + " refers to it");
      }
    }
    for (const Column& column : table.columns) {
      if (column.type.schema == name.schema && column.type.name == name.name && !dropped_together(other)) {
        return refuse(Refusal::Kind::other,
                      what + "column \"" + column.name + "\" of table " + shown(other) + " has its row type");
      }
    }
  }
  return {};
}

Outcome Replayer::apply(const DropTable& step) {
  const QualifiedName name = resolve(step.table);
  // The tables that one statement names go together or not at all; one may be named twice.
  const std::size_t first = current_;
  const bool leads = first == 0 || !same_statement(steps_[first - 1], steps_[first]);
  if (leads) dropped_here_.clear();
  if (!dropped_here_.insert(step.table).second) return {};
  for (std::size_t at = first + 1; leads && !step.if_exists && at < steps_.size(); ++at) {
    const auto* drop = std::get_if<DropTable>(&steps_[at].change);
    if (drop == nullptr || !same_statement(steps_[at], steps_[first])) break;
    if (auto other = table_named(drop->table); !other) {
      while (current_ + 1 < steps_.size() && same_statement(steps_[current_ + 1], steps_[first])) ++current_;
      return std::unexpected(other.error());
    }
  }
  if (auto table = table_named(name); !table) {
    // Those named together were all there: this one went with another, as a partition does.
    if (table.error().kind == Refusal::Kind::missing_object && (step.if_exists || !leads)) return {};
    return std::unexpected(table.error());
  }
  return drop_table(name, step.cascade);
}

Outcome Replayer::drop_table(const QualifiedName& name, bool cascade) {
  if (Outcome possible = can_drop_table(name, cascade); !possible) return possible;
  const std::string what = "cannot drop table " + shown(name);
  if (Outcome dropped = drop_type_users(name, cascade, what); !dropped) return dropped;
  if (Outcome dropped = drop_sequence_uses(name, nullptr, cascade, what); !dropped) return dropped;
  if (Outcome views = drop_view_dependents(name, cascade, what); !views) return views;
  if (cascade && may_be_mentioned(name)) {
    for (const QualifiedName& child : children_of(name)) {
      if (const Table* table = catalog_.find_table(child); table != nullptr && !table->partition_of)
        static_cast<void>(drop_table(child, true));
    }
    for (const QualifiedName& other : mentioning(name)) {
      std::erase_if(catalog_.tables.at(other).foreign_keys,
                    [&](const ForeignKey& key) { return key.referenced_table == name; });
    }
  }
  erase_table(name);
  return {};
}

void Replayer::erase_table(const QualifiedName& name) {
  const auto found = catalog_.tables.find(name);
  if (found == catalog_.tables.end()) return;
  const std::vector<QualifiedName> others = mentioning(name);
  std::vector<QualifiedName> partitions;
  std::ranges::copy_if(others, std::back_inserter(partitions),
                       [&](const QualifiedName& other) { return catalog_.tables.at(other).partition_of == name; });
  erase_sequences_of(name, nullptr);
  std::erase_if(catalog_.unmanaged, [&](const Unmanaged& object) { return object.on_table == name; });
  remove_relations_of(found->second);
  catalog_.tables.erase(found);
  for (const QualifiedName& partition : partitions) erase_table(partition);
  for (const QualifiedName& other : others) {
    if (const auto table = catalog_.tables.find(other); table != catalog_.tables.end())
      std::erase(table->second.inherits, name);
  }
}

Outcome Replayer::apply(const SetRowLevelSecurity& step) {
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  (*table)->row_level_security = step.enabled;
  return {};
}

}  // namespace refract::catalog
