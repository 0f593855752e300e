#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "features/refactor/member_lines.h"
#include "features/refactor/refactoring_families.h"
#include "features/refactor/schema_change.h"
#include "schema/naming.h"
#include "schema/new_members.h"
#include "text/unicode.h"

// Selected fields of a model, moved to a new model or a composite type.
namespace refract::features {
namespace {

using schema::Field;

// Whether nothing else in the schema names the field.
bool is_unreferenced(const RefactoringContext& context, const Field& field) {
  if (!field.is_stored() || is_referenced(context.snapshot, context.placed, field.name)) return false;
  const bool in_relation = std::ranges::any_of(context.placed->fields, [&](const Field& other) {
    return other.relation && contains(other.relation->fields, field.name);
  });
  const bool in_index = std::ranges::any_of(context.placed->indexes, [&](const schema::Index& index) {
    return has_field(index, field.name) || index.where != nullptr;
  });
  return !counts_up(field) && !in_relation && !in_index;
}

// Takes the fields out; what they are written as is added to `block`.
void take(const RefactoringContext& context, SchemaChange& change, std::string& block) {
  for (const Field* field : context.fields) {
    const text::Range lines = member_lines(*context.placed->block, field->syntax->range);
    block += context.placed->block->text.substr(lines.begin, lines.size());
    change.replace(context.placed, lines, "");
  }
}

Refactoring to_model(const RefactoringContext& context, const Field& id) {
  const schema::Declaration& model = *context.placed;
  const std::string name = free_type_name(context.snapshot, fmt::format("{}Details", model.name));
  const auto taken = [&](const std::string& tried) {
    return std::ranges::any_of(context.fields, [&](const Field* field) { return field->name == tried; });
  };
  const std::string owner = schema::free_name(text::with_first_letter(model.name, false), taken);
  const schema::NamingStyle style(context.snapshot);
  const std::string key =
      schema::free_name(style.field_name(model, owner + text::with_first_letter(id.name, true)), taken);
  const bool mongodb = context.snapshot.provider() == schema::Provider::mongodb;
  SchemaChange change;
  std::string members =
      fmt::format("{} {} @id{} {}\n", key, id.type_name,
                  mongodb ? " @map(\"_id\")" : style.column_attribute(model, key), schema::native_type_text(model, id));
  take(context, change, members);
  members += fmt::format("  {} {} @relation(fields: [{}], references: [{}], onDelete: Cascade)", owner, model.name, key,
                         id.name);
  const std::string block =
      schema::new_block(style, syntax::BlockKind::model, name, std::array{members}, model.database_schema);
  change.add_member(context.placed, fmt::format("{} {}?", free_field_name(model, "details"), name));
  change.add_block_after(context.placed, block);
  return {fmt::format("Move {} to a new model {}", names_of(context.fields), name), RefactoringKind::extract,
          change.edits(context.snapshot)};
}

Refactoring to_composite_type(const RefactoringContext& context) {
  const schema::Declaration& model = *context.placed;
  const std::string name = free_type_name(context.snapshot, fmt::format("{}Details", model.name));
  std::string block = fmt::format("type {} {{\n", name);
  SchemaChange change;
  take(context, change, block);
  block += "}";
  change.add_member(context.placed, fmt::format("{} {}?", free_field_name(model, "details"), name));
  change.add_block_after(context.placed, block);
  return {fmt::format("Move {} to a composite type {}", names_of(context.fields), name), RefactoringKind::extract,
          change.edits(context.snapshot)};
}

}  // namespace

void add_extract_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found) {
  // It is what a selection means, not a cursor.
  if (context.at.range.empty() || context.fields.empty() || !context.placed->is_model() || context.placed->ignored)
    return;
  if (!std::ranges::all_of(context.fields, [&](const Field* field) { return is_unreferenced(context, *field); }))
    return;
  const Field* id = single_id(*context.placed);
  if (id != nullptr && id->kind == schema::TypeKind::scalar) found.push_back(to_model(context, *id));
  const bool updated = std::ranges::any_of(context.fields, [](const Field* field) { return field->updated_at; });
  if (context.connector().composite_types && !updated) found.push_back(to_composite_type(context));
}

}  // namespace refract::features
