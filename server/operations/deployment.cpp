#include "operations/deployment.h"

#include <fmt/format.h>

namespace refract::operations {

Result<live::DeployReport> deploy(const OpenDatabase& opened, live::DeployOptions options) {
  options.external_tables = external_tables(opened.target.database, opened.project.snapshot());
  return live::deploy(opened.project.history, opened.target.database, options);
}

Result<live::RollbackReport> rollback(const OpenDatabase& opened, const live::RollbackOptions& options) {
  return live::rollback(opened.project.history, opened.target.database, options);
}

Result<void> resolve(const OpenDatabase& opened, const std::string& migration, live::Resolution resolution,
                     std::chrono::milliseconds lock_wait) {
  return live::resolve(opened.project.history, opened.target.database, migration, resolution, lock_wait);
}

Result<live::ResetPlan> plan_reset(const OpenDatabase& opened) {
  const live::ConnectionString& database = opened.target.database;
  return live::plan_reset(opened.project.history, database, reset_scope(database, opened.project.snapshot()));
}

Result<ResetReport> reset(const OpenDatabase& opened, const live::ResetPlan& plan, const std::string& database,
                          std::chrono::milliseconds lock_wait, const std::function<live::DeployOptions()>& options) {
  if (database != plan.database) {
    return fail(ErrorCode::usage, fmt::format("The name of the {} is not {}; nothing was dropped.", plan.label,
                                              database.empty() ? "\"\"" : database));
  }
  const live::ConnectionString& target = opened.target.database;
  const auto dropped =
      live::reset(opened.project.history, target, reset_scope(target, opened.project.snapshot()), plan, lock_wait);
  if (!dropped) return fail(dropped.error());
  ResetReport report{.dropped = plan};
  auto deployed = deploy(opened, options ? options() : live::DeployOptions{.lock_wait = lock_wait});
  if (deployed) {
    report.deployed = std::move(*deployed);
  } else {
    report.deploy_error = deployed.error();
  }
  return report;
}

}  // namespace refract::operations
