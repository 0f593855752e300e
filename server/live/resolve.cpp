#include "live/resolve.h"

#include <fmt/format.h>

#include "live/applied.h"

namespace refract::live {
namespace {

// Closes the failed run, if there is one, and records the migration as applied.
Result<void> record_resolved(Session& session, const migrate::Migration& migration, const Record* known) {
  if (known != nullptr) {
    if (known->failed()) {
      if (auto closed = record_rolled_back(session, known->id); !closed) return closed;
    }
    if (auto corrected = correct_rolled_back(session, migration.name, migration.checksum()); !corrected)
      return corrected;
  }
  return record_applied(session, migration.name, migration.checksum());
}

}  // namespace

Result<void> resolve(const migrate::History& history, const ConnectionString& target, const std::string& name,
                     Resolution resolution, std::chrono::milliseconds lock_wait) {
  auto session = open_in_schema(target);
  if (!session) return fail(session.error());
  const auto lock = take_migration_lock(*session, lock_wait);
  if (!lock) return fail(lock.error());
  if (auto writable = require_writable(*session); !writable) return writable;
  if (auto created = create_records(*session, target.schema()); !created) return created;
  const auto records = read_records(*session);
  if (!records) return fail(records.error());
  const auto last = last_runs(*records);
  const auto known = last.find(name);
  const bool failed = known != last.end() && known->second.failed();
  if (known != last.end() && known->second.applied()) {
    return fail(ErrorCode::conflict, fmt::format("The migration {} is already recorded as applied.", name));
  }

  if (resolution == Resolution::rolled_back) {
    if (!failed) {
      return fail(ErrorCode::not_found, fmt::format("The database records no failed run of a migration {}.", name));
    }
    return record_rolled_back(*session, known->second.id);
  }
  const migrate::Migration* migration = find_migration(history, name);
  if (migration == nullptr) {
    return fail(ErrorCode::not_found, fmt::format("The folder {} has no migration {}.", history.folder.string(), name));
  }
  // All rows or none: a run that was closed and not recorded again would be applied by the next deploy.
  if (auto begun = session->execute("BEGIN"); !begun) return begun;
  auto recorded = record_resolved(*session, *migration, known == last.end() ? nullptr : &known->second);
  if (!recorded) {
    (void)session->execute("ROLLBACK");
    return recorded;
  }
  return session->execute("COMMIT");
}

}  // namespace refract::live
