#include "features/migration/migration_lenses.h"

#include <algorithm>

#include <fmt/format.h>

#include "catalog/parse/sql.h"
#include "features/migration/migration.h"
#include "migrate/diff/describe.h"
#include "migrate/hazards/hazards.h"
#include "migrate/hazards/suppressions.h"

namespace refract::features {
namespace {

constexpr std::size_t kMaxSentences = 3;  // in a lens; the others are counted

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

text::Range range_of(const catalog::SqlRange& origin) {
  return {origin.begin, std::max(origin.begin, origin.end)};
}

std::string in_words(std::span<const catalog::Step> steps) {
  std::string out;
  for (const catalog::Step& step : steps.first(std::min(steps.size(), kMaxSentences))) {
    if (!out.empty()) out += "; ";
    out += migrate::describe(step.change);
  }
  if (steps.size() > kMaxSentences) out += fmt::format("; and {} more", steps.size() - kMaxSentences);
  return out;
}

}  // namespace

std::vector<MigrationFileLens> migration_file_lenses(std::string_view sql, const catalog::Catalog& before) {
  std::vector<MigrationFileLens> lenses;
  const catalog::ParsedSql parsed = catalog::parse_sql(sql);
  if (!parsed.errors.empty()) {
    const catalog::SqlError& error = parsed.errors.front();
    lenses.push_back({{0, 0}, "Verify", true});
    lenses.push_back({range_of(error.range), fmt::format("The SQL does not parse: {}", error.message)});
    return lenses;
  }
  const std::span<const catalog::Step> steps = parsed.steps;
  const auto hazards = migrate::sift(migrate::hazards(steps, before, {}, sql), steps, sql).kept;
  lenses.push_back({{0, 0}, "", true});
  std::size_t statements = 0;
  for (std::size_t first = 0; first < steps.size();) {
    std::size_t last = first + 1;
    while (last < steps.size() && steps[last].origin.begin == steps[first].origin.begin) ++last;
    MigrationFileLens lens{range_of(steps[first].origin), in_words(steps.subspan(first, last - first))};
    for (const migrate::Hazard& hazard : hazards) {
      if (hazard.step < first || hazard.step >= last) continue;
      lens.title += fmt::format(" · {}: {}", level_name(hazard.level), hazard.message);
    }
    lenses.push_back(std::move(lens));
    ++statements;
    first = last;
  }
  lenses.front().title = counted(statements, "statement");
  if (!hazards.empty()) lenses.front().title += fmt::format(", {}", counted(hazards.size(), "hazard"));
  lenses.front().title += ": verify";
  return lenses;
}

}  // namespace refract::features
