#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "live/session.h"

namespace refract::live {

// How long a command waits for the migration lock by default.
inline constexpr std::chrono::milliseconds kLockWait{10'000};

// The session of another process that holds Prisma's migration lock in this database.
struct LockHolder {
  std::string process;      // its server process's id
  std::string application;  // as it names itself; may be empty

  // `process 4711 ("psql")`.
  std::string display_name() const;
};

// application_name of a session that applies the migration: printable ASCII, at most 63 bytes.
std::string deploy_application_name(const std::string& migration);

struct ReleaseMigrationLock {
  void operator()(Session* session) const;
};
// Holds the migration lock; its destructor releases it, so it must not outlive the session. Closing the connection is
// not enough: the server keeps the session, and the lock, a moment longer. Empty if the lock is disabled.
using MigrationLock = std::unique_ptr<Session, ReleaseMigrationLock>;

// Takes Prisma's advisory lock, so that two deployments (Prisma's or ours) never run at once. `session` must not be
// moved while the lock is held. Polls: waiting inside the server would be a transaction that the holder's CREATE INDEX
// CONCURRENTLY waits for. Does nothing if PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK is set to anything but 0.
// Errors: database_failed, which names the holder; cancelled; those of Session.
Result<MigrationLock> take_migration_lock(Session& session, std::chrono::milliseconds wait = kLockWait,
                                          std::stop_token stop = {});

// Takes the lock again if a migration released it (pg_advisory_unlock_all, DISCARD ALL); returns whether one had. The
// caller's MigrationLock still releases it. Errors: as take_migration_lock.
Result<bool> keep_migration_lock(Session& session, std::chrono::milliseconds wait);

// nullopt: no other session holds it. Errors: those of Session.
Result<std::optional<LockHolder>> lock_holder(Session& session);

}  // namespace refract::live
