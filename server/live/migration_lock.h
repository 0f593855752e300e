#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "live/session.h"

namespace refract::live {

// How long a command waits for the migration lock where it is not given a time.
inline constexpr std::chrono::milliseconds kLockWait{10'000};

// The session of another process that holds Prisma's migration lock in this database.
struct LockHolder {
  std::string process;      // its server process's id
  std::string application;  // as it names itself; may be empty

  // `process 4711 ("psql")`.
  std::string display_name() const;
};

// The application name of a session that applies a migration, as far as PostgreSQL keeps it.
std::string deploying(const std::string& migration);

struct ReleaseMigrationLock {
  void operator()(Session* session) const;
};
// The lock, released with this and not later than its session: the server ends a session some time after its client is
// gone, and shows the lock until then. Empty where the lock is disabled.
using MigrationLock = std::unique_ptr<Session, ReleaseMigrationLock>;

// Takes Prisma's advisory lock, so that two deployments (Prisma's or ours) never run at once. The session must stay
// where it is while the lock is held. It is asked for again and again: a wait inside the server would be a transaction
// that CREATE INDEX CONCURRENTLY of the holder waits for. Does nothing where PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK is set
// to anything but 0. Errors: database_failed, which names the holder; cancelled; those of Session.
Result<MigrationLock> take_migration_lock(Session& session, std::chrono::milliseconds wait = kLockWait,
                                          std::stop_token stop = {});

// Takes it again where a migration gave it away (pg_advisory_unlock_all, DISCARD ALL); answers whether it had.
// Errors: as take_migration_lock.
Result<bool> keep_migration_lock(Session& session, std::chrono::milliseconds wait);

// nullopt: no other session holds it. Errors: those of Session.
Result<std::optional<LockHolder>> lock_holder(Session& session);

}  // namespace refract::live
