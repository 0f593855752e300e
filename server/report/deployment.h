#pragma once

#include <string>

#include "live/baseline.h"
#include "live/deploy.h"
#include "live/rollback.h"
#include "operations/deployment.h"
#include "operations/status.h"

// The output of the commands on a database's record.
namespace refract::report {

std::string status_text(const operations::ProjectStatus& status);
// What to do next, in one sentence; empty when all is well.
std::string status_advice(const operations::ProjectStatus& status);
// `timing`: with the time that each migration took.
std::string deploy_text(const live::DeployReport& report, bool timing = false);
// What was recorded, or what differs.
std::string baseline_text(const live::BaselineReport& report);
// What was undone, or what would be lost.
std::string rollback_text(const live::RollbackReport& report, bool dry_run, bool timing = false);
// Where down.sql failed and what of it took effect; only of a report with a failure.
std::string rollback_failure(const live::RollbackReport& report);
// What was done after the drop, or that nothing was.
std::string reset_done_text(const operations::ResetReport& report);

}  // namespace refract::report
