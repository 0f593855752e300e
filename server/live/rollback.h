#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "live/connection.h"
#include "live/migration_lock.h"
#include "live/script_run.h"
#include "migrate/history/history.h"

namespace refract::live {

struct RollbackOptions {
  std::optional<std::string> name = {};  // the migration to undo; without it, the one that finished last
  bool dry_run = false;                  // report what would be lost, change nothing
  bool accept_data_loss = false;
  std::chrono::milliseconds lock_wait = kLockWait;
};

struct RollbackReport {
  std::string database;
  std::string migration;
  std::string sql;                  // of its down.sql
  std::vector<std::string> losses;  // rows and values that go, one sentence each
  // false: a dry run, down.sql failed, or something would be lost and that was not accepted
  bool undone = false;
  std::optional<ScriptFailure> failure;  // where down.sql failed, and what of it took effect
  double milliseconds = 0;
};

// Undoes a migration by its down.sql and marks it rolled back, in one transaction where down.sql may run in one. What
// it drops is counted under the locks that dropping takes, so that no row is written in between.
// Errors: not_found, when nothing is applied or there is no down.sql; conflict, when a migration that finished later is
// applied, one failed, or the last one was only recorded and is not named; database_unreachable, when the connection
// was lost while down.sql ran, so that the result is unknown; those of Session.
Result<RollbackReport> rollback(const migrate::History& history, const ConnectionString& target,
                                const RollbackOptions& options = {});

}  // namespace refract::live
