#pragma once

#include <optional>
#include <span>
#include <string>

#include "live/connection.h"
#include "live/verify.h"
#include "migrate/history/history.h"
#include "migrate/history/next.h"
#include "workspace/host.h"

namespace refract::operations {

// What is between a project's migrations folder and its schema.
struct Pending {
  migrate::NextMigration next;
  double milliseconds = 0;  // from the history and the schema to the SQL
};

// `renames` and `casts` are chosen besides those that the history's notes name.
// Errors: invalid_schema, when the schema is not for PostgreSQL; usage, when one of them names nothing.
Result<Pending> pending(const migrate::History& history, const schema::Snapshot& schema,
                        std::span<const migrate::RenameRequest> renames = {}, std::span<const std::string> casts = {});

struct Written {
  std::vector<std::filesystem::path> before;  // folders written before it, of the parts that have to come first
  std::string name;                           // the migration's folder name
  std::filesystem::path folder;
  std::filesystem::path sql_path;
  std::filesystem::path down_path;
};

// Writes the next migration into the folder. An empty description takes features::suggested_name.
// Errors: conflict, when there is nothing to migrate; those of migrate::write_migration.
Result<Written> write_next(const migrate::History& history, const migrate::NextMigration& next,
                           const std::string& description, migrate::Naming naming);

// Verifies the migration that is not written yet, or the folder's last one where the migrations have every change of
// the schema. Errors: those of live::verify and pending.
Result<live::VerifyReport> verify(const migrate::History& history, const schema::Snapshot& schema,
                                  const live::VerifyProgress& progress = {}, std::stop_token stop = {},
                                  const live::VerifyPlace& place = {});

}  // namespace refract::operations
