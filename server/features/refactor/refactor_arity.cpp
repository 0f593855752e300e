#include <fmt/format.h>

#include <algorithm>

#include "features/refactor/refactoring_families.h"
#include "features/refactor/schema_change.h"

// Between `T` and `T?`. A relation and the scalars that carry it change together.
namespace refract::features {
namespace {

using schema::Field;
using schema::Placed;
using schema::ScalarType;
using syntax::Arity;

void set_optional(SchemaChange& change, const Placed& placed, const Field& field, bool optional) {
  const syntax::FieldType& type = *field.syntax->type;
  if (optional && field.arity == Arity::required) change.insert(placed, type.name.range.end, "?");
  if (!optional && field.arity == Arity::optional) {
    change.replace(placed, {type.name.range.end, type.arity_range.end}, "");
  }
}

bool in_primary_key(const schema::Declaration& model, std::string_view field) {
  const schema::Index* key = model.primary_key();
  return key != nullptr && has_field(*key, field);
}

// A key with an optional field identifies no row: one that is all the model has stays as it is.
bool in_needed_key(const schema::Declaration& model, std::string_view field) {
  return in_primary_key(model, field) || std::ranges::any_of(model.indexes, [&](const schema::Index& index) {
           return has_field(index, field) && index.kind == schema::IndexKind::unique && !model.primary_key();
         });
}

// The fields that change arity together with this one: itself, or a relation field and its scalars. Empty: its arity
// is not the only one, such as a scalar of two relations.
std::vector<const Field*> tied_to(const Placed& placed, const Field& field) {
  const Field* relation = nullptr;
  for (const Field& other : placed->fields) {
    if (!other.relation || !other.relation->has_fields) continue;
    if (&other != &field && !contains(other.relation->fields, field.name)) continue;
    if (relation != nullptr) return {};
    relation = &other;
  }
  if (relation == nullptr) return field.is_relation() ? std::vector<const Field*>{} : std::vector{&field};
  std::vector<const Field*> tied{relation};
  for (const std::string_view name : relation->relation->fields) {
    const Field* scalar = placed->find_field(name);
    const auto users = std::ranges::count_if(
        placed->fields, [&](const Field& other) { return other.relation && contains(other.relation->fields, name); });
    if (scalar == nullptr || !scalar->is_stored() || users != 1) return {};
    tied.push_back(scalar);
  }
  return tied;
}

// What a row without a value could get; empty: nothing goes without saying.
std::string plain_default(const schema::Snapshot& snapshot, const Field& field) {
  if (field.default_value || field.updated_at) return {};
  if (field.kind == schema::TypeKind::enumeration) {
    const Placed* enumeration = snapshot.find(field.type_name);
    return enumeration == nullptr || (*enumeration)->values.empty() ? ""
                                                                    : std::string((*enumeration)->values.front().name);
  }
  if (field.kind != schema::TypeKind::scalar) return {};
  const bool text_type =
      field.native_type && (field.native_type->name == "VarChar" || field.native_type->name == "Char");
  switch (field.scalar) {
    case ScalarType::string:
      return field.native_type && !text_type ? "" : "\"\"";
    case ScalarType::boolean:
      return "false";
    case ScalarType::int_:
    case ScalarType::big_int:
    case ScalarType::float_:
    case ScalarType::decimal:
      return field.native_type ? "" : "0";
    case ScalarType::date_time:
      return "now()";
    case ScalarType::json:
    case ScalarType::bytes:
      break;
  }
  return {};
}

void add_optional(const RefactoringContext& context, const std::vector<const Field*>& tied,
                  std::vector<Refactoring>& found) {
  SchemaChange change;
  for (const Field* field : tied) {
    if (in_needed_key(*context.placed, field->name) || is_referenced(context.snapshot, context.placed, field->name))
      return;
    set_optional(change, context.placed, *field, true);
  }
  found.push_back(
      {fmt::format("Make {} optional", names_of(tied)), RefactoringKind::rewrite, change.edits(context.snapshot)});
}

void add_required(const RefactoringContext& context, const std::vector<const Field*>& tied,
                  std::vector<Refactoring>& found) {
  SchemaChange change;
  for (const Field* field : tied) {
    const auto sets_null = [](std::optional<schema::ReferentialAction> action) {
      return action == schema::ReferentialAction::set_null;
    };
    if (field->relation && (sets_null(field->relation->on_delete) || sets_null(field->relation->on_update))) return;
    set_optional(change, context.placed, *field, false);
  }
  found.push_back({fmt::format("Make {} required (fill rows without a value first)", names_of(tied)),
                   RefactoringKind::rewrite, change.edits(context.snapshot)});
  const Field& field = *tied.front();
  const std::string value = plain_default(context.snapshot, field);
  const bool unique = std::ranges::any_of(context.placed->indexes, [&](const schema::Index& index) {
    return index.kind == schema::IndexKind::unique && has_field(index, field.name);
  });
  // Rows that all have one value are not unique.
  const bool block_has_defaults =
      context.placed->is_model() || context.placed->kind == syntax::BlockKind::composite_type;
  if (tied.size() > 1 || value.empty() || unique || !block_has_defaults) return;
  change.add_attribute(context.placed, field, fmt::format("@default({})", value));
  found.push_back({fmt::format("Make {} required with the default {}", field.name, value), RefactoringKind::rewrite,
                   change.edits(context.snapshot)});
}

}  // namespace

void add_arity_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found) {
  const Field* field = context.field();
  if (field == nullptr || field->kind == schema::TypeKind::unknown || field->arity == Arity::list) return;
  if (field->kind == schema::TypeKind::unsupported) return;
  if (counts_up(*field)) return;
  const auto tied = tied_to(context.placed, *field);
  if (tied.empty()) return;
  const bool any_optional = std::ranges::any_of(tied, [](const Field* one) { return one->arity == Arity::optional; });
  if (any_optional) {
    add_required(context, tied, found);
  } else {
    add_optional(context, tied, found);
  }
}

}  // namespace refract::features
