#pragma once

#include <span>
#include <string>
#include <vector>

#include "migrate/hazards.h"
#include "migrate/history.h"
#include "migrate/plan.h"
#include "migrate/rename_candidates.h"
#include "schema/snapshot.h"

namespace refract::migrate {

// The next migration: what leads from a history to a schema, with all that faces show of it.
struct NextMigration {
  Plan plan;
  std::string sql;  // the content of migration.sql, Prisma's warnings comment not included
  ReversePlan down;
  std::vector<Hazard> hazards;
  std::vector<std::string> summary;                // one sentence a step, in order
  std::vector<Rename> renames;                     // that were chosen
  std::vector<RenameCandidate> rename_candidates;  // that may have been meant besides
};

NextMigration next_migration(const catalog::Catalog& before, const catalog::Catalog& after, const DiffOptions& options);
// The same for what the schema asks for (catalog_of).
NextMigration next_migration(const catalog::Catalog& before, const schema::Snapshot& schema,
                             const DiffOptions& options);
// What leads from a history to a schema by the schema's own options, the history's notes of renames heeded.
// `renames` come before the notes. Errors: usage, when one of them names nothing.
Result<NextMigration> next_migration(const History& history, const schema::Snapshot& schema,
                                     std::span<const RenameRequest> renames = {});

}  // namespace refract::migrate
