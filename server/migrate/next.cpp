#include "migrate/next.h"

#include <algorithm>

#include <fmt/format.h>

#include "catalog/sql.h"
#include "migrate/hazard_table.h"
#include "migrate/schema_catalog.h"
#include "migrate/sending_hazards.h"

namespace refract::migrate {
namespace {

Hazard unparsable(const std::string& reason) {
  const HazardSpec& spec = kHazards[static_cast<std::size_t>(HazardKind::will_fail)];
  return {spec.code, spec.level, fmt::format("PostgreSQL does not parse what Prisma writes here: {}.", reason),
          "Edit migration.sql before it is applied; statements and names may need to be split or quoted by hand.", 0};
}

}  // namespace

NextMigration next_migration(const catalog::Catalog& before, const catalog::Catalog& wanted,
                             const DiffOptions& options) {
  NextMigration next;
  next.plan = plan(before, wanted, options);
  next.renames = options.renames;
  next.sql = render_sql(next.plan);
  const std::vector<catalog::Step> steps = next.plan.steps();
  catalog::Catalog after = before;
  catalog::replay(steps, after);  // what fails is among the hazards
  next.down = reverse(next.plan, before, after, options);
  next.hazards = hazards(steps, before);
  // Prisma's spelling of some changes, and of names with quotes, is no SQL.
  const catalog::ParsedSql parsed = catalog::parse_sql(next.sql);
  for (const catalog::SqlError& error : parsed.errors) next.hazards.push_back(unparsable(error.message));
  for (SendingHazard& sent : sending_hazards(parsed.statements)) next.hazards.push_back(std::move(sent.hazard));
  bool drops = false;
  for (const catalog::Step& step : steps) {
    next.summary.push_back(describe(step.change));
    drops = drops || std::holds_alternative<catalog::DropColumn>(step.change) ||
            std::holds_alternative<catalog::DropTable>(step.change) ||
            std::holds_alternative<catalog::DropEnum>(step.change);
  }
  if (drops) next.rename_candidates = rename_candidates(before, wanted, options);
  return next;
}

NextMigration next_migration(const catalog::Catalog& before, const schema::Snapshot& schema,
                             const DiffOptions& options) {
  return next_migration(before, catalog_of(schema), options);
}

Result<NextMigration> next_migration(const History& history, const schema::Snapshot& schema,
                                     std::span<const RenameRequest> renames) {
  const catalog::Catalog wanted = catalog_of(schema);
  DiffOptions options = diff_options(schema);
  auto asked = resolve_renames(renames, *history.catalog, wanted, &schema);
  if (!asked) return fail(asked.error());
  options.renames = std::move(*asked);
  std::vector<RenameRequest> all(renames.begin(), renames.end());
  std::ranges::copy(history.rename_notes, std::back_inserter(all));
  if (all.size() > renames.size()) options.renames = resolve_rename_notes(all, *history.catalog, wanted, &schema);
  return next_migration(*history.catalog, wanted, options);
}

}  // namespace refract::migrate
