#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "live/connection.h"
#include "live/migration_lock.h"
#include "migrate/diff/plan.h"
#include "migrate/history/history.h"

namespace refract::live {

struct BaselineReport {
  std::string database;
  std::vector<std::string> applied;      // recorded as applied; none where anything differs
  std::vector<std::string> differences;  // what it has more, less or otherwise, one sentence each
  std::vector<std::string> accepted;     // the same of what was excepted
};

// Records the folder's migrations as applied on a database that has no record but already is what they lead to.
// `history` holds the migrations meant and no more. Compared is what schemas describe; nothing is written where it
// differs, but for `exceptions`: names of tables, with all that is in them, of columns ("User.age"), indexes,
// constraints, enums and so on. Errors: usage, when an exception names nothing that differs; conflict, when migrations
// are recorded already; those of Session.
Result<BaselineReport> baseline(const migrate::History& history, const ConnectionString& target,
                                const migrate::DiffOptions& options, const std::vector<std::string>& exceptions = {},
                                std::chrono::milliseconds lock_wait = kLockWait);

}  // namespace refract::live
