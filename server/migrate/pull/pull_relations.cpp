#include "migrate/pull/pull_relations.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migrate/diff/expressible.h"
#include "migrate/pull/pull_column.h"
#include "migrate/wanted/join_table.h"
#include "migrate/wanted/names.h"
#include "migrate/wanted/table_parts.h"

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
  Reader(const Catalog& database, const schema::Snapshot& existing, const PullNames& names,
         const PullExceptions& exceptions)
      : database_(database), existing_(existing), names_(names), exceptions_(exceptions) {}

  std::vector<PulledRelation> run() && {
    find_ambiguous();
    for_each_table([&](const Table& table) {
      if (!is_join_table(table)) add_inline(table);
    });
    for_each_table([&](const Table& table) {
      if (is_join_table(table)) add_many_to_many(table);
    });
    return std::move(found_);
  }

 private:
  void for_each_table(auto visit) const {
    for (const auto& [name, table] : database_.tables) {
      if (names_.describes(table)) visit(table);
    }
  }

  bool is_known(const QualifiedName& table) const {
    const Table* found = database_.find_table(table);
    return found && names_.describes(*found);
  }
  bool is_join_table(const Table& table) const { return is_expressed_by_relation(table, database_, names_); }
  bool is_relation(const Table& table, std::size_t at) const {
    const ForeignKey& key = table.foreign_keys[at];
    return is_known(key.referenced_table) && !exceptions_.without.contains({table.name, key.name});
  }

  // Two models with several relations between them: each needs a name.
  void find_ambiguous() {
    std::map<Ends, int> counts;
    for_each_table([&](const Table& table) {
      if (is_join_table(table)) {
        const Ends ends = std::minmax(join_key(table, 'A')->referenced_table, join_key(table, 'B')->referenced_table);
        ++counts[ends];
        relations_[ends].insert(table.name.name.substr(1));
        return;
      }
      for (std::size_t at = 0; at < table.foreign_keys.size(); ++at) {
        if (!is_relation(table, at)) continue;
        const ForeignKey& key = table.foreign_keys[at];
        ++counts[ends_of(table, key)];
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

  std::optional<schema::Relation> existing_inline(const Table& table, const ForeignKey& key) const {
    const schema::Placed* model = names_.model(table.name);
    if (!model) return std::nullopt;
    // Of several over the same columns, by name.
    const bool alone = std::ranges::count(table.foreign_keys, key.columns, &ForeignKey::columns) == 1;
    for (const schema::Field& field : (*model)->fields) {
      if (!field.relation || !field.relation->has_fields) continue;
      if (column_names(**model, field.relation->fields) != key.columns) continue;
      auto relation = existing_.relation_of(*model, field);
      if (!relation || !relation->other.field || relation->owner.field != &field) continue;
      const auto known = foreign_key_of(*relation);
      if (alone || (known && known->name == key.name)) return relation;
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
      if (!is_relation(table, at)) continue;
      RelationNames relation = inline_names(table, key);
      if (!existing_inline(table, key)) make_distinct(relation, table.name, key.referenced_table, true);
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
                 fmt::format(" @relation({})", fmt::join(arguments, ", ")), ignored(table, key, table), table.name,
                 key.name);
  }

  PulledField back(const Table& table, const ForeignKey& key, const RelationNames& relation) const {
    // One to one where the schema has a key over these very fields.
    const std::set<std::string> fields(key.columns.begin(), key.columns.end());
    const auto covers = [&](const auto& columns, auto name) {
      std::set<std::string> named;
      for (const auto& column : columns) named.insert(std::invoke(name, column));
      return named == fields;
    };
    const bool unique = (table.primary_key && covers(table.primary_key->columns, std::identity())) ||
                        std::ranges::any_of(table.indexes, [&](const catalog::Index& index) {
                          return is_plain_unique(index) && covers(index.columns, &catalog::IndexColumn::column);
                        });
    const std::string attribute =
        relation.relation.empty() ? "" : fmt::format(" @relation({})", schema_string(relation.relation));
    const Table& referenced = *database_.find_table(key.referenced_table);
    return field(relation.back, names_.name_of_table(table.name) + (unique ? "?" : "[]"), attribute,
                 ignored(table, key, referenced), table.name, key.name);
  }

  // A field to a model that the client does not know has to be ignored where its own model is not.
  bool ignored(const Table& table, const ForeignKey& key, const Table& own) const {
    const auto usable = [&](const Table& one) { return has_usable_identifier(one, database_, names_); };
    const schema::Placed* model = names_.model(own.name);
    const bool own_ignored = !usable(own) || (model && (*model)->ignored);
    return !own_ignored && (!usable(table) || !usable(*database_.find_table(key.referenced_table)));
  }

  // New names clash with no other field's, and no other relation's between the two.
  void make_distinct(RelationNames& names, const QualifiedName& owner, const QualifiedName& other, bool numbered) {
    names.forward = distinct_name(taken(owner), names.forward);
    names.back = distinct_name(taken(other), names.back);
    if (numbered && !names.relation.empty())
      names.relation = distinct_name(relations_[std::minmax(owner, other)], names.relation);
  }

  std::set<std::string>& taken(const QualifiedName& table) {
    const auto [found, first] = taken_.try_emplace(table);
    if (first) found->second = names_.taken_fields(table);
    return found->second;
  }

  static PulledField field(const std::string& name, const std::string& type, const std::string& attribute, bool ignored,
                           const QualifiedName& table, const std::string& key) {
    PulledField made;
    made.name = name;
    made.text = fmt::format("{} {}{}{}", name, type, attribute, ignored ? " @ignore" : "");
    made.relation = true;
    made.origin = key;
    made.origin_table = table;
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
      const std::string own = schema_name(found);
      return {found, fmt::format("{}_{}{}", of_b, own, self ? "_A" : ""),
              fmt::format("{}_{}{}", of_a, own, self ? "_B" : "")};
    }
    const bool usual = found == fmt::format("{}To{}", of_a, of_b) && !self;
    return {usual ? "" : found, of_b + (self ? "_A" : ""), of_a + (self ? "_B" : "")};
  }

  void add_many_to_many(const Table& table) {
    const QualifiedName& a = join_key(table, 'A')->referenced_table;
    const QualifiedName& b = join_key(table, 'B')->referenced_table;
    RelationNames relation = join_names_of(table, a, b);
    if (!names_.is_known_join_table(table.name)) make_distinct(relation, a, b, false);
    const std::string attribute =
        relation.relation.empty() ? "" : fmt::format(" @relation({})", schema_string(relation.relation));
    add(a, field(relation.forward, names_.name_of_table(b) + "[]", attribute, false, {}, ""));
    add(b, field(relation.back, names_.name_of_table(a) + "[]", attribute, false, {}, ""));
  }

  const Catalog& database_;
  const schema::Snapshot& existing_;
  const PullNames& names_;
  const PullExceptions& exceptions_;
  std::set<Ends> ambiguous_;
  std::map<QualifiedName, std::set<std::string>> taken_;
  std::map<Ends, std::set<std::string>> relations_;
  std::vector<PulledRelation> found_;
};

// To the id of a model, as the column of an implicit many-to-many relation does.
bool points_to_id(const Table& table, const ForeignKey& key, const Catalog& database, const PullNames& names) {
  const Table* referenced = database.find_table(key.referenced_table);
  if (!referenced || !names.describes(*referenced) || !referenced->primary_key) return false;
  if (referenced->name.schema != table.name.schema || key.deferrable) return false;
  if (referenced->primary_key->columns.size() != 1 || referenced->primary_key->columns != key.referenced_columns) {
    return false;
  }
  const catalog::Column* column = table.find_column(key.columns.front());
  const catalog::Column* id = referenced->find_column(key.referenced_columns.front());
  if (!column || !id || pulled_type(*id, database, names).unsupported) return false;
  if (names.is_known_join_table(table.name)) return true;  // what differs is for a migration
  return !column->nullable && !column->default_value && column->identity == catalog::Identity::none &&
         column->type == id->type && key.on_delete == ReferentialAction::cascade &&
         key.on_update == ReferentialAction::cascade;
}

}  // namespace

bool is_expressed_by_relation(const Table& table, const Catalog& database, const PullNames& names) {
  if (!names.describes(table) || names.model(table.name) || names.becomes_model(table.name)) return false;
  if (!is_implicit_join_table(table) || table.columns.size() != 2) return false;
  const ForeignKey& a = *join_key(table, 'A');
  const ForeignKey& b = *join_key(table, 'B');
  if (!points_to_id(table, a, database, names) || !points_to_id(table, b, database, names)) return false;
  // The model that sorts first is what A points to.
  return names.name_of_table(a.referenced_table) <= names.name_of_table(b.referenced_table);
}

std::vector<PulledRelation> pulled_relations(const Catalog& database, const schema::Snapshot& existing,
                                             const PullNames& names, const PullExceptions& exceptions) {
  return Reader(database, existing, names, exceptions).run();
}

bool has_usable_identifier(const Table& table, const Catalog& database, const PullNames& names) {
  const auto usable = [&](const std::string& name) {
    const catalog::Column* column = table.find_column(name);
    return column && !column->nullable && !column->type.array && !pulled_type(*column, database, names).unsupported;
  };
  if (table.primary_key && std::ranges::all_of(table.primary_key->columns, usable)) return true;
  return std::ranges::any_of(table.indexes, [&](const catalog::Index& index) {
    return is_plain_unique(index) && std::ranges::all_of(index.columns, usable, &catalog::IndexColumn::column);
  });
}

}  // namespace refract::migrate
