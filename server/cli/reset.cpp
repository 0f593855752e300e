#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "cli/command.h"
#include "cli/migrate_project.h"
#include "operations/deployment.h"
#include "platform/terminal.h"
#include "report/deployment.h"
#include "report/target.h"

namespace refract::cli {
namespace {

struct ResetCommand {
  DatabaseChoice choice;
  std::optional<std::string> database;
  bool force = false;
  double lock_wait = kLockWaitSeconds;
};

// The database name that the user entered: with --database and --force, or at a prompt.
Result<std::string> typed_name(const ResetCommand& command) {
  if (command.force && command.database) return *command.database;
  if (!platform::is_terminal(platform::Stream::input) || !stderr_is_terminal()) {
    return fail(
        ErrorCode::usage,
        "A reset drops everything listed above; confirm it with --force --database NAME, or run it in a terminal.");
  }
  fmt::print(stderr, "Type the name of the database to drop all of this: ");
  std::string name;
  std::getline(std::cin, name);
  return name;
}

int run_reset(const ResetCommand& command) {
  const auto opened = open_database(command.choice, operations::Access::migrate);
  if (!opened) return report_error(opened.error());
  const auto plan = operations::plan_reset(*opened);
  if (!plan) return report_error(plan.error());
  print_notice(report::reset_text(*plan));
  if (auto refusal = report::reset_refusal(*plan); !refusal.empty()) {
    return report_error({ErrorCode::conflict, std::move(refusal)});
  }
  const auto name = typed_name(command);
  if (!name) return report_error(name.error());
  const auto report = [&] {
    std::optional<DeployProgress> progress;
    const auto lock_wait = lock_wait_of(command.lock_wait);
    return operations::reset(*opened, *plan, *name, lock_wait,
                             [&] { return progress.emplace().watch({.lock_wait = lock_wait}); });
  }();
  if (!report) return report_error(report.error());
  print(report::reset_done_text(*report));
  if (report->deploy_error) return report_error(*report->deploy_error);
  if (report->deployed.ended) return report_error(*report->deployed.ended);
  return report->deployed.failure ? kProblemsFound : kDone;
}

}  // namespace

void add_reset(CLI::App& migrate, int& exit_code) {
  auto options = std::make_shared<ResetCommand>();
  CLI::App* command =
      migrate.add_subcommand("reset", "Drop everything in the project's schemas and apply all migrations");
  add_database_options(*command, options->choice);
  add_lock_wait_option(*command, options->lock_wait);
  command->add_flag("--force", options->force, "Do not ask for confirmation; needs --database");
  command->add_option("--database", options->database, "The name of the database, as confirmation");
  command->callback([options, &exit_code] { exit_code = run_reset(*options); });
}

}  // namespace refract::cli
