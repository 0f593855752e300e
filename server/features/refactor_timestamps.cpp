#include <fmt/format.h>

#include <algorithm>

#include "features/refactoring_families.h"
#include "features/schema_change.h"

// createdAt and updatedAt, named as the model names its other fields and columns.
namespace refract::features {
namespace {

using schema::Field;

bool has_underscore(std::string_view name) {
  return name.find('_') != std::string_view::npos;
}

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

std::string line_of(const schema::Declaration& model, const Timestamp& timestamp) {
  const bool snake_names = std::ranges::any_of(
      model.fields, [](const Field& field) { return field.is_stored() && has_underscore(field.name); });
  if (snake_names) return fmt::format("{} DateTime {}", timestamp.snake, timestamp.attributes);
  const bool snake_columns = std::ranges::any_of(
      model.fields, [](const Field& field) { return field.mapped && has_underscore(field.database_name); });
  return fmt::format("{} DateTime {}{}", timestamp.camel, timestamp.attributes,
                     snake_columns ? fmt::format(" @map(\"{}\")", timestamp.snake) : "");
}

}  // namespace

void add_timestamp_refactorings(const RefactoringSpot& spot, std::vector<Refactoring>& found) {
  const schema::Declaration& model = *spot.placed;
  if (!model.is_model() || !spot.at_header) return;
  SchemaChange change;
  std::vector<std::string_view> added;
  for (const Timestamp* timestamp : {&kCreated, &kUpdated}) {
    if (has(model, *timestamp)) continue;
    const std::string line = line_of(model, *timestamp);
    change.add_member(spot.placed, line);
    added.push_back(line.starts_with(timestamp->snake) ? timestamp->snake : timestamp->camel);
  }
  if (added.empty()) return;
  found.push_back(
      {fmt::format("Add {}", fmt::join(added, " and ")), RefactoringKind::rewrite, change.edits(spot.snapshot)});
}

}  // namespace refract::features
