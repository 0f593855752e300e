#include <fmt/format.h>

#include <algorithm>

#include "features/navigation.h"
#include "features/refactor/refactoring_families.h"
#include "features/refactor/schema_change.h"
#include "schema/naming.h"
#include "schema/new_members.h"
#include "text/unicode.h"

// A relation between two models that have none yet, and the change between one-to-one and one-to-many.
namespace refract::features {
namespace {

using schema::Field;
using schema::Index;
using schema::IndexKind;
using schema::Placed;
using schema::RelationKind;

// A longer list of models to choose from requires that both are selected.
constexpr std::size_t kMaxTargets = 10;

bool can_relate(const Placed& model) {
  if (!model->is_model() || model->ignored || !model->block->errors.empty()) return false;
  const Field* id = single_id(*model);
  return id != nullptr && id->kind == schema::TypeKind::scalar;
}

// The names that Prisma gives since version 6; before, it took the model's name as it is.
std::string field_name(const Placed& of, const Placed& in, bool list) {
  return free_field_name(*in, schema::relation_field_name(of->name, list, schema::PrismaVersion::v7));
}

// In parentheses if there is a relation between the two already; else empty.
std::string name_argument(const RefactoringContext& context, const Placed& target, std::string_view field) {
  const bool related = std::ranges::any_of(context.placed->fields, [&](const Field& other) {
    return other.is_relation() && other.type_name == target->name;
  });
  const bool back = std::ranges::any_of(target->fields, [&](const Field& other) {
    return other.is_relation() && other.type_name == context.placed->name;
  });
  return related || back ? fmt::format("\"{}_{}\"", context.placed->name, field) : std::string();
}

// Adds both relation fields; the scalar is there, or is added.
Refactoring relation_to(const RefactoringContext& context, const Placed& target, const Field* scalar) {
  const Field& id = *single_id(*target);
  const std::string name = field_name(target, context.placed, false);
  const schema::NamingStyle style(context.snapshot);
  const std::string key =
      scalar != nullptr
          ? std::string(scalar->name)
          : free_field_name(*context.placed,
                            style.field_name(*context.placed, name + text::with_first_letter(id.name, true)));
  const std::string relation = name_argument(context, target, name);
  // Optional where the column is new: rows that are there have no value for it.
  const bool optional = scalar == nullptr || scalar->arity == syntax::Arity::optional;
  SchemaChange change;
  change.add_member(context.placed,
                    fmt::format("{} {}{} @relation({}{}fields: [{}], references: [{}])", name, target->name,
                                optional ? "?" : "", relation, relation.empty() ? "" : ", ", key, id.name));
  if (scalar == nullptr)
    change.add_member(context.placed,
                      schema::key_field(style, *context.placed, {key, nullptr, &id}, *target, syntax::Arity::optional));
  const bool unique = scalar != nullptr && std::ranges::any_of(context.placed->indexes, [&](const Index& index) {
                        return (index.kind == IndexKind::unique || index.kind == IndexKind::id) &&
                               index.fields.size() == 1 && has_field(index, scalar->name);
                      });
  change.add_member(target,
                    fmt::format("{} {}{}{}", field_name(context.placed, target, !unique), context.placed->name,
                                unique ? "?" : "[]", relation.empty() ? "" : fmt::format(" @relation({})", relation)));
  return {scalar != nullptr ? fmt::format("Add a relation to {} through {}", target->name, key)
                            : fmt::format("Add a relation to {}", target->name),
          RefactoringKind::rewrite, change.edits(context.snapshot)};
}

void add_from_header(const RefactoringContext& context, std::vector<Refactoring>& found) {
  const auto selected = declarations_in(context.snapshot, context.at);
  const auto choices = selected.size() > 1 ? selected : context.snapshot.declarations();
  std::vector<const Placed*> targets;
  for (const Placed& target : choices)
    if (&target != &context.placed && can_relate(target)) targets.push_back(&target);
  if (targets.size() > kMaxTargets) return;
  for (const Placed* target : targets) found.push_back(relation_to(context, *target, nullptr));
}

std::string_view native_name(const Field& field) {
  return field.native_type ? field.native_type->name : std::string_view();
}

// `userId Int` where a model User has an `id Int`.
void add_from_scalar(const RefactoringContext& context, const Field& field, std::vector<Refactoring>& found) {
  if (field.kind != schema::TypeKind::scalar || field.arity == syntax::Arity::list) return;
  const bool used = std::ranges::any_of(context.placed->fields, [&](const Field& other) {
    return other.relation && contains(other.relation->fields, field.name);
  });
  if (used) return;
  const std::string name = schema::plain_name(field.name);
  for (const Placed& target : context.snapshot.declarations()) {
    if (&target == &context.placed || !can_relate(target)) continue;
    const Field& id = *single_id(*target);
    if (id.scalar != field.scalar || native_name(id) != native_name(field)) continue;
    if (name == schema::plain_name(target->name) + schema::plain_name(id.name))
      found.push_back(relation_to(context, target, &field));
  }
}

// The key that makes a one-to-one relation of a foreign key; nullptr: none, or it is the primary key.
const Index* unique_on(const schema::Declaration& model, const std::vector<std::string_view>& fields) {
  const auto index = std::ranges::find_if(model.indexes, [&](const Index& one) {
    return one.kind == IndexKind::unique && one.fields.size() == fields.size() &&
           std::ranges::all_of(fields, [&](std::string_view field) { return has_field(one, field); });
  });
  return index == model.indexes.end() ? nullptr : &*index;
}

// Another list or single of the same model; its name follows where it was the one that such a field has.
void set_back_field(SchemaChange& change, const schema::Relation& relation, bool list) {
  const Placed& placed = *relation.other.model;
  const Field& field = *relation.other.field;
  const syntax::FieldType& type = *field.syntax->type;
  change.replace(placed, {type.name.range.end, type.range.end}, list ? "[]" : "?");
  const std::string_view owner = (*relation.owner.model)->name;
  if (field.name == schema::relation_field_name(owner, !list, schema::PrismaVersion::v7))
    change.replace(placed, field.syntax->name.range, field_name(*relation.owner.model, placed, list));
}

void add_conversion(const RefactoringContext& context, const Field& field, std::vector<Refactoring>& found) {
  const auto relation = context.snapshot.relation_of(context.placed, field);
  if (!relation || relation->kind == RelationKind::many_to_many) return;
  if (!relation->owner.field || !relation->other.field || !relation->owner.field->relation) return;
  const Placed& owner = *relation->owner.model;
  const auto& fields = relation->owner.field->relation->fields;
  if (fields.empty() || !owner->is_model()) return;
  for (const std::string_view name : fields)
    if (owner->find_field(name) == nullptr) return;
  const Index* unique = unique_on(*owner, fields);
  SchemaChange change;
  const bool to_list = relation->kind == RelationKind::one_to_one;
  if (to_list) {
    if (unique == nullptr || is_only_key(*owner, *unique)) return;
    for (const std::string_view name : fields)
      if (is_referenced(context.snapshot, owner, name)) return;
    change.remove(owner, *unique->attribute);
  } else if (unique == nullptr) {
    if (fields.size() == 1) {
      change.add_attribute(owner, *owner->find_field(fields.front()), "@unique");
    } else {
      change.add_member(owner, fmt::format("@@unique([{}])", fmt::join(fields, ", ")));
    }
  }
  set_back_field(change, *relation, to_list);
  found.push_back({to_list ? fmt::format("Make it a one-to-many relation: a {} has many of {}",
                                         (*relation->other.model)->name, owner->name)
                           : fmt::format("Make it a one-to-one relation: a {} has one {} at most",
                                         (*relation->other.model)->name, owner->name),
                   RefactoringKind::rewrite, change.edits(context.snapshot)});
}

}  // namespace

void add_relation_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found) {
  if (!context.placed->is_model() || context.placed->ignored) return;
  if (context.at_header) add_from_header(context, found);
  const Field* field = context.field();
  if (field == nullptr) return;
  add_from_scalar(context, *field, found);
  add_conversion(context, *field, found);
}

}  // namespace refract::features
