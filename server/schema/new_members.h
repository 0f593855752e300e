#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/naming.h"
#include "schema/naming_style.h"

// How fields, models and enums are written that a fix, a refactoring or the formatter adds: with the type and native
// type of what they refer to, and named, mapped and keyed as the schema's others are. Texts are without indent; whoever
// writes them into a file lays them out.
namespace refract::schema {

// The fields of the first key that a foreign key can reference, the id before unique keys: none of them optional or
// of an unsupported type. Empty: there is none.
std::vector<const Field*> referenceable_key(const Declaration& model);

// The first of these keys that the columns of another model can refer to, in this order: their types and native types
// are the same. Empty: there is none, or a column is nullptr.
std::vector<const Field*> referenceable_key(const Declaration& model, std::span<const Field* const> columns);

// The field's native type as written; empty: none.
std::string_view native_type_text(const Declaration& model, const Field& field);

// A column of a foreign key: a scalar field and the field that it refers to.
struct KeyColumn {
  std::string name;
  const Field* existing = nullptr;  // nullptr: it has to be added
  const Field* referenced = nullptr;
};

// The columns by which a relation field of `model` would refer to these fields: `authorId` for `author`. A scalar field
// that the model has by this name, `_` and capitals aside, is taken if its type and native type are the same. Empty: a
// name is taken by something else, a type cannot be referenced, or the relation field is called as a key is,
// `authorId`; then no column is obvious.
std::vector<KeyColumn> key_columns(const NamingStyle& style, const Declaration& model, std::string_view relation_field,
                                   std::span<const Field* const> referenced);

// Whether the model on the other side of a relation has its key by then, as `userId` of Profile for `profile Profile?`
// of User, while the model of the field has none for it.
bool is_key_opposite(const NamingStyle& style, const Declaration& model, const Field& field,
                     const Declaration& opposite, PrismaVersion version);

// `authorId String? @map("author_id") @db.Uuid`. `target` has the referenced field.
std::string key_field(const NamingStyle& style, const Declaration& model, const KeyColumn& column,
                      const Declaration& target, syntax::Arity arity);

// The same for a column whose type and native type (empty: none) are given.
std::string scalar_field(const NamingStyle& style, const Declaration& model, std::string_view name,
                         std::string_view type, syntax::Arity arity, std::string_view native_type);

// `id Int @id @default(autoincrement())`, as most models have it.
std::string id_field(const NamingStyle& style);

// What is in the parentheses of @relation: `"Author", fields: [authorId], references: [id]`. The name is empty where
// the relation has none.
std::string relation_arguments(std::string_view name, std::span<const KeyColumn> key);

// `fields: [authorId]` and `references: [id]`.
std::string fields_argument(std::span<const KeyColumn> key);
std::string references_argument(std::span<const KeyColumn> key);

// ` @relation("Author")`, a space before it; empty without a name.
std::string relation_name_attribute(std::string_view name);

// The lines that add the missing columns of a relation's key to `model`, each with @unique if the key is one column and
// `unique`. `target` has the referenced fields. Several columns, or one that is there, get a line of @@unique.
std::vector<std::string> key_members(const NamingStyle& style, const Declaration& model, const Declaration& target,
                                     std::span<const KeyColumn> key, syntax::Arity arity, bool unique);

// `author` and `tasks`: `authorTasks`.
std::string prefixed_name(std::string_view prefix, std::string_view name);

// The name for a relation field of type `type`: as Prisma names it; if that is taken, with the name of the field on the
// other side before it (`authorTasks`); else with a number. `opposite` is empty where the other side has none.
template <class IsTaken>
std::string relation_field_name_beside(std::string_view type, bool list, std::string_view opposite,
                                       PrismaVersion version, const IsTaken& is_taken) {
  std::string wanted = relation_field_name(type, list, version);
  if (!is_taken(wanted)) return wanted;
  std::string longer = prefixed_name(opposite, wanted);
  return opposite.empty() || is_taken(longer) ? free_name(std::move(wanted), is_taken) : longer;
}
// `name Type`, with "?" or "[]".
std::string field_of_type(std::string_view name, std::string_view type, syntax::Arity arity);

// A whole model or enum with these members, each on a line of its own, its @@map in the schema's style, and @@schema.
// `database_schema`: of the model that refers to it.
std::string new_block(const NamingStyle& style, syntax::BlockKind kind, std::string_view name,
                      std::span<const std::string> members, const std::optional<std::string>& database_schema);

}  // namespace refract::schema
