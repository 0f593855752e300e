#include "migrate/next.h"

#include "catalog/sql.h"
#include "migrate/schema_catalog.h"

namespace refract::migrate {

NextMigration next_migration(const catalog::Catalog& before, const schema::Snapshot& schema,
                             const DiffOptions& options) {
  NextMigration next;
  next.plan = plan(before, catalog_of(schema), options);
  next.sql = render_sql(next.plan);
  const std::vector<catalog::Step> steps = next.plan.steps();
  catalog::Catalog after = before;
  catalog::replay(steps, after);  // what fails is among the hazards
  next.down = reverse(next.plan, before, after, options);
  next.hazards = hazards(steps, before);
  for (const catalog::Step& step : steps) next.summary.push_back(describe(step.change));
  return next;
}

}  // namespace refract::migrate
