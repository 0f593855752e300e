#include "migrate/diff/cast_choice.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "migrate/diff/cast_expression.h"
#include "migrate/diff/display_name.h"
#include "migrate/diff/planner.h"

namespace refract::migrate {
namespace {

using catalog::Catalog;

// The names that a request may give the column.
std::vector<std::string> names_of(const Cast& cast, const schema::Snapshot* schema) {
  std::vector<std::string> tables{cast.table.name, fmt::format("{}.{}", cast.table.schema, cast.table.name)};
  std::vector<std::string> columns{cast.column};
  if (schema != nullptr) {
    for (const schema::Placed& declaration : schema->declarations()) {
      const bool same = declaration->is_model() && declaration->database_name == cast.table.name &&
                        declaration->database_schema.value_or("public") == cast.table.schema;
      if (!same) continue;
      tables.emplace_back(declaration->name);
      for (const schema::Field& field : declaration->fields) {
        if (field.is_stored() && field.database_name == cast.column) columns.emplace_back(field.name);
      }
    }
  }
  std::vector<std::string> names;
  for (const std::string& table : tables) {
    for (const std::string& column : columns) names.push_back(fmt::format("{}.{}", table, column));
  }
  return names;
}

std::vector<Cast> resolve(std::span<const std::string> requests, const std::vector<CastCandidate>& candidates,
                          const schema::Snapshot* schema, std::optional<std::string>& unknown) {
  std::vector<Cast> casts;
  for (const std::string& request : requests) {
    const auto found = std::ranges::find_if(candidates, [&](const CastCandidate& candidate) {
      const std::vector<std::string> names = names_of(candidate.cast, schema);
      return std::ranges::find(names, request) != names.end();
    });
    if (found == candidates.end()) {
      if (!unknown) unknown = request;
    } else if (std::ranges::find(casts, found->cast) == casts.end()) {
      casts.push_back(found->cast);
    }
  }
  return casts;
}

}  // namespace

std::string request_of(const Cast& cast) {
  return display_name(cast.table, cast.column);
}

std::vector<CastCandidate> cast_candidates(const Catalog& before, const Catalog& wanted, const DiffOptions& options) {
  Plan renames;
  const Catalog renamed = options.renames.empty() ? Catalog() : plan_renames(before, wanted, options.renames, renames);
  const Catalog& from = options.renames.empty() ? before : renamed;
  std::vector<CastCandidate> candidates;
  for (const TableDiff& table : compare(from, wanted, options, Scope::described).tables) {
    for (const ColumnPair& pair : table.columns) {
      if (!pair.recreated()) continue;
      CastExpression expression = cast_expression(*pair.from, pair.to->type, from);
      if (!expression.keeps) continue;
      candidates.push_back(
          {{table.from->table->name, pair.from->name}, pair.from->type, pair.to->type, std::move(expression.sql)});
    }
  }
  return candidates;
}

Result<std::vector<Cast>> resolve_casts(std::span<const std::string> requests, const Catalog& before,
                                        const Catalog& wanted, const DiffOptions& options,
                                        const schema::Snapshot* schema) {
  if (requests.empty()) return std::vector<Cast>();
  std::optional<std::string> unknown;
  auto casts = resolve(requests, cast_candidates(before, wanted, options), schema, unknown);
  if (!unknown) return casts;
  return fail(ErrorCode::usage,
              fmt::format("--cast {} does not apply: this migration recreates no column of this name whose values can "
                          "be cast to its new type; the summary of the migration lists the possible casts.",
                          *unknown));
}

std::vector<Cast> resolve_cast_notes(std::span<const std::string> notes, const Catalog& before, const Catalog& wanted,
                                     const DiffOptions& options, const schema::Snapshot* schema) {
  if (notes.empty()) return {};
  std::optional<std::string> done;
  return resolve(notes, cast_candidates(before, wanted, options), schema, done);
}

}  // namespace refract::migrate
