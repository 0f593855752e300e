#include "features/migration/migration_casts.h"

#include <fmt/format.h>

#include <optional>

#include "migrate/diff/display_name.h"

namespace refract::features {
namespace {

bool touches(const schema::FileRange& one, const schema::FileRange& other) {
  return one.file == other.file && one.range.begin <= other.range.end && other.range.begin <= one.range.end;
}

// Where the schema declares the column.
std::optional<schema::FileRange> place_of(const schema::Snapshot& snapshot, const migrate::Cast& cast) {
  for (const schema::Placed& declaration : snapshot.declarations()) {
    const bool is_table = declaration->is_model() && declaration->database_name == cast.table.name &&
                          declaration->database_schema.value_or("public") == cast.table.schema;
    if (!is_table) continue;
    for (const schema::Field& field : declaration->fields) {
      if (field.is_stored() && field.database_name == cast.column) return declaration.in_file(field.syntax->range);
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<CastChoice> cast_choices(const schema::Snapshot& snapshot, const migrate::NextMigration& next,
                                     schema::FileRange at) {
  std::vector<CastChoice> choices;
  for (const migrate::CastCandidate& candidate : next.cast_candidates) {
    const auto place = place_of(snapshot, candidate.cast);
    if (!place || !touches(*place, at)) continue;
    std::string column = migrate::request_of(candidate.cast);
    std::string title = fmt::format("Cast the values of {} to {} instead of drop and recreate", column,
                                    migrate::display_type(candidate.to));
    choices.push_back({std::move(title), std::move(column)});
  }
  return choices;
}

}  // namespace refract::features
