#include "live/resolve.h"

#include <fmt/format.h>

#include "live/applied.h"

namespace refract::live {

Result<void> resolve(const migrate::History& history, const ConnectionString& target, const std::string& name,
                     Resolution resolution, std::chrono::milliseconds lock_wait) {
  auto session = open_in_schema(target);
  if (!session) return fail(session.error());
  if (auto locked = take_migration_lock(*session, lock_wait); !locked) return locked;
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
  if (failed) {
    if (auto closed = record_rolled_back(*session, known->second.id); !closed) return closed;
  }
  if (known != last.end()) {
    if (auto corrected = correct_rolled_back(*session, name, migration->checksum()); !corrected) return corrected;
  }
  return record_applied(*session, name, migration->checksum());
}

}  // namespace refract::live
