#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "live/applied.h"
#include "live/connection.h"
#include "live/migration_lock.h"
#include "live/script_run.h"
#include "migrate/history/history.h"

namespace refract::live {

struct AppliedMigration {
  std::string name;
  double milliseconds = 0;
};

struct DeployFailure {
  std::string migration;
  std::string path;  // of its migration.sql
  ScriptFailure why;
  bool rolled_back = true;  // nothing of it stayed: the next deploy runs it again
  bool recorded = true;     // false: no row records it, because the connection was lost
};

struct DeployReport {
  std::string database;
  std::vector<AppliedMigration> applied;
  std::vector<OutOfOrder> out_of_order;  // of those that were to be applied
  std::optional<DeployFailure> failure;
  // Why the run ended before its end though no migration failed (asked to stop, connection lost), where migrations had
  // been applied by then.
  std::optional<Error> ended;
};

// Called before each migration: its name, its number from 1, how many there are.
using DeployProgress = std::function<void(const std::string& name, std::size_t number, std::size_t of)>;

struct DeployOptions {
  DeployProgress progress = {};
  std::stop_token stop = {};
  std::chrono::milliseconds lock_wait = kLockWait;
  bool force = false;  // also what is known to fail
  // Tables of the URL's schema that are not the project's: they do not make the database one without a record.
  std::vector<std::string> external_tables = {};
  bool resume = false;  // a migration that failed in part: from its first statement that took no effect
};

// Applies what is pending, in order, under Prisma's lock, each with its record in one transaction where every statement
// of it may run in one. A failing migration ends the run and is in the report, not an Error. Asked to stop, it ends
// between two migrations. Nothing is written, and no right to write needed, where nothing is pending.
// Errors, all of them before a migration is applied (after that: DeployReport::ended): conflict, when a failed
// migration is in the way, the database has tables but no record, or a pending migration is known to fail (unreadable,
// where it does not parse); cancelled; those of Session.
Result<DeployReport> deploy(const migrate::History& history, const ConnectionString& target,
                            const DeployOptions& options = {});

}  // namespace refract::live
