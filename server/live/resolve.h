#pragma once

#include <chrono>
#include <string>

#include "live/connection.h"
#include "live/migration_lock.h"
#include "migrate/history/history.h"

namespace refract::live {

enum class Resolution { applied, rolled_back };

// Records by hand what became of a failed or foreign run; no SQL of the migration runs.
// Errors: not_found, when neither folder nor record has the name; conflict, when it is resolved already; those of
// Session.
Result<void> resolve(const migrate::History& history, const ConnectionString& target, const std::string& name,
                     Resolution resolution, std::chrono::milliseconds lock_wait = kLockWait);

}  // namespace refract::live
