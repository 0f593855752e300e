#pragma once

#include <optional>
#include <string>
#include <vector>

#include "live/applied.h"
#include "live/connection.h"
#include "live/migration_lock.h"
#include "live/progress.h"
#include "migrate/history/history.h"

namespace refract::live {

enum class MigrationState {
  applied,
  pending,      // in the folder, not in the database
  running,      // began, did not finish, and another process holds the migration lock
  failed,       // began and did not finish; nothing else may run before it is resolved
  rolled_back,  // undone, or failed and nothing of it stayed: runs again at the next deploy
  edited,       // applied, but migration.sql is another text now
  missing,      // applied, but no longer in the folder
};

// A statement of a migration that did not finish.
struct StatementPlace {
  std::size_t number = 0;  // from 1
  migrate::ScriptPlace place;
  std::string text;  // its first line, shortened
};

struct MigrationStatus {
  std::string name;
  MigrationState state = MigrationState::pending;
  std::string started_at;  // of its last run; empty for pending
  std::string logs;        // PostgreSQL's message of a failed run
  bool only_recorded = false;

  // Of a failed one whose record has its progress; the places where migration.sql still begins with these.
  std::optional<Progress> progress = {};
  std::vector<StatementPlace> effective = {};    // took effect
  std::optional<StatementPlace> uncertain = {};  // may have taken effect: whether it did could not be recorded
  bool resumable = false;                        // deploy can go on after those
};

struct StatusReport {
  std::string database;                     // its label, no secret
  bool has_records = false;                 // `_prisma_migrations` is there
  bool empty = true;                        // no table besides
  std::optional<LockHolder> running_by;     // who holds the migration lock
  std::vector<MigrationStatus> migrations;  // by name
  std::vector<OutOfOrder> out_of_order;
  std::vector<std::string> applied;  // in the order in which they finished

  std::size_t count(MigrationState state) const;
};

// Compares the folder with the database's record. Errors: those of Session.
// `external_tables`: as in DeployOptions.
Result<StatusReport> status(const migrate::History& history, const ConnectionString& target,
                            const std::vector<std::string>& external_tables = {});

}  // namespace refract::live
