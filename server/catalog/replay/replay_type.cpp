#include <algorithm>
#include <unordered_map>

#include "catalog/expression/comparison.h"
#include "catalog/expression/default.h"
#include "catalog/expression/expression.h"
#include "catalog/expression/literal.h"
#include "catalog/expression/printer.h"
#include "catalog/expression/type.h"
#include "catalog/parse/expression_columns.h"
#include "catalog/parse/name_uses.h"
#include "catalog/replay/replayer.h"

namespace refract::catalog {
namespace {

bool is_text(const ColumnType& type) {
  return type.schema.empty() && !type.array && (type.name == "text" || type.name == "varchar" || type.name == "bpchar");
}

// A column's default after its type changed: PostgreSQL keeps the old constant and converts it each time.
void convert_literal(Default& value, const ColumnType& before, const ColumnType& after) {
  std::string text = value.normal.empty() ? value.expression : value.normal;
  if (!is_text(after) || is_text(before)) {
    const std::string written = value.expression;
    resolve_default(value, after, "public");
    // A list keeps the cast to its old type, and so depends on that type.
    if (after.array && value.expression != written) {
      value.normal = value.normal.empty() ? value.expression : value.normal;
      value.expression = written;
    }
    return;
  }
  if (text.starts_with('-')) text = quote_literal(text);  // as PostgreSQL prints numbers below zero
  if (text.starts_with('\'')) {
    value = {.kind = DefaultKind::literal, .expression = text + "::" + type_sql(before), .normal = text};
  } else {
    value = {.kind = DefaultKind::expression, .expression = std::move(text)};
  }
}

Outcome label_fits(const QualifiedName& enumeration, const std::string& value) {
  constexpr std::size_t kLongest = 63;  // bytes, NAMEDATALEN - 1; longer labels are refused, not cut
  if (value.size() <= kLongest) return {};
  return refuse(Refusal::Kind::other,
                "the value \"" + value + "\" of enum " + shown(enumeration) + " is longer than 63 bytes",
                "invalid_name");
}

bool is_type_kind(UnmanagedKind kind) {
  return kind == UnmanagedKind::domain || kind == UnmanagedKind::composite_type || kind == UnmanagedKind::range_type;
}

}  // namespace

bool converts_by_itself(const ColumnType& from, const ColumnType& to, const Catalog& catalog) {
  static const std::unordered_map<std::string_view, std::vector<std::string_view>> kCasts = {
      {"int2", {"int4", "int8", "numeric", "float4", "float8", "oid"}},
      {"int4", {"int2", "int8", "numeric", "float4", "float8", "oid", "money"}},
      {"int8", {"int2", "int4", "numeric", "float4", "float8", "oid", "money"}},
      {"float4", {"int2", "int4", "int8", "numeric", "float8"}},
      {"float8", {"int2", "int4", "int8", "numeric", "float4"}},
      {"numeric", {"int2", "int4", "int8", "float4", "float8", "money"}},
      {"oid", {"int4", "int8"}},
      {"money", {"numeric"}},
      {"date", {"timestamp", "timestamptz"}},
      {"timestamp", {"date", "time", "timestamptz"}},
      {"timestamptz", {"date", "time", "timetz", "timestamp"}},
      {"time", {"timetz", "interval"}},
      {"timetz", {"time"}},
      {"interval", {"time"}},
      {"json", {"jsonb"}},
      {"jsonb", {"json"}},
      {"bit", {"varbit"}},
      {"varbit", {"bit"}},
      {"cidr", {"inet"}},
      {"inet", {"cidr"}},
      {"name", {"bpchar", "varchar"}},
      {"char", {"text", "int4"}},
      {"xml", {"text"}},
      {"macaddr", {"macaddr8"}},
      {"macaddr8", {"macaddr"}}};
  if (from.name == to.name && from.schema == to.schema && from.array == to.array) return true;
  if (is_text(to)) return true;
  if (from.array != to.array) return false;
  if (from.array) {
    ColumnType from_element = from, to_element = to;
    from_element.array = to_element.array = false;
    return converts_by_itself(from_element, to_element, catalog);
  }
  const bool foreign = !from.schema.empty() || !to.schema.empty();
  if (foreign) {
    // Domains and extension types have their own casts; enums can be cast to text only.
    const bool enums = catalog.enums.contains({from.schema, from.name}) || catalog.enums.contains({to.schema, to.name});
    return !enums;
  }
  if (is_text(from)) return to.name == "name" || to.name == "char";
  const auto casts = kCasts.find(from.name);
  return casts != kCasts.end() && std::ranges::find(casts->second, to.name) != casts->second.end();
}

Outcome Replayer::apply(const CreateEnum& step) {
  const auto name = name_for_new(step.enumeration.name);
  if (!name) return std::unexpected(name.error());
  if (has_type(*name))
    return refuse(Refusal::Kind::duplicate, "type " + shown(*name) + " already exists", "duplicate_object");
  for (const std::string& value : step.enumeration.values) {
    if (Outcome fits = label_fits(*name, value); !fits) return fits;
  }
  std::vector<std::string> sorted = step.enumeration.values;
  std::ranges::sort(sorted);
  if (const auto twice = std::ranges::adjacent_find(sorted); twice != sorted.end()) {
    return refuse(Refusal::Kind::duplicate, "enum " + shown(*name) + " has the value \"" + *twice + "\" twice",
                  "duplicate_object");
  }
  catalog_.enums[*name] = {*name, step.enumeration.values};
  return {};
}

Outcome Replayer::apply(const AddEnumValue& step) {
  const auto name = find_type(step.enumeration);
  if (!name || !catalog_.enums.contains(*name))
    return refuse(Refusal::Kind::missing_object, "enum " + shown(step.enumeration) + " does not exist",
                  "undefined_object");
  std::vector<std::string>& values = catalog_.enums.at(*name).values;
  if (place_of_value(catalog_.enums.at(*name), step.value)) {
    if (step.if_not_exists) return {};
    return refuse(Refusal::Kind::duplicate, "enum " + shown(*name) + " already has the value \"" + step.value + "\"",
                  "duplicate_object");
  }
  if (Outcome fits = label_fits(*name, step.value); !fits) return fits;
  auto place = values.end();
  if (const std::string& neighbour = step.before.empty() ? step.after : step.before; !neighbour.empty()) {
    const auto known = place_of_value(catalog_.enums.at(*name), neighbour);
    if (!known)
      return refuse(Refusal::Kind::missing_other, "enum " + shown(*name) + " has no value \"" + neighbour + "\"");
    place = values.begin() + static_cast<std::ptrdiff_t>(*known + (step.before.empty() ? 1 : 0));
  }
  if (place != values.end()) {
    enum_values_.reset();  // those behind it move
  } else if (enum_values_) {
    enum_values_->second[step.value] = values.size();
  }
  values.insert(place, step.value);
  return {};
}

std::optional<std::size_t> Replayer::place_of_value(const Enum& enumeration, const std::string& value) {
  const std::vector<std::string>& values = enumeration.values;
  if (!follows_enum_) {
    const auto found = std::ranges::find(values, value);
    return found == values.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - values.begin()));
  }
  if (!enum_values_ || enum_values_->first != enumeration.name) {
    enum_values_.emplace(enumeration.name, std::unordered_map<std::string, std::size_t>());
    for (std::size_t at = 0; at < values.size(); ++at) enum_values_->second[values[at]] = at;
  }
  const auto found = enum_values_->second.find(value);
  return found == enum_values_->second.end() ? std::nullopt : std::optional(found->second);
}

Outcome Replayer::apply(const RenameEnumValue& step) {
  const auto name = find_type(step.enumeration);
  if (!name || !catalog_.enums.contains(*name))
    return refuse(Refusal::Kind::missing_object, "enum " + shown(step.enumeration) + " does not exist",
                  "undefined_object");
  std::vector<std::string>& values = catalog_.enums.at(*name).values;
  const auto place = place_of_value(catalog_.enums.at(*name), step.from);
  if (!place)
    return refuse(Refusal::Kind::missing_other, "enum " + shown(*name) + " has no value \"" + step.from + "\"");
  if (place_of_value(catalog_.enums.at(*name), step.to)) {
    return refuse(Refusal::Kind::duplicate, "enum " + shown(*name) + " already has the value \"" + step.to + "\"",
                  "duplicate_object");
  }
  values[*place] = step.to;
  if (enum_values_) {
    enum_values_->second.erase(step.from);
    enum_values_->second[step.to] = *place;
  }
  // A default holds the value itself, not its name.
  for (auto& [table_name, table] : catalog_.tables) {
    for (Column& column : table.columns) {
      if (column.type.schema != name->schema || column.type.name != name->name || !column.default_value) continue;
      auto literal = read_literal(column.default_value->expression);
      if (!literal) continue;
      if (literal->value == step.from) literal->value = step.to;
      for (Literal& item : literal->items) {
        if (item.value == step.from) item.value = step.to;
      }
      if (auto typed = typed_default(*literal, column.type, "public"); typed && !typed->none)
        column.default_value = typed->value;
    }
  }
  return {};
}

void Replayer::rename_type_references(const QualifiedName& from, const QualifiedName& to) {
  for (auto& [table_name, table] : catalog_.tables) {
    for (Column& column : table.columns) {
      if (column.type.schema != from.schema || column.type.name != from.name) continue;
      column.type.schema = to.schema;
      column.type.name = to.name;
      if (column.default_value) resolve_default(*column.default_value, column.type, "public");
    }
  }
}

void Replayer::move_type(const QualifiedName& from, const QualifiedName& to) {
  note_unmanaged(to.name);
  if (auto node = catalog_.enums.extract(from); !node.empty()) {
    node.key() = node.mapped().name = to;
    catalog_.enums.insert(std::move(node));
  }
  for (auto& [name, view] : catalog_.views) {
    // A cast to the type in it.
    if (names_plainly(view.definition, from.name)) view.rewritten.value = true;
  }
  for (Unmanaged& object : catalog_.unmanaged) {
    if (is_type_kind(object.kind) && object.name == from) object.name = to;
    std::ranges::replace(object.uses, from, to);
    if (object.domain && QualifiedName{object.domain->base.schema, object.domain->base.name} == from) {
      object.domain->base.schema = to.schema;
      object.domain->base.name = to.name;
    }
  }
  rename_type_references(from, to);
}

Outcome Replayer::apply(const RenameEnum& step) {
  const auto from = find_type(step.enumeration);
  if (!from)
    return refuse(Refusal::Kind::missing_object, "type " + shown(step.enumeration) + " does not exist",
                  "undefined_object");
  const QualifiedName to{from->schema, step.to};
  if (has_type(to))
    return refuse(Refusal::Kind::duplicate, "type " + shown(to) + " already exists", "duplicate_object");
  move_type(*from, to);
  return {};
}

Outcome Replayer::apply(const SetEnumSchema& step) {
  const auto from = find_type(step.enumeration);
  if (!from)
    return refuse(Refusal::Kind::missing_object, "type " + shown(step.enumeration) + " does not exist",
                  "undefined_object");
  const std::string schema = catalog_.known_schema(step.schema);
  if (!has_schema(schema))
    return refuse(Refusal::Kind::missing_other, "schema \"" + step.schema + "\" does not exist", "invalid_schema_name");
  const QualifiedName to{schema, from->name};
  if (to == *from) return {};
  if (has_type(to))
    return refuse(Refusal::Kind::duplicate, "type " + shown(to) + " already exists", "duplicate_object");
  move_type(*from, to);
  return {};
}

Outcome Replayer::drop_type_users(const QualifiedName& type, bool cascade, const std::string& what) {
  const auto uses = [&](const Unmanaged& object) {
    return object.name != type && object.kind != UnmanagedKind::trigger &&
           std::ranges::find(object.uses, type) != object.uses.end();
  };
  const auto user = std::ranges::find_if(catalog_.unmanaged, uses);
  if (user == catalog_.unmanaged.end()) return {};
  if (!cascade) {
    const std::string_view kind = user->kind == UnmanagedKind::cast             ? "cast "
                                  : user->kind == UnmanagedKind::composite_type ? "type "
                                  : user->kind == UnmanagedKind::range_type     ? "type "
                                  : user->kind == UnmanagedKind::operator_      ? "operator "
                                  : user->kind == UnmanagedKind::procedure      ? "procedure "
                                                                                : "function ";
    return refuse(
        Refusal::Kind::other,
        what + ": " + std::string(kind) + (user->name.name.empty() ? "" : shown(user->name)) + " depends on it",
        "dependent_objects_still_exist");
  }
  std::erase_if(catalog_.unmanaged, uses);
  return {};
}

Outcome Replayer::expressions_allow_type(const Table& table, const Column& before, const ColumnType& after) const {
  const auto enumeration = [&](const ColumnType& type) { return catalog_.enums.contains({type.schema, type.name}); };
  const bool same = before.type.schema == after.schema && before.type.name == after.name;
  if (same || (!enumeration(before.type) && !enumeration(after))) return {};
  if (const auto user = expression_compared_with(table, before.name)) {
    return refuse(Refusal::Kind::other,
                  "the type of column \"" + before.name + "\" of table " + shown(table.name) +
                      " cannot change: " + *user + " compares it with values of " + type_sql(before.type),
                  "undefined_function");
  }
  return {};
}

Outcome Replayer::drop_type(const QualifiedName& type, bool cascade) {
  const auto uses = [&](const Column& column) {
    return column.type.schema == type.schema && column.type.name == type.name;
  };
  for (auto& [name, table] : catalog_.tables) {
    for (auto column = std::ranges::find_if(table.columns, uses); column != table.columns.end();
         column = std::ranges::find_if(table.columns, uses)) {
      if (!cascade) {
        return refuse(
            Refusal::Kind::other,
            "cannot drop type " + shown(type) + ": column \"" + column->name + "\" of table " + shown(name) + " has it",
            "dependent_objects_still_exist");
      }
      if (Outcome dropped = drop_column(table, std::string(column->name), true); !dropped) return dropped;
    }
  }
  // A default that was converted from the type still casts to it.
  for (auto& [name, table] : catalog_.tables) {
    for (Column& column : table.columns) {
      const bool its_own = column.type.schema == type.schema && column.type.name == type.name;
      if (!column.default_value || its_own || column.default_value->kind == DefaultKind::sequence) continue;
      if (!mentions_name(column.default_value->expression, type.name)) continue;
      if (!cascade) {
        return refuse(Refusal::Kind::other,
                      "cannot drop type " + shown(type) + ": the default of column \"" + column.name + "\" of table " +
                          shown(name) + " uses it",
                      "dependent_objects_still_exist");
      }
      column.default_value.reset();
    }
  }
  std::vector<QualifiedName> domains;
  for (const Unmanaged& object : catalog_.unmanaged) {
    if (!object.domain || QualifiedName{object.domain->base.schema, object.domain->base.name} != type) continue;
    if (!cascade) {
      return refuse(Refusal::Kind::other,
                    "cannot drop type " + shown(type) + ": domain " + shown(object.name) + " is made of it",
                    "dependent_objects_still_exist");
    }
    domains.push_back(object.name);
  }
  if (Outcome dropped = drop_type_users(type, cascade, "cannot drop type " + shown(type)); !dropped) return dropped;
  for (const QualifiedName& domain : domains) {
    if (Outcome dropped = drop_type(domain, true); !dropped) return dropped;
  }
  catalog_.enums.erase(type);
  if (std::erase_if(catalog_.unmanaged,
                    [&](const Unmanaged& object) { return is_type_kind(object.kind) && object.name == type; }) > 0) {
    remove_relation(type);
  }
  return {};
}

Outcome Replayer::apply(const DropEnum& step) {
  const auto name = find_type(step.enumeration);
  if (!name) {
    if (step.if_exists) return {};
    return refuse(Refusal::Kind::missing_object, "type " + shown(step.enumeration) + " does not exist",
                  "undefined_object");
  }
  if (catalog_.tables.contains(*name) || catalog_.views.contains(*name)) {
    return refuse(Refusal::Kind::other, "cannot drop type " + shown(*name) + ": it is the row type of a table or view",
                  "dependent_objects_still_exist");
  }
  return drop_type(*name, step.cascade);
}

Outcome Replayer::keys_allow_type(const Table& table, const Column& changed) const {
  const auto type_of = [&](const Table& owner, const std::string& column) -> const ColumnType* {
    if (owner.name == table.name && column == changed.name) return &changed.type;
    const Column* found = owner.find_column(column);
    return found == nullptr ? nullptr : &found->type;
  };
  for (const auto& [name, owner] : catalog_.tables) {
    for (const ForeignKey& key : owner.foreign_keys) {
      const Table* target = catalog_.find_table(key.referenced_table);
      if (target == nullptr || (name != table.name && target->name != table.name)) continue;
      for (std::size_t i = 0; i < std::min(key.columns.size(), key.referenced_columns.size()); ++i) {
        const ColumnType* from = type_of(owner, key.columns[i]);
        const ColumnType* to = type_of(*target, key.referenced_columns[i]);
        if (from == nullptr || to == nullptr || (from != &changed.type && to != &changed.type)) continue;
        if (can_refer(*from, *to, catalog_)) continue;
        return refuse(Refusal::Kind::other,
                      "the type of column \"" + changed.name + "\" of table " + shown(table.name) +
                          " cannot change: foreign key \"" + key.name + "\" of table " + shown(name) +
                          " would compare " + type_sql(*from) + " with " + type_sql(*to),
                      "datatype_mismatch");
      }
    }
  }
  return {};
}

Outcome Replayer::apply(const AlterColumnType& step) {
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  auto found = column_named(**table, step.column);
  if (!found) return std::unexpected(found.error());
  auto type = resolve_type(step.type);
  if (!type) return std::unexpected(type.error());
  Column changed = **found;
  const std::string what = "column \"" + step.column + "\" of table " + shown((*table)->name);
  const std::string in_use = "the type of " + what + " cannot change";
  if (Outcome free = drop_view_dependents((*table)->name, false, in_use, &step.column); !free) return free;
  for (const Column& other : (*table)->columns) {
    if (other.generated && other.name != step.column && mentions_name(*other.generated, step.column)) {
      return refuse(Refusal::Kind::other, in_use + ": generated column \"" + other.name + "\" uses it",
                    "feature_not_supported");
    }
  }
  if (Outcome allowed = expressions_allow_type(**table, changed, *type); !allowed) return allowed;
  if (!step.using_expression && !converts_by_itself(changed.type, *type, catalog_)) {
    return refuse(Refusal::Kind::other, what + " cannot be converted to " + type_sql(*type) + " without USING");
  }
  if (changed.default_value && changed.default_value->kind != DefaultKind::sequence) {
    const ColumnType before = changed.type;
    if (!converts_by_itself(before, *type, catalog_)) {
      return refuse(Refusal::Kind::other, what + " has a default that cannot be converted to " + type_sql(*type));
    }
    if (changed.default_value->kind == DefaultKind::literal) convert_literal(*changed.default_value, before, *type);
  }
  changed.type = *type;
  changed.collation = step.collation;
  if (Outcome allowed = keys_allow_type(**table, changed); !allowed) return allowed;
  **found = std::move(changed);
  if ((*found)->identity != Identity::none) {
    for (const QualifiedName& name : sequences_of((*table)->name, &step.column))
      catalog_.sequences.at(name).type = type->name;
  }
  repeat_on_children(step);
  return {};
}

}  // namespace refract::catalog
