#include <algorithm>

#include "catalog/replay/replayer.h"

namespace refract::catalog {
namespace {

template <class Map>
bool any_in(const Map& map, const std::string& schema) {
  return std::ranges::any_of(map, [&](const auto& entry) { return entry.first.schema == schema; });
}

template <class Map>
std::vector<QualifiedName> names_in(const Map& map, const std::string& schema) {
  std::vector<QualifiedName> names;
  for (const auto& [name, value] : map) {
    if (name.schema == schema) names.push_back(name);
  }
  return names;
}

}  // namespace

Outcome Replayer::apply(const CreateSchema& step) {
  const std::string name = catalog_.known_schema(step.name);
  if (name.starts_with("pg_")) {
    return refuse(Refusal::Kind::other, "schema \"" + step.name + "\" begins with \"pg_\", as only PostgreSQL's own do",
                  "reserved_name");
  }
  if (has_schema(name)) {
    if (step.if_not_exists) return {};
    return refuse(Refusal::Kind::duplicate, "schema \"" + step.name + "\" already exists", "duplicate_schema");
  }
  if (schema_names_) {
    schema_names_->insert(name);
    catalog_.schemas.push_back(name);
  } else {
    catalog_.schemas.insert(std::ranges::upper_bound(catalog_.schemas, name), name);
  }
  return {};
}

Outcome Replayer::apply(const RenameSchema& written) {
  const RenameSchema step{catalog_.known_schema(written.name), written.to};
  if (!has_schema(step.name))
    return refuse(Refusal::Kind::missing_object, "schema \"" + step.name + "\" does not exist", "invalid_schema_name");
  if (has_schema(step.to))
    return refuse(Refusal::Kind::duplicate, "schema \"" + step.to + "\" already exists", "duplicate_schema");
  std::ranges::replace(catalog_.schemas, step.name, step.to);
  std::ranges::sort(catalog_.schemas);
  for (const QualifiedName& name : names_in(catalog_.enums, step.name))
    static_cast<void>(apply(SetEnumSchema{name, step.to}));
  for (const QualifiedName& name : names_in(catalog_.tables, step.name))
    static_cast<void>(apply(SetTableSchema{name, step.to}));
  for (const QualifiedName& name : names_in(catalog_.views, step.name))
    static_cast<void>(apply(SetTableSchema{name, step.to}));
  for (const QualifiedName& name : names_in(catalog_.sequences, step.name))
    rename_sequence_references(name, {step.to, name.name});
  for (Unmanaged& object : catalog_.unmanaged) {
    if (object.name.schema == step.name) object.name.schema = step.to;
  }
  forget_relations();
  return {};
}

Outcome Replayer::apply(const DropSchema& written) {
  DropSchema step = written;
  step.name = catalog_.known_schema(written.name);
  if (!has_schema(step.name)) {
    if (step.if_exists) return {};
    return refuse(Refusal::Kind::missing_object, "schema \"" + step.name + "\" does not exist", "invalid_schema_name");
  }
  const auto in_schema = [&](const Unmanaged& object) { return object.name.schema == step.name; };
  const bool filled = any_in(catalog_.tables, step.name) || any_in(catalog_.enums, step.name) ||
                      any_in(catalog_.views, step.name) || any_in(catalog_.sequences, step.name) ||
                      std::ranges::any_of(catalog_.unmanaged, in_schema);
  if (filled && !step.cascade)
    return refuse(Refusal::Kind::other, "cannot drop schema \"" + step.name + "\": it is not empty",
                  "dependent_objects_still_exist");
  for (const QualifiedName& name : names_in(catalog_.views, step.name))
    static_cast<void>(
        apply(DropView{name, true, true, catalog_.views.contains(name) && catalog_.views.at(name).materialized}));
  for (const QualifiedName& name : names_in(catalog_.tables, step.name))
    static_cast<void>(apply(DropTable{name, true, true}));
  for (const QualifiedName& name : names_in(catalog_.enums, step.name)) static_cast<void>(drop_type(name, true));
  for (const QualifiedName& name : names_in(catalog_.sequences, step.name))
    static_cast<void>(drop_sequence(name, true));
  std::erase_if(catalog_.unmanaged, in_schema);
  std::erase(catalog_.schemas, step.name);
  forget_relations();
  return {};
}

Outcome Replayer::apply(const CreateExtension& step) {
  if (catalog_.extensions.contains(step.extension.name)) {
    if (step.if_not_exists) return {};
    return refuse(Refusal::Kind::duplicate, "extension \"" + step.extension.name + "\" already exists",
                  "duplicate_object");
  }
  Extension extension = step.extension;
  extension.schema = catalog_.known_schema(extension.schema);
  if (!extension.schema.empty() && !has_schema(extension.schema)) {
    return refuse(Refusal::Kind::missing_other, "schema \"" + step.extension.schema + "\" does not exist",
                  "invalid_schema_name");
  }
  const std::string name = extension.name;
  catalog_.extensions[name] = std::move(extension);
  return {};
}

Outcome Replayer::apply(const AlterExtension& step) {
  const auto found = catalog_.extensions.find(step.name);
  if (found == catalog_.extensions.end())
    return refuse(Refusal::Kind::missing_object, "extension \"" + step.name + "\" does not exist", "undefined_object");
  if (!step.new_version.empty()) found->second.version = step.new_version;
  if (!step.new_schema.empty()) found->second.schema = catalog_.known_schema(step.new_schema);
  return {};
}

Outcome Replayer::apply(const DropExtension& step) {
  const auto found = catalog_.extensions.find(step.name);
  if (found == catalog_.extensions.end()) {
    if (step.if_exists) return {};
    return refuse(Refusal::Kind::missing_object, "extension \"" + step.name + "\" does not exist", "undefined_object");
  }
  for (const QualifiedName& type : types_of_extension(found->second)) {
    if (Outcome dropped = drop_type(type, step.cascade); !dropped) return dropped;
  }
  catalog_.extensions.erase(found);
  return {};
}

Outcome Replayer::apply(const SetSearchPath& step) {
  SetSearchPath known = step;
  for (std::string& schema : known.schemas) schema = catalog_.known_schema(schema);
  path_.apply(known);
  return {};
}

}  // namespace refract::catalog
