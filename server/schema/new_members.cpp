#include "schema/new_members.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "schema/naming.h"
#include "text/unicode.h"

namespace refract::schema {
namespace {

std::string_view mark_of(syntax::Arity arity) {
  switch (arity) {
    case syntax::Arity::optional:
      return "?";
    case syntax::Arity::list:
      return "[]";
    case syntax::Arity::required:
      break;
  }
  return "";
}

// A table of PostgreSQL has no more columns than this. In a longer model names are not compared with each other.
constexpr std::size_t kMostColumns = 1'600;

bool can_be_referenced(const Field& field) {
  return field.arity != syntax::Arity::list && (field.kind == TypeKind::scalar || field.kind == TypeKind::enumeration);
}

// Whether a column of the field can refer to the other one: their types are written alike.
bool fits(const Field& field, const Field& target) {
  const auto native = [](const Field& of) { return of.native_type ? of.native_type->name : std::string_view(); };
  return field.kind == target.kind && field.type_name == target.type_name && can_be_referenced(field) &&
         native(field) == native(target);
}

// Whether the relation field has the name of its key, `authorId` or `author_id`: whose key has which name then is not
// known.
bool is_named_as_key(std::string_view relation_field, std::string_view target) {
  const std::string capital = text::with_first_letter(target, true);
  for (const std::string& end : {capital, fmt::format("_{}", target)}) {
    if (relation_field.size() > end.size() && relation_field.ends_with(end)) return true;
  }
  return false;
}

// The field that is there already for a relation field and the field that it refers to: `authorId`, written in any
// style; `userId` for `user` and `userId`; where the key is one column, `created_by` for `createdBy`.
const Field* existing_column(const Declaration& model, std::string_view relation_field, const Field& target,
                             const std::string& camel, bool alone) {
  const auto named = [&](std::string_view plain) -> const Field* {
    const auto found = std::ranges::find_if(model.fields, [&](const Field& field) {
      return field.name != relation_field && plain_name(field.name) == plain;
    });
    return found == model.fields.end() ? nullptr : &*found;
  };
  if (const Field* field = model.find_field(camel)) return field;
  if (model.fields.size() > kMostColumns) return nullptr;
  if (const Field* field = named(plain_name(camel))) return field;
  const std::string relation = plain_name(relation_field);
  const std::string own = plain_name(target.name);
  for (const std::string& name : {own.starts_with(relation) ? own : std::string(), alone ? relation : std::string()}) {
    const Field* field = name.empty() ? nullptr : named(name);
    if (field && fits(*field, target)) return field;
  }
  return nullptr;
}

}  // namespace

namespace {

// In the order in which they are tried: the id, then unique keys.
template <class Found>
void each_referenceable_key(const Declaration& model, const Found& found) {
  const auto fields_of = [&](const Index& key) {
    std::vector<const Field*> fields;
    for (const IndexField& part : key.fields) {
      const Field* field = part.path.size() == 1 ? model.find_field(part.path.front()) : nullptr;
      const bool strict =
          field != nullptr && field->arity != syntax::Arity::optional && field->kind != TypeKind::unsupported;
      if (!strict) return std::vector<const Field*>();
      fields.push_back(field);
    }
    return fields;
  };
  if (const Index* primary_key = model.primary_key()) {
    if (auto fields = fields_of(*primary_key); !fields.empty() && found(fields)) return;
  }
  for (const Index& index : model.indexes) {
    if (index.kind != IndexKind::unique || index.where != nullptr) continue;
    if (auto fields = fields_of(index); !fields.empty() && found(fields)) return;
  }
}

}  // namespace

std::vector<const Field*> referenceable_key(const Declaration& model) {
  std::vector<const Field*> first;
  each_referenceable_key(model, [&](std::vector<const Field*>& key) {
    first = std::move(key);
    return true;
  });
  return first;
}

std::vector<const Field*> referenceable_key(const Declaration& model, std::span<const Field* const> columns) {
  std::vector<const Field*> fitting;
  each_referenceable_key(model, [&](std::vector<const Field*>& key) {
    const bool fit = std::ranges::equal(key, columns, [](const Field* target, const Field* column) {
      return column != nullptr && fits(*column, *target);
    });
    if (fit) fitting = std::move(key);
    return fit;
  });
  return fitting;
}

std::string_view native_type_text(const Declaration& model, const Field& field) {
  if (!field.native_type) return {};
  const text::Range range = field.native_type->attribute->range;
  return std::string_view(model.block->text).substr(range.begin, range.size());
}

std::vector<KeyColumn> key_columns(const NamingStyle& style, const Declaration& model, std::string_view relation_field,
                                   std::span<const Field* const> referenced) {
  std::vector<KeyColumn> columns;
  if (referenced.size() == 1 && is_named_as_key(relation_field, referenced.front()->name)) return {};
  for (const Field* target : referenced) {
    if (!can_be_referenced(*target)) return {};
    const std::string camel =
        text::with_first_letter(relation_field, false) + text::with_first_letter(target->name, true);
    const Field* existing = existing_column(model, relation_field, *target, camel, referenced.size() == 1);
    if (existing && !fits(*existing, *target)) return {};
    columns.push_back(
        {existing != nullptr ? std::string(existing->name) : style.field_name(model, camel), existing, target});
  }
  return columns;
}

bool is_key_opposite(const NamingStyle& style, const Declaration& model, const Field& field,
                     const Declaration& opposite, PrismaVersion version) {
  if (&model == &opposite || field.arity != syntax::Arity::optional || (field.relation && field.relation->has_fields))
    return false;
  const auto is_there = [&](const Declaration& holder, std::string_view name, const Declaration& target) {
    const auto key = key_columns(style, holder, name, referenceable_key(target));
    return !key.empty() && std::ranges::all_of(key, [](const KeyColumn& column) { return column.existing != nullptr; });
  };
  return is_there(opposite, relation_field_name(model.name, false, version), model) &&
         !is_there(model, field.name, opposite);
}

std::string key_field(const NamingStyle& style, const Declaration& model, const KeyColumn& column,
                      const Declaration& target, syntax::Arity arity) {
  return scalar_field(style, model, column.name, column.referenced->type_name, arity,
                      native_type_text(target, *column.referenced));
}

std::string scalar_field(const NamingStyle& style, const Declaration& model, std::string_view name,
                         std::string_view type, syntax::Arity arity, std::string_view native_type) {
  return fmt::format("{}{}{}{}", field_of_type(name, type, arity), style.column_attribute(model, name),
                     native_type.empty() ? "" : " ", native_type);
}

std::vector<std::string> key_members(const NamingStyle& style, const Declaration& model, const Declaration& target,
                                     std::span<const KeyColumn> key, syntax::Arity arity, bool unique) {
  std::vector<std::string> lines;
  std::vector<std::string_view> names;
  const bool alone = key.size() == 1 && key.front().existing == nullptr;
  for (const KeyColumn& column : key) {
    names.push_back(column.name);
    if (column.existing != nullptr) continue;
    lines.push_back(key_field(style, model, column, target, arity) + (unique && alone ? " @unique" : ""));
  }
  if (unique && !alone) lines.push_back(fmt::format("@@unique([{}])", fmt::join(names, ", ")));
  return lines;
}

std::string prefixed_name(std::string_view prefix, std::string_view name) {
  return std::string(prefix) + text::with_first_letter(name, true);
}

std::string id_field(const NamingStyle& style) {
  return fmt::format("id {} {}", style.id().type, style.id().attributes);
}

std::string fields_argument(std::span<const KeyColumn> key) {
  std::vector<std::string_view> names;
  for (const KeyColumn& column : key) names.push_back(column.name);
  return fmt::format("fields: [{}]", fmt::join(names, ", "));
}

std::string references_argument(std::span<const KeyColumn> key) {
  std::vector<std::string_view> names;
  for (const KeyColumn& column : key) names.push_back(column.referenced->name);
  return fmt::format("references: [{}]", fmt::join(names, ", "));
}

std::string relation_arguments(std::string_view name, std::span<const KeyColumn> key) {
  std::vector<std::string> arguments;
  if (!name.empty()) arguments.push_back(fmt::format("\"{}\"", name));
  if (!key.empty()) {
    arguments.push_back(fields_argument(key));
    arguments.push_back(references_argument(key));
  }
  return fmt::format("{}", fmt::join(arguments, ", "));
}

std::string relation_name_attribute(std::string_view name) {
  return name.empty() ? std::string() : fmt::format(" @relation(\"{}\")", name);
}

std::string field_of_type(std::string_view name, std::string_view type, syntax::Arity arity) {
  return fmt::format("{} {}{}", name, type, mark_of(arity));
}

std::string new_block(const NamingStyle& style, syntax::BlockKind kind, std::string_view name,
                      std::span<const std::string> members, const std::optional<std::string>& database_schema) {
  const bool is_enum = kind == syntax::BlockKind::enumeration;
  std::string block = fmt::format("{} {} {{\n", is_enum ? "enum" : "model", name);
  for (const std::string& member : members) block += fmt::format("  {}\n", member);
  const std::array<std::string, 2> attributes = {
      style.table_attribute(kind, name), database_schema ? fmt::format("@@schema(\"{}\")", *database_schema) : ""};
  bool first = true;
  for (const std::string& attribute : attributes) {
    if (attribute.empty()) continue;
    block += fmt::format("{}  {}\n", first ? "\n" : "", attribute);
    first = false;
  }
  return block + "}";
}

}  // namespace refract::schema
