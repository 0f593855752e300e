#pragma once

#include <span>
#include <string>
#include <vector>

#include "migrate/diff/plan.h"
#include "migrate/diff/rename_candidates.h"
#include "migrate/hazards/hazards.h"
#include "migrate/history/history.h"
#include "schema/snapshot.h"

namespace refract::migrate {

// A part of the next migration that has to be committed before the rest can run.
struct MigrationPart {
  std::string description;  // for its name, in a few words; empty for the last part
  std::string sql;
  std::string down_sql;
};

// The next migration: what leads from a history to a schema, with all that front ends show of it.
struct NextMigration {
  Plan plan;
  std::string sql;  // the content of migration.sql, Prisma's warnings comment not included
  ReversePlan down;
  // In order; empty where one migration does it all. A new enum value that is used at once comes first, alone.
  std::vector<MigrationPart> parts;
  std::vector<Hazard> hazards;
  std::vector<std::string> summary;                // one sentence per step, in order
  std::vector<Rename> renames;                     // that were chosen
  std::vector<RenameCandidate> rename_candidates;  // that may have been meant besides
  std::vector<CastCandidate> cast_candidates;      // columns that could keep their values
};

// What a person chose in place of Prisma's answer: asked for by name, and noted in the migrations folder.
struct Choices {
  std::span<const RenameRequest> renames = {};
  std::span<const std::string> casts = {};
  std::span<const RenameRequest> rename_notes = {};
  std::span<const std::string> cast_notes = {};
};
// The options with the choices resolved; `schema` (may be null) is the one `wanted` was made from. Errors: usage, when
// one that was asked for names nothing.
Result<DiffOptions> with_choices(DiffOptions options, const catalog::Catalog& before, const catalog::Catalog& wanted,
                                 const schema::Snapshot* schema, const Choices& choices);

NextMigration next_migration(const catalog::Catalog& before, const catalog::Catalog& after, const DiffOptions& options);
// The same for what the schema asks for (catalog_of).
NextMigration next_migration(const catalog::Catalog& before, const schema::Snapshot& schema,
                             const DiffOptions& options);
// What leads from a history to a schema by the schema's own options, the history's notes of renames heeded.
// `renames` and `casts` come before the notes. Errors: usage, when one of them names nothing.
Result<NextMigration> next_migration(const History& history, const schema::Snapshot& schema,
                                     std::span<const RenameRequest> renames = {},
                                     std::span<const std::string> casts = {});

}  // namespace refract::migrate
