#pragma once

#include <string>
#include <vector>

#include "migrate/hazards.h"
#include "migrate/history.h"
#include "migrate/plan.h"
#include "schema/snapshot.h"

namespace refract::migrate {

// The next migration: what leads from a history to a schema, with all that faces show of it.
struct NextMigration {
  Plan plan;
  std::string sql;  // the content of migration.sql, Prisma's warnings comment not included
  ReversePlan down;
  std::vector<Hazard> hazards;
  std::vector<std::string> summary;  // one sentence a step, in order
};

NextMigration next_migration(const catalog::Catalog& before, const catalog::Catalog& after, const DiffOptions& options);
// The same for what the schema asks for (catalog_of).
NextMigration next_migration(const catalog::Catalog& before, const schema::Snapshot& schema,
                             const DiffOptions& options);

}  // namespace refract::migrate
