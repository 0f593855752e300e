#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "live/session.h"

namespace refract::live {

// One row of `_prisma_migrations`, Prisma's own record of what ran.
struct Record {
  std::string id;
  std::string checksum;
  std::string migration;
  std::string logs;          // PostgreSQL's message of a failed run; empty otherwise
  std::string started_at;    // as PostgreSQL prints a timestamptz
  bool finished = false;     // finished_at is set
  bool rolled_back = false;  // rolled_back_at is set

  bool applied() const { return finished && !rolled_back; }
  bool failed() const { return !finished && !rolled_back; }
};

// Whether the table is there. Errors: those of Session.
Result<bool> has_records(Session& session);
// Makes the table as Prisma makes it, in the session's schema, which is made where it is missing. Errors: those of
// Session; database_rights says who lacks what.
Result<void> create_records(Session& session, std::string_view schema);
// All rows, oldest first. Errors: those of Session.
Result<std::vector<Record>> read_records(Session& session);

// Writes the row of a run that begins; gives its id.
Result<std::string> record_start(Session& session, std::string_view migration, std::string_view checksum);
Result<void> record_success(Session& session, std::string_view id);
Result<void> record_failure(Session& session, std::string_view id, std::string_view logs);
Result<void> record_rolled_back(Session& session, std::string_view id);
// A finished row for a migration that was applied by other means.
Result<void> record_applied(Session& session, std::string_view migration, std::string_view checksum);

// Prisma's advisory lock, held until the session ends, so that two deployments (Prisma's or ours) never run at
// once. Errors: database_failed after ten seconds of waiting, as with Prisma.
Result<void> take_migration_lock(Session& session);

}  // namespace refract::live
