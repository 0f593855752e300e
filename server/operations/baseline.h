#pragma once

#include <optional>
#include <string>

#include "live/baseline.h"

namespace refract::operations {

// live::baseline for the folder's migrations up to and with `last`; all of them without it. A folder that only running
// shows the effect of (opaque statements) is compared as far as it is known.
// Errors: not_found, when the folder has no such migration or none at all; those of live::baseline.
Result<live::BaselineReport> baseline(migrate::History history, const schema::Snapshot& schema,
                                      const live::ConnectionString& target, const std::optional<std::string>& last,
                                      const std::vector<std::string>& exceptions = {},
                                      std::chrono::milliseconds lock_wait = live::kLockWait);

}  // namespace refract::operations
