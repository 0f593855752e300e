#include "migrate/next.h"

#include <fmt/format.h>

#include "catalog/sql.h"
#include "migrate/hazard_table.h"
#include "migrate/schema_catalog.h"

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
  next.sql = render_sql(next.plan);
  const std::vector<catalog::Step> steps = next.plan.steps();
  catalog::Catalog after = before;
  catalog::replay(steps, after);  // what fails is among the hazards
  next.down = reverse(next.plan, before, after, options);
  next.hazards = hazards(steps, before);
  // Prisma's spelling of some changes, and of names with quotes, is no SQL.
  const catalog::ParsedSql parsed = catalog::parse_sql(next.sql);
  for (const catalog::SqlError& error : parsed.errors) next.hazards.push_back(unparsable(error.message));
  for (const catalog::Step& step : steps) next.summary.push_back(describe(step.change));
  return next;
}

NextMigration next_migration(const catalog::Catalog& before, const schema::Snapshot& schema,
                             const DiffOptions& options) {
  return next_migration(before, catalog_of(schema), options);
}

}  // namespace refract::migrate
