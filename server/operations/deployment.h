#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "live/deploy.h"
#include "live/reset.h"
#include "live/resolve.h"
#include "live/rollback.h"
#include "operations/project.h"

// What changes a project's database or its record of migrations. Where several steps are needed and a later one fails,
// the report keeps what was done by then.
namespace refract::operations {

// live::deploy; the tables that the project's configuration calls external are left out of account.
Result<live::DeployReport> deploy(const OpenDatabase& opened, live::DeployOptions options = {});

// live::rollback.
Result<live::RollbackReport> rollback(const OpenDatabase& opened, const live::RollbackOptions& options = {});

// live::resolve.
Result<void> resolve(const OpenDatabase& opened, const std::string& migration, live::Resolution resolution,
                     std::chrono::milliseconds lock_wait = live::kLockWait);

// What a reset would drop: live::plan_reset in the schemas of the URL and the datasource.
Result<live::ResetPlan> plan_reset(const OpenDatabase& opened);

struct ResetReport {
  live::ResetPlan dropped;            // all of it
  live::DeployReport deployed;        // what was applied after that
  std::optional<Error> deploy_error;  // why nothing was
};

// Drops what the plan names and applies all migrations. `database`: its name as a person confirmed it. `options`:
// called once all is dropped, as stopping is something else from then on.
// Errors, all of them before something is dropped: usage, where the name is another one; those of live::reset.
Result<ResetReport> reset(const OpenDatabase& opened, const live::ResetPlan& plan, const std::string& database,
                          std::chrono::milliseconds lock_wait = live::kLockWait,
                          const std::function<live::DeployOptions()>& options = {});

}  // namespace refract::operations
