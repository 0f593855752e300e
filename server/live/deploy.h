#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "live/connection.h"
#include "migrate/history.h"

namespace refract::live {

enum class MigrationState {
  applied,
  pending,      // in the folder, not in the database
  failed,       // began and did not finish; nothing else may run before it is resolved
  rolled_back,  // undone or resolved as rolled back: runs again at the next deploy
  edited,       // applied, but migration.sql is another text now
  missing,      // applied, but no longer in the folder
};

struct MigrationStatus {
  std::string name;
  MigrationState state = MigrationState::pending;
  std::string started_at;  // of its last run; empty for pending
  std::string logs;        // PostgreSQL's message of a failed run
};

struct StatusReport {
  std::string database;                     // its label, no secret
  bool has_records = false;                 // `_prisma_migrations` is there
  bool empty = true;                        // no table besides
  std::vector<MigrationStatus> migrations;  // by name

  std::size_t count(MigrationState state) const;
};

// Compares the folder with the database's record. Errors: those of Session.
Result<StatusReport> status(const migrate::History& history, const ConnectionString& target);

struct AppliedMigration {
  std::string name;
  double milliseconds = 0;
};

struct DeployFailure {
  std::string migration;
  std::string message;      // PostgreSQL's
  bool rolled_back = true;  // its statements ran in one transaction, so nothing of it stayed
};

struct DeployReport {
  std::string database;
  std::vector<AppliedMigration> applied;
  std::optional<DeployFailure> failure;
};

// Called before each migration: its name, its number from 1, how many there are.
using DeployProgress = std::function<void(const std::string& name, std::size_t number, std::size_t of)>;

// Applies what is pending, in order, under Prisma's lock, each recorded as Prisma records it. A failing migration
// ends the run and is in the report, not an Error. Asked to stop, it ends between two migrations.
// Errors: conflict, when a failed migration is in the way or the database has tables but no record;
// cancelled; those of Session.
Result<DeployReport> deploy(const migrate::History& history, const ConnectionString& target,
                            const DeployProgress& progress = {}, std::stop_token stop = {});

// Undoes the last applied migration by its down.sql and marks it rolled back, in one transaction.
// Errors: not_found, when nothing is applied or it has no down.sql; conflict, when another than `expected` (if
// given) is the last one, or the migration failed; database_failed with PostgreSQL's message.
Result<AppliedMigration> rollback(const migrate::History& history, const ConnectionString& target,
                                  const std::optional<std::string>& expected = {});

enum class Resolution { applied, rolled_back };

// Settles what a failed or foreign run left in the record, running no SQL of the migration.
// Errors: not_found, when neither folder nor record knows the name; conflict, when it is settled already.
Result<void> resolve(const migrate::History& history, const ConnectionString& target, const std::string& name,
                     Resolution resolution);

}  // namespace refract::live
