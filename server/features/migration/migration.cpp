#include "features/migration/migration.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "migrate/diff/display_name.h"

namespace refract::features {
namespace {

// What a step is about in two or three words for a folder's name; empty for steps that only accompany others.
std::string name_part(const catalog::Change& change) {
  if (const auto* step = std::get_if<catalog::CreateTable>(&change)) return "create_" + step->table.name.name;
  if (const auto* step = std::get_if<catalog::DropTable>(&change)) return "drop_" + step->table.name;
  if (const auto* step = std::get_if<catalog::AddColumn>(&change))
    return "add_" + step->column.name + "_to_" + step->table.name;
  if (const auto* step = std::get_if<catalog::DropColumn>(&change))
    return "drop_" + step->column + "_from_" + step->table.name;
  if (const auto* step = std::get_if<catalog::RenameColumn>(&change)) return "rename_" + step->from + "_to_" + step->to;
  if (const auto* step = std::get_if<catalog::RenameTable>(&change))
    return "rename_" + step->table.name + "_to_" + step->to;
  if (const auto* step = std::get_if<catalog::CreateEnum>(&change)) return "create_" + step->enumeration.name.name;
  if (const auto* step = std::get_if<catalog::AddEnumValue>(&change))
    return "add_" + step->value + "_to_" + step->enumeration.name;
  if (const auto* step = std::get_if<catalog::AlterColumnType>(&change))
    return "change_" + step->column + "_of_" + step->table.name;
  if (const auto* step = std::get_if<catalog::CreateIndex>(&change)) return "index_" + step->table.name;
  return {};
}

}  // namespace

std::string_view level_name(migrate::HazardLevel level) {
  switch (level) {
    case migrate::HazardLevel::danger:
      return "Danger";
    case migrate::HazardLevel::warning:
      return "Warning";
    case migrate::HazardLevel::notice:
      return "Note";
  }
  return "Note";
}

std::optional<MigrationLens> migration_lens(const schema::Snapshot& snapshot, const migrate::NextMigration& next) {
  const schema::Datasource* datasource = snapshot.datasource();
  if (datasource == nullptr) return std::nullopt;
  MigrationLens lens;
  lens.at = snapshot.place_of(*datasource->block, datasource->block->header_range);
  lens.changes = next.plan.steps().size();
  if (lens.changes == 0) {
    lens.title = "The migrations are up to date";
  } else {
    lens.title = fmt::format("{} schema change{} without a migration", lens.changes, lens.changes == 1 ? "" : "s");
    const auto dangers = std::ranges::count(next.hazards, migrate::HazardLevel::danger, &migrate::Hazard::level);
    if (dangers > 0) lens.title += fmt::format(", {} dangerous", dangers);
  }
  return lens;
}

std::string migration_summary(const migrate::NextMigration& next) {
  if (next.plan.empty()) return "The migrations match the schema; there is nothing to migrate.";
  std::string out;
  for (const std::string& sentence : next.summary) out += fmt::format("- {}\n", sentence);
  for (const migrate::Hazard& hazard : next.hazards) {
    out += fmt::format("\n**{}:** {}{}{}\n", level_name(hazard.level), hazard.message,
                       hazard.safer_way.empty() ? "" : " ", hazard.safer_way);
  }
  for (const migrate::RenameCandidate& candidate : next.rename_candidates) {
    out += fmt::format(
        "\n**Possible rename:** {} (score {} of 100: {}). To keep the data, choose the quick fix at its declaration.\n",
        migrate::display_name(candidate.rename), candidate.score, fmt::join(candidate.reasons, ", "));
  }
  for (const migrate::CastCandidate& candidate : next.cast_candidates) {
    out += fmt::format(
        "\n**Possible cast:** {} from {} to {}. To keep the values, choose the quick fix at its declaration.\n",
        migrate::request_of(candidate.cast), migrate::display_type(candidate.from),
        migrate::display_type(candidate.to));
  }
  return out;
}

std::string suggested_name(const migrate::NextMigration& next) {
  constexpr std::size_t kMaxParts = 2;
  std::string name;
  std::size_t parts = 0;
  for (const catalog::Step& step : next.plan.steps()) {
    const std::string part = migrate::normalise_name(name_part(step.change));
    if (part.empty()) continue;
    if (parts++ == kMaxParts) break;
    if (!name.empty()) name += "_and_";
    name += part;
  }
  return name.empty() ? "migration" : name;
}

}  // namespace refract::features
