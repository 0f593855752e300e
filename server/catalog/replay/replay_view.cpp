#include <algorithm>
#include <array>

#include "catalog/expression/printer.h"
#include "catalog/replay/replayer.h"

namespace refract::catalog {

namespace {

// Whether a query takes all columns of something. count(*) does not.
bool has_star(std::string_view text) {
  for (std::size_t at = text.find('*'); at != std::string_view::npos; at = text.find('*', at + 1)) {
    const std::size_t before = text.find_last_not_of(" \t\r\n", at == 0 ? 0 : at - 1);
    const bool counts = before != std::string_view::npos && text[before] == '(';
    const bool word = before != std::string_view::npos && (text[before] == '.' || text[before] == ',');
    if (!counts &&
        (word || text.substr(0, before + 1).ends_with("elect") || text.substr(0, before + 1).ends_with("ELECT")))
      return true;
  }
  return false;
}

bool reads_column(const View& view, const QualifiedName& table, const std::string& column) {
  return view.takes_by_star(table, column) || mentions_name(view.definition, column);
}

}  // namespace

Outcome Replayer::apply(const CreateView& step) {
  View view = step.view;
  // A view over a temporary table is temporary itself.
  const bool temporary = step.temporary || std::ranges::any_of(view.uses, [&](const QualifiedName& used) {
                           return resolve(used).schema == "pg_temp";
                         });
  if (temporary && view.name.schema.empty()) view.name.schema = "pg_temp";
  const auto name = name_for_new(view.name);
  if (!name) return std::unexpected(name.error());
  const Relation* taken = find_relation(*name);
  if (taken != nullptr && !(step.or_replace && taken->kind == RelationKind::view)) return free_relation_name(*name);
  view.name = *name;
  for (QualifiedName& used : view.uses) {
    used = resolve(used);
    if (find_relation(used) != nullptr || is_of_system(used) || after_opaque_) continue;
    return refuse(Refusal::Kind::missing_other, "table " + shown(used) + " does not exist", "undefined_table");
  }
  // Catalog tables are no relations that we know of.
  std::erase_if(view.uses,
                [&](const QualifiedName& used) { return used.schema.empty() || find_relation(used) == nullptr; });
  std::ranges::sort(view.uses);
  for (const QualifiedName& used : view.uses) {
    const Table* table = catalog_.find_table(used);
    if (table == nullptr || !has_star(view.definition)) continue;
    for (const Column& column : table->columns) view.star.value[used].push_back(column.name);
  }
  catalog_.views[*name] = std::move(view);
  add_relation(*name, {RelationKind::view, {}});
  return {};
}

Outcome Replayer::apply(const RenameView& step) {
  const QualifiedName from = resolve(step.view);
  if (!catalog_.views.contains(from))
    return refuse(Refusal::Kind::missing_object, "view " + shown(step.view) + " does not exist", "undefined_table");
  const QualifiedName to{from.schema, step.to};
  if (Outcome free = free_relation_name(to); !free) return free;
  auto node = catalog_.views.extract(from);
  node.key() = node.mapped().name = to;
  node.mapped().rewritten.value = true;
  catalog_.views.insert(std::move(node));
  move_relation(from, to);
  rename_table_references(from, to);
  return {};
}

Outcome Replayer::drop_view_dependents(const QualifiedName& relation, bool cascade, const std::string& what,
                                       const std::string* column) {
  std::vector<QualifiedName> dependents;
  for (const auto& [name, view] : catalog_.views) {
    if (name == relation || std::ranges::find(view.uses, relation) == view.uses.end()) continue;
    if (column == nullptr || reads_column(view, relation, *column)) dependents.push_back(name);
  }
  if (!dependents.empty() && !cascade) {
    return refuse(Refusal::Kind::other, what + ": view " + shown(dependents.front()) + " uses it",
                  "dependent_objects_still_exist");
  }
  for (const QualifiedName& view : dependents) {
    if (!catalog_.views.contains(view)) continue;
    static_cast<void>(drop_view_dependents(view, true, what));
    erase_view(view);
  }
  return {};
}

Outcome Replayer::apply(const DropView& step) {
  const QualifiedName name = resolve(step.view);
  if (!catalog_.views.contains(name)) {
    if (step.if_exists) return {};
    return refuse(Refusal::Kind::missing_object, "view " + shown(step.view) + " does not exist", "undefined_table");
  }
  if (catalog_.views.at(name).materialized != step.materialized) {
    return refuse(Refusal::Kind::other,
                  shown(step.view) + (step.materialized ? " is not" : " is") + " a materialized view",
                  "wrong_object_type");
  }
  if (Outcome dropped = drop_view_dependents(name, step.cascade, "cannot drop view " + shown(name)); !dropped)
    return dropped;
  erase_view(name);
  return {};
}

void Replayer::erase_view(const QualifiedName& name) {
  std::erase_if(catalog_.unmanaged, [&](const Unmanaged& object) { return object.on_table == name; });
  catalog_.views.erase(name);
  remove_relation(name);
}

// Leaves out what the catalog does not have.
void Replayer::resolve_types(std::vector<QualifiedName>& names) const {
  std::vector<QualifiedName> known;
  for (const QualifiedName& name : names) {
    if (auto type = find_type(name)) known.push_back(std::move(*type));
  }
  names = std::move(known);
}

Outcome Replayer::apply(const CreateUnmanaged& step) {
  Unmanaged object = step.object;
  const bool in_schema = !object.name.name.empty() && !object.on_table && object.kind != UnmanagedKind::comment &&
                         object.kind != UnmanagedKind::role && object.kind != UnmanagedKind::publication &&
                         object.kind != UnmanagedKind::event_trigger && object.kind != UnmanagedKind::grant;
  if (in_schema) {
    const auto name = name_for_new(object.name);
    if (!name) return std::unexpected(name.error());
    object.name = *name;
  }
  if (object.on_table) {
    const QualifiedName table = resolve(*object.on_table);
    // What a grant is on may be PostgreSQL's own or an extension's.
    if (find_relation(table) == nullptr && object.kind == UnmanagedKind::grant) {
      object.on_table.reset();
    } else if (find_relation(table) == nullptr && table.name == kRecords) {
      return refuse(Refusal::Kind::elsewhere, {});
    } else if (find_relation(table) == nullptr) {
      return refuse(Refusal::Kind::missing_other, "table " + shown(*object.on_table) + " does not exist",
                    "undefined_table");
    }
    if (object.on_table) object.on_table = table;
  }
  if (object.kind != UnmanagedKind::trigger) resolve_types(object.uses);
  if (object.domain) {
    auto base = resolve_type(object.domain->base);
    if (!base) return std::unexpected(base.error());
    object.domain->base = std::move(*base);
  }
  const bool is_type = object.kind == UnmanagedKind::domain || object.kind == UnmanagedKind::composite_type ||
                       object.kind == UnmanagedKind::range_type;
  if (is_type && has_type(object.name))
    return refuse(Refusal::Kind::duplicate, "type " + shown(object.name) + " already exists", "duplicate_object");
  if (object.kind == UnmanagedKind::composite_type || object.kind == UnmanagedKind::foreign_table) {
    if (Outcome free = free_relation_name(object.name); !free) return free;
    add_relation(object.name, {RelationKind::other, {}});
  }
  const bool may_be_there = !object.name.name.empty() && may_name_unmanaged(object.name.name);
  const auto same =
      !may_be_there ? catalog_.unmanaged.end() : std::ranges::find_if(catalog_.unmanaged, [&](const Unmanaged& other) {
        return other.kind == object.kind && other.name == object.name && other.on_table == object.on_table;
      });
  note_unmanaged(object.name.name);
  if (same == catalog_.unmanaged.end()) {
    catalog_.unmanaged.push_back(std::move(object));
  } else if (step.or_replace) {
    *same = std::move(object);
  } else if (object.kind == UnmanagedKind::trigger || object.kind == UnmanagedKind::policy ||
             object.kind == UnmanagedKind::rule) {
    return refuse(Refusal::Kind::duplicate,
                  "\"" + object.name.name + "\" of table " + shown(*object.on_table) + " already exists",
                  "duplicate_object");
  } else {
    catalog_.unmanaged.push_back(std::move(object));  // functions of one name differ in their arguments
  }
  return {};
}

Outcome Replayer::apply(const SetDomainNullable& step) {
  const auto name = find_type(step.domain);
  const auto domain = std::ranges::find_if(
      catalog_.unmanaged, [&](const Unmanaged& object) { return object.domain && name && object.name == *name; });
  if (domain == catalog_.unmanaged.end()) {
    if (after_opaque_) return {};
    return refuse(Refusal::Kind::missing_other, "domain " + shown(step.domain) + " does not exist", "undefined_object");
  }
  domain->domain->not_null = !step.nullable;
  return {};
}

Outcome Replayer::apply(const DropUnmanaged& step) {
  std::optional<QualifiedName> table;
  if (step.on_table) table = resolve(*step.on_table);
  const auto named = [&](const Unmanaged& object) {
    if (object.kind != step.kind || object.name.name != step.name.name || object.on_table != table) return false;
    return step.name.schema.empty() ? object.name.schema.empty() ||
                                          std::ranges::find(search_path(), object.name.schema) != search_path().end()
                                    : object.name.schema == catalog_.known_schema(step.name.schema);
  };
  const auto found = std::ranges::find_if(catalog_.unmanaged, named);
  if (found == catalog_.unmanaged.end()) {
    const bool of_table =
        step.kind == UnmanagedKind::trigger || step.kind == UnmanagedKind::policy || step.kind == UnmanagedKind::rule;
    if (step.if_exists || !of_table) return {};
    return refuse(Refusal::Kind::missing_object,
                  "\"" + step.name.name + "\" of table " + shown(*step.on_table) + " does not exist",
                  "undefined_object");
  }
  if (step.kind == UnmanagedKind::foreign_table) remove_relation(found->name);
  catalog_.unmanaged.erase(found);
  return {};
}

Outcome Replayer::apply(const RenameUnmanaged& step) {
  std::optional<QualifiedName> table;
  if (step.on_table) table = resolve(*step.on_table);
  const auto found = std::ranges::find_if(catalog_.unmanaged, [&](const Unmanaged& object) {
    return object.kind == step.kind && object.name.name == step.name.name && object.on_table == table &&
           (step.name.schema.empty() || object.name.schema == catalog_.known_schema(step.name.schema));
  });
  // One that is not known may be an extension's.
  if (found == catalog_.unmanaged.end()) return {};
  const std::string to_schema = catalog_.known_schema(step.to.schema);
  if (!to_schema.empty() && !has_schema(to_schema)) {
    return refuse(Refusal::Kind::missing_other, "schema \"" + step.to.schema + "\" does not exist",
                  "invalid_schema_name");
  }
  if (!to_schema.empty()) found->name.schema = to_schema;
  if (!step.to.name.empty()) {
    found->name.name = step.to.name;
    note_unmanaged(step.to.name);
  }
  return {};
}

}  // namespace refract::catalog
