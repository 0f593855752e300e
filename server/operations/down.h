#pragma once

#include <filesystem>
#include <string>

#include "migrate/diff/plan.h"
#include "migrate/history/history.h"
#include "schema/snapshot.h"

namespace refract::operations {

struct WrittenDown {
  migrate::ReversePlan down;
  std::filesystem::path path;  // of down.sql
};

// The down.sql of a migration of the folder, from its migration.sql as it is now. Errors: not_found, when the folder
// has no such migration.
Result<WrittenDown> down_of(const migrate::History& history, const schema::Snapshot& schema, const std::string& name);

// Writes it. One that was written by hand is kept unless `force`. Errors: conflict, when it is; unwritable.
Result<void> write_down(const WrittenDown& written, bool force);

}  // namespace refract::operations
