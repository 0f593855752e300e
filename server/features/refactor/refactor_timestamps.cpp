#include <fmt/format.h>

#include <algorithm>

#include "features/refactor/refactoring_families.h"
#include "features/refactor/schema_change.h"
#include "schema/naming_style.h"

// createdAt and updatedAt, named as the model names its other fields and columns.
namespace refract::features {
namespace {

using schema::Field;

struct Timestamp {
  std::string_view camel;
  std::string_view snake;
  std::string_view attributes;
};

// A default for both: the rows that are there get the time of the migration.
constexpr Timestamp kCreated{"createdAt", "created_at", "@default(now())"};
constexpr Timestamp kUpdated{"updatedAt", "updated_at", "@default(now()) @updatedAt"};

bool has(const schema::Declaration& model, const Timestamp& timestamp) {
  return std::ranges::any_of(model.fields, [&](const Field& field) {
    return field.name == timestamp.camel || field.name == timestamp.snake || field.database_name == timestamp.camel ||
           field.database_name == timestamp.snake || (field.updated_at && &timestamp == &kUpdated);
  });
}

}  // namespace

void add_timestamp_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found) {
  const schema::Declaration& model = *context.placed;
  if (!model.is_model() || !context.at_header) return;
  const schema::NamingStyle style(context.snapshot);
  SchemaChange change;
  std::vector<std::string> added;
  for (const Timestamp* timestamp : {&kCreated, &kUpdated}) {
    if (has(model, *timestamp)) continue;
    const std::string name = style.field_name(model, timestamp->camel);
    change.add_member(context.placed, fmt::format("{} DateTime {}{}", name, timestamp->attributes,
                                                  style.column_attribute(model, name)));
    added.push_back(name);
  }
  if (added.empty()) return;
  found.push_back(
      {fmt::format("Add {}", fmt::join(added, " and ")), RefactoringKind::rewrite, change.edits(context.snapshot)});
}

}  // namespace refract::features
