#include <algorithm>
#include <array>

#include "catalog/expression/expression.h"
#include "catalog/expression/extension_objects.h"
#include "catalog/expression/names.h"
#include "catalog/expression/type.h"
#include "catalog/replay/replayer.h"

namespace refract::catalog {
namespace {

bool is_type_kind(UnmanagedKind kind) {
  return kind == UnmanagedKind::domain || kind == UnmanagedKind::composite_type || kind == UnmanagedKind::range_type;
}

}  // namespace

namespace {

// The table itself, and what of it has a name among the relations.
template <class Visit>
void each_relation_of(const Table& table, Visit visit) {
  const std::string& schema = table.name.schema;
  visit(table.name, RelationKind::table);
  for (const Index& index : table.indexes) visit({schema, index.name}, RelationKind::index);
  if (table.primary_key) visit({schema, table.primary_key->name}, RelationKind::primary_key);
  for (const Exclusion& exclusion : table.exclusions) visit({schema, exclusion.name}, RelationKind::other);
}

}  // namespace

bool is_of_system(const QualifiedName& name) {
  static constexpr std::array<std::string_view, 5> kOfExtensions = {
      "spatial_ref_sys", "geometry_columns", "geography_columns", "raster_columns", "raster_overviews"};
  return name.schema == "information_schema" || name.schema == "pg_catalog" || name.name.starts_with("pg_") ||
         std::ranges::find(kOfExtensions, name.name) != kOfExtensions.end();
}

const Relation* Replayer::find_relation(const QualifiedName& name) {
  if (!relations_) {
    relations_.emplace();
    for (const auto& [name, table] : catalog_.tables) add_relations_of(table);
    for (const auto& [sequence, value] : catalog_.sequences) (*relations_)[sequence] = {RelationKind::sequence, {}};
    for (const auto& [view, value] : catalog_.views) (*relations_)[view] = {RelationKind::view, {}};
    for (const Unmanaged& object : catalog_.unmanaged) {
      if (object.kind == UnmanagedKind::composite_type || object.kind == UnmanagedKind::foreign_table) {
        (*relations_)[object.name] = {RelationKind::other, {}};
      }
    }
  }
  const auto found = relations_->find(name);
  return found == relations_->end() ? nullptr : &found->second;
}

void Replayer::add_relation(const QualifiedName& name, Relation relation) {
  if (relations_) (*relations_)[name] = std::move(relation);
}

void Replayer::remove_relation(const QualifiedName& name) {
  if (relations_) relations_->erase(name);
}

void Replayer::add_relations_of(const Table& table) {
  each_relation_of(table, [&](const QualifiedName& name, RelationKind kind) {
    add_relation(name, {kind, table.name});
  });
}

void Replayer::remove_relations_of(const Table& table) {
  each_relation_of(table, [&](const QualifiedName& name, RelationKind) { remove_relation(name); });
}

void Replayer::move_relation(const QualifiedName& from, const QualifiedName& to) {
  if (!relations_) return;
  auto node = relations_->extract(from);
  if (node.empty()) return;
  node.key() = to;
  relations_->insert(std::move(node));
}

bool Replayer::has_schema(std::string_view schema) const {
  if (schema == "pg_temp") return true;
  return schema_names_ ? schema_names_->contains(std::string(schema))
                       : std::ranges::binary_search(catalog_.schemas, schema);
}

bool Replayer::has_type(const QualifiedName& name) const {
  if (catalog_.enums.contains(name) || catalog_.tables.contains(name) || catalog_.views.contains(name)) return true;
  return may_name_unmanaged(name.name) && std::ranges::any_of(catalog_.unmanaged, [&](const Unmanaged& object) {
           return is_type_kind(object.kind) && object.name == name;
         });
}

bool Replayer::may_name_unmanaged(const std::string& name) const {
  if (!unmanaged_names_) {
    unmanaged_names_.emplace();
    for (const Unmanaged& object : catalog_.unmanaged) unmanaged_names_->insert(object.name.name);
  }
  return unmanaged_names_->contains(name);
}

bool Replayer::may_name_constraint(const std::string& name) {
  if (!constraint_names_) {
    constraint_names_.emplace();
    const auto add = [&](const auto& constraints) {
      for (const auto& constraint : constraints) constraint_names_->insert(constraint.name);
    };
    for (const auto& [key, table] : catalog_.tables) {
      if (table.primary_key) constraint_names_->insert(table.primary_key->name);
      add(table.foreign_keys);
      add(table.checks);
      add(table.exclusions);
      for (const Index& index : table.indexes) {
        if (index.constraint) constraint_names_->insert(index.name);
      }
    }
  }
  return constraint_names_->contains(name);
}

void Replayer::note_constraint(const std::string& name) {
  if (constraint_names_) constraint_names_->insert(name);
}

QualifiedName Replayer::resolve(const QualifiedName& name) {
  if (!name.schema.empty()) return {catalog_.known_schema(name.schema), name.name};
  if (find_relation({"pg_temp", name.name}) != nullptr) return {"pg_temp", name.name};
  for (const std::string& schema : search_path()) {
    if (find_relation({schema, name.name}) != nullptr) return {schema, name.name};
  }
  return name;
}

Replayer::Found<QualifiedName> Replayer::name_for_new(const QualifiedName& name) const {
  if (!name.schema.empty()) {
    QualifiedName known{catalog_.known_schema(name.schema), name.name};
    if (has_schema(known.schema)) return known;
    return refuse(Refusal::Kind::missing_other, "schema \"" + name.schema + "\" does not exist", "invalid_schema_name");
  }
  for (const std::string& schema : search_path()) {
    if (has_schema(schema)) return QualifiedName{schema, name.name};
  }
  return refuse(Refusal::Kind::other,
                "no schema is selected to create \"" + name.name + "\" in: the search_path is empty");
}

Replayer::Found<Table*> Replayer::table_named(const QualifiedName& name) {
  const QualifiedName full = resolve(name);
  const auto found = catalog_.tables.find(full);
  if (found != catalog_.tables.end()) return &found->second;
  if (find_relation(full) != nullptr) return refuse(Refusal::Kind::other, shown(name) + " is not a table");
  if (name.name == kRecords) return refuse(Refusal::Kind::elsewhere, {});
  return refuse(Refusal::Kind::missing_object, "table " + shown(name) + " does not exist", "undefined_table");
}

Replayer::Found<Column*> Replayer::column_named(Table& table, const std::string& column) {
  if (Column* found = table.find_column(column)) return found;
  return refuse(Refusal::Kind::missing_other,
                "column \"" + column + "\" of table " + shown(table.name) + " does not exist", "undefined_column");
}

Outcome Replayer::free_relation_name(const QualifiedName& name) {
  if (find_relation(name) == nullptr) return {};
  return refuse(Refusal::Kind::duplicate, "relation " + shown(name) + " already exists", "duplicate_table");
}

bool Replayer::constraint_in_schema(const std::string& schema, const std::string& name) {
  if (!may_name_constraint(name)) return false;
  return std::ranges::any_of(catalog_.tables, [&](auto& entry) {
    Table& table = entry.second;
    if (entry.first.schema != schema) return false;
    const auto has = [&](auto& constraints) { return item_named(constraints, name) != nullptr; };
    if ((table.primary_key && table.primary_key->name == name) || has(table.foreign_keys) || has(table.checks) ||
        has(table.exclusions)) {
      return true;
    }
    const Index* index = item_named(table.indexes, name);
    return index != nullptr && index->constraint;
  });
}

std::string Replayer::choose_index_name(const Table& table, const std::vector<std::string>& columns,
                                        const char* label) {
  std::string joined;
  for (const std::string& column : columns) {
    if (!joined.empty()) joined += '_';
    joined += column;
    if (joined.size() >= 63) break;
  }
  const bool is_constraint = std::string_view(label) != "idx" && std::string_view(label) != "seq";
  return choose_name(table, joined, label, [&](const std::string& name) {
    return find_relation({table.name.schema, name}) == nullptr &&
           !(is_constraint && constraint_in_schema(table.name.schema, name));
  });
}

std::string Replayer::choose_name(const Table& table, const std::string& columns, const std::string& label,
                                  const std::function<bool(const std::string&)>& is_free) {
  std::string name = make_object_name(table.name.name, columns, label);
  int passed = 0;
  int& pass = follows_names_ ? passes_[{table.name.schema, name}] : passed;
  for (;; ++pass) {
    if (pass > 0) name = make_object_name(table.name.name, columns, label + std::to_string(pass));
    if (is_free(name)) return name;
  }
}

std::string Replayer::choose_constraint_name(const Table& table, const std::string& columns, const char* label) {
  return choose_name(table, columns, label,
                     [&](const std::string& name) { return !constraint_in_schema(table.name.schema, name); });
}

std::vector<QualifiedName> Replayer::types_of_extension(const Extension& extension) const {
  std::vector<QualifiedName> types;
  for (const std::string_view type : catalog::types_of_extension(extension.name)) {
    types.push_back({extension.schema.empty() ? "public" : extension.schema, std::string(type)});
  }
  return types;
}

std::optional<QualifiedName> Replayer::find_type(const QualifiedName& name) const {
  if (!name.schema.empty()) {
    QualifiedName known{catalog_.known_schema(name.schema), name.name};
    return has_type(known) ? std::optional(std::move(known)) : std::nullopt;
  }
  for (const std::string& schema : search_path()) {
    if (has_type({schema, name.name})) return QualifiedName{schema, name.name};
  }
  return std::nullopt;
}

Replayer::Found<ColumnType> Replayer::resolve_type(const ColumnType& type) {
  ColumnType resolved = type;
  if (type.schema.empty() && is_builtin_type(type.name)) {
    if (std::string fault = modifier_fault(type); !fault.empty())
      return refuse(Refusal::Kind::other, std::move(fault), "invalid_parameter_value");
    return resolved;
  }
  if (const auto found = find_type({type.schema, type.name})) {
    resolved.schema = found->schema;
    return resolved;
  }
  const std::string_view known = extension_of_type(type.name);
  for (const auto& [name, extension] : catalog_.extensions) {
    if (known.empty() ? may_have_unknown_types(name) : known == name) {
      if (type.schema.empty()) resolved.schema = extension.schema.empty() ? "public" : extension.schema;
      return resolved;
    }
  }
  if (after_opaque_) {
    if (resolved.schema.empty()) resolved.schema = search_path().empty() ? "public" : search_path().front();
    return resolved;
  }
  return refuse(Refusal::Kind::missing_other, "type " + shown({type.schema, type.name}) + " does not exist",
                "undefined_object");
}

}  // namespace refract::catalog
