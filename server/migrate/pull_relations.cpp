#include "migrate/pull_relations.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migrate/names.h"
#include "migrate/pull_column.h"
#include "migrate/table_parts.h"

namespace refract::migrate {
namespace {

using catalog::Catalog;
using catalog::ForeignKey;
using catalog::QualifiedName;
using catalog::ReferentialAction;
using catalog::Table;

using Ends = std::pair<QualifiedName, QualifiedName>;  // the smaller name first

Ends ends_of(const Table& table, const ForeignKey& key) {
  return std::minmax(table.name, key.referenced_table);
}

bool is_column(std::string_view name, char letter) {
  return name.size() == 1 && (name.front() | 0x20) == letter;
}

const ForeignKey* key_over(const Table& table, char letter) {
  const auto key = std::ranges::find_if(table.foreign_keys, [&](const ForeignKey& one) {
    return one.columns.size() == 1 && is_column(one.columns.front(), letter);
  });
  return key == table.foreign_keys.end() ? nullptr : &*key;
}

// The names of a relation and its two fields.
struct RelationNames {
  std::string relation;  // empty: needs none
  std::string forward;
  std::string back;
};

std::string_view action_name(ReferentialAction action) {
  switch (action) {
    case ReferentialAction::no_action:
      return "NoAction";
    case ReferentialAction::restrict_:
      return "Restrict";
    case ReferentialAction::cascade:
      return "Cascade";
    case ReferentialAction::set_null:
      return "SetNull";
    case ReferentialAction::set_default:
      return "SetDefault";
  }
  return "";
}

class Reader {
 public:
  Reader(const Catalog& database, const schema::Snapshot& existing, const PullNames& names)
      : database_(database), existing_(existing), names_(names) {}

  std::vector<PulledRelation> run() && {
    find_ambiguous();
    for_each_table([&](const Table& table) {
      if (!is_implicit_join_table(table)) add_inline(table);
    });
    for_each_table([&](const Table& table) {
      if (is_implicit_join_table(table)) add_many_to_many(table);
    });
    return std::move(found_);
  }

 private:
  void for_each_table(auto visit) const {
    for (const auto& [name, table] : database_.tables) {
      if (!table.partition_of) visit(table);
    }
  }

  bool is_known(const QualifiedName& table) const {
    const Table* found = database_.find_table(table);
    return found && !found->partition_of;
  }

  // Two models with several relations between them: each needs a name.
  void find_ambiguous() {
    std::set<std::pair<Ends, std::vector<std::string>>> seen;
    std::map<Ends, int> counts;
    for_each_table([&](const Table& table) {
      if (is_implicit_join_table(table)) {
        ++counts[std::minmax(key_over(table, 'a')->referenced_table, key_over(table, 'b')->referenced_table)];
        return;
      }
      for (const ForeignKey& key : table.foreign_keys) {
        std::vector<std::string> columns = key.columns;
        columns.push_back(table.name.schema + "." + table.name.name);
        if (seen.emplace(ends_of(table, key), columns).second) ++counts[ends_of(table, key)];
        const std::string target = names_.name_of_table(key.referenced_table);
        const bool clashes = std::ranges::any_of(key.columns, [&](const std::string& column) {
          return names_.name_of_column(table.name, column) == target;
        });
        if (clashes) ambiguous_.insert(ends_of(table, key));
      }
    });
    for (const auto& [ends, count] : counts) {
      if (count > 1) ambiguous_.insert(ends);
    }
  }

  // Over the same columns to the same columns as one before it.
  static bool repeats(const Table& table, std::size_t at) {
    return std::ranges::any_of(std::span(table.foreign_keys).first(at), [&](const ForeignKey& other) {
      const ForeignKey& key = table.foreign_keys[at];
      return other.columns == key.columns && other.referenced_table == key.referenced_table &&
             other.referenced_columns == key.referenced_columns;
    });
  }

  std::optional<schema::Relation> existing_inline(const Table& table, const ForeignKey& key) const {
    const schema::Placed* model = names_.model(table.name);
    if (!model) return std::nullopt;
    for (const schema::Field& field : (*model)->fields) {
      if (!field.relation || !field.relation->has_fields) continue;
      if (column_names(**model, field.relation->fields) != key.columns) continue;
      auto relation = existing_.relation_of(*model, field);
      if (relation && relation->other.field && relation->owner.field == &field) return relation;
    }
    return std::nullopt;
  }

  RelationNames inline_names(const Table& table, const ForeignKey& key) const {
    if (const auto known = existing_inline(table, key)) {
      return {known->explicitly_named ? known->name : "", std::string(known->owner.field->name),
              std::string(known->other.field->name)};
    }
    const bool self = table.name == key.referenced_table;
    const std::string from = names_.name_of_table(table.name);
    const std::string to = names_.name_of_table(key.referenced_table);
    const std::string prefix = self ? "other_" : "";
    if (!ambiguous_.contains(ends_of(table, key))) {
      return {self ? fmt::format("{}To{}", from, to) : "", to, prefix + from};
    }
    std::vector<std::string> columns;
    for (const std::string& column : key.columns) columns.push_back(names_.name_of_column(table.name, column));
    const std::string relation = fmt::format("{}_{}To{}", from, fmt::join(columns, "_"), to);
    return {relation, fmt::format("{}_{}", to, relation), fmt::format("{}{}_{}", prefix, from, relation)};
  }

  std::string field_list(const QualifiedName& table, const std::vector<std::string>& columns) const {
    std::vector<std::string> fields;
    for (const std::string& column : columns) fields.push_back(names_.name_of_column(table, column));
    return fmt::format("[{}]", fmt::join(fields, ", "));
  }

  void add_inline(const Table& table) {
    for (std::size_t at = 0; at < table.foreign_keys.size(); ++at) {
      const ForeignKey& key = table.foreign_keys[at];
      if (repeats(table, at) || !is_known(key.referenced_table)) continue;
      const RelationNames relation = inline_names(table, key);
      add(table.name, forward(table, key, relation));
      add(key.referenced_table, back(table, key, relation));
    }
  }

  PulledField forward(const Table& table, const ForeignKey& key, const RelationNames& relation) const {
    std::size_t required = 0;
    for (const std::string& name : key.columns) {
      const catalog::Column* column = table.find_column(name);
      if (column && !column->nullable) ++required;
    }
    std::vector<std::string> arguments;
    if (!relation.relation.empty()) arguments.push_back(schema_string(relation.relation));
    arguments.push_back("fields: " + field_list(table.name, key.columns));
    arguments.push_back("references: " + field_list(key.referenced_table, key.referenced_columns));
    const ReferentialAction usual = required > 0 ? ReferentialAction::restrict_ : ReferentialAction::set_null;
    if (key.on_delete != usual) arguments.push_back(fmt::format("onDelete: {}", action_name(key.on_delete)));
    if (key.on_update != ReferentialAction::cascade) {
      arguments.push_back(fmt::format("onUpdate: {}", action_name(key.on_update)));
    }
    if (key.name != foreign_key_name(table.name.name, key.columns)) {
      arguments.push_back("map: " + schema_string(key.name));
    }
    const std::string optional = required < key.columns.size() ? "?" : "";
    return field(relation.forward, names_.name_of_table(key.referenced_table) + optional,
                 fmt::format(" @relation({})", fmt::join(arguments, ", ")), ignored(table, key, table));
  }

  PulledField back(const Table& table, const ForeignKey& key, const RelationNames& relation) const {
    const auto within = [&](const std::string& column) {
      return std::ranges::find(key.columns, column) != key.columns.end();
    };
    const bool unique = (table.primary_key && std::ranges::all_of(table.primary_key->columns, within)) ||
                        std::ranges::any_of(table.indexes, [&](const catalog::Index& index) {
                          return index.unique && !index.predicate &&
                                 std::ranges::all_of(index.columns, within, &catalog::IndexColumn::column);
                        });
    const std::string attribute =
        relation.relation.empty() ? "" : fmt::format(" @relation({})", schema_string(relation.relation));
    const Table& referenced = *database_.find_table(key.referenced_table);
    return field(relation.back, names_.name_of_table(table.name) + (unique ? "?" : "[]"), attribute,
                 ignored(table, key, referenced));
  }

  // A field to a model that the client does not know has to be ignored where its own model is not.
  bool ignored(const Table& table, const ForeignKey& key, const Table& own) const {
    const auto usable = [&](const Table& one) { return has_usable_identifier(one, database_, names_); };
    const schema::Placed* model = names_.model(own.name);
    const bool own_ignored = !usable(own) || (model && (*model)->ignored);
    return !own_ignored && (!usable(table) || !usable(*database_.find_table(key.referenced_table)));
  }

  static PulledField field(const std::string& name, const std::string& type, const std::string& attribute,
                           bool ignored) {
    PulledField made;
    made.name = name;
    made.text = fmt::format("{} {}{}{}", name, type, attribute, ignored ? " @ignore" : "");
    made.relation = true;
    return made;
  }

  void add(const QualifiedName& table, PulledField field) { found_.push_back({table, std::move(field)}); }

  RelationNames join_names_of(const Table& table, const QualifiedName& a, const QualifiedName& b) const {
    const std::string found = table.name.name.substr(1);
    if (const schema::Placed* model = names_.model(a)) {
      for (const schema::Field& field : (*model)->fields) {
        const auto relation = existing_.relation_of(*model, field);
        if (!relation || relation->kind != schema::RelationKind::many_to_many || relation->name != found) continue;
        if (!relation->owner.field || !relation->other.field) continue;
        return {relation->explicitly_named ? relation->name : "", std::string(relation->owner.field->name),
                std::string(relation->other.field->name)};
      }
    }
    const bool self = a == b;
    const std::string of_a = names_.name_of_table(a);
    const std::string of_b = names_.name_of_table(b);
    if (ambiguous_.contains(std::minmax(a, b))) {
      return {found, fmt::format("{}{}{}", of_b, table.name.name, self ? "_A" : ""),
              fmt::format("{}{}{}", of_a, table.name.name, self ? "_B" : "")};
    }
    const bool usual = found == fmt::format("{}To{}", of_a, of_b) && !self;
    return {usual ? "" : found, of_b + (self ? "_A" : ""), of_a + (self ? "_B" : "")};
  }

  void add_many_to_many(const Table& table) {
    const QualifiedName& a = key_over(table, 'a')->referenced_table;
    const QualifiedName& b = key_over(table, 'b')->referenced_table;
    if (!is_known(a) || !is_known(b)) return;
    const RelationNames relation = join_names_of(table, a, b);
    const std::string attribute =
        relation.relation.empty() ? "" : fmt::format(" @relation({})", schema_string(relation.relation));
    add(a, field(relation.forward, names_.name_of_table(b) + "[]", attribute, false));
    add(b, field(relation.back, names_.name_of_table(a) + "[]", attribute, false));
  }

  const Catalog& database_;
  const schema::Snapshot& existing_;
  const PullNames& names_;
  std::set<Ends> ambiguous_;
  std::vector<PulledRelation> found_;
};

}  // namespace

bool is_implicit_join_table(const Table& table) {
  if (!table.name.name.starts_with('_') || table.foreign_keys.size() != 2) return false;
  const ForeignKey* a = key_over(table, 'a');
  const ForeignKey* b = key_over(table, 'b');
  if (!a || !b || a->referenced_table.name > b->referenced_table.name) return false;
  const auto over_both = [](const auto& columns, auto name) {
    return columns.size() == 2 && is_column(name(columns[0]), 'a') && is_column(name(columns[1]), 'b');
  };
  const auto column_of = [](const catalog::IndexColumn& column) -> std::string_view { return column.column; };
  const bool keyed =
      table.primary_key && over_both(table.primary_key->columns, [](std::string_view name) { return name; });
  const bool unique = std::ranges::any_of(
      table.indexes, [&](const catalog::Index& index) { return index.unique && over_both(index.columns, column_of); });
  return (keyed || unique) && std::ranges::any_of(table.indexes, [&](const catalog::Index& index) {
           return !index.unique && index.columns.size() == 1 && is_column(index.columns.front().column, 'b');
         });
}

std::vector<PulledRelation> pulled_relations(const Catalog& database, const schema::Snapshot& existing,
                                             const PullNames& names) {
  return Reader(database, existing, names).run();
}

bool has_usable_identifier(const Table& table, const Catalog& database, const PullNames& names) {
  const auto usable = [&](const std::string& name) {
    const catalog::Column* column = table.find_column(name);
    return column && !column->nullable && !column->type.array && !pulled_type(*column, database, names).unsupported;
  };
  if (table.primary_key && std::ranges::all_of(table.primary_key->columns, usable)) return true;
  return std::ranges::any_of(table.indexes, [&](const catalog::Index& index) {
    return index.unique && !index.predicate &&
           std::ranges::all_of(index.columns, usable, &catalog::IndexColumn::column);
  });
}

}  // namespace refract::migrate
