#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "cli/command.h"
#include "cli/migrate_project.h"
#include "operations/deployment.h"
#include "report/deployment.h"

namespace refract::cli {
namespace {

struct DeployCommand {
  DatabaseChoice choice;
  double lock_wait = kLockWaitSeconds;
  bool force = false;
  bool resume = false;
  bool timing = false;
};

int run_deploy(const DeployCommand& command) {
  const auto opened = open_database(command.choice, operations::Access::migrate);
  if (!opened) return report_error(opened.error());
  const auto report = [&] {
    DeployProgress progress;
    return operations::deploy(
        *opened, progress.watch(
                     {.lock_wait = lock_wait_of(command.lock_wait), .force = command.force, .resume = command.resume}));
  }();
  if (!report) return report_error(report.error());
  print(report::deploy_text(*report, command.timing));
  if (report->ended) return report_error(*report->ended);
  return report->failure ? kProblemsFound : kDone;
}

}  // namespace

live::DeployOptions DeployProgress::watch(live::DeployOptions options) {
  options.stop = interrupt_.token();
  options.progress = [this](const std::string& name, std::size_t number, std::size_t of) {
    progress_.show(fmt::format("applying {} ({} of {})", name, number, of));
  };
  return options;
}

void add_deploy(CLI::App& migrate, int& exit_code) {
  auto options = std::make_shared<DeployCommand>();
  CLI::App* command = migrate.add_subcommand("deploy", "Apply the pending migrations to a database");
  add_database_options(*command, options->choice);
  add_lock_wait_option(*command, options->lock_wait);
  command->add_flag("--force", options->force, "Also run migrations that are known to fail");
  add_timing_option(*command, options->timing);
  command->add_flag("--resume", options->resume,
                    "Continue a partly applied migration after the statements that took effect");
  command->callback([options, &exit_code] { exit_code = run_deploy(*options); });
}

}  // namespace refract::cli
