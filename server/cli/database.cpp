#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "cli/command.h"
#include "cli/migrate_project.h"
#include "operations/baseline.h"
#include "operations/deployment.h"
#include "operations/migration.h"
#include "operations/status.h"
#include "report/deployment.h"
#include "report/migrations.h"

namespace refract::cli {
namespace {

struct DatabaseCommand {
  DatabaseChoice choice;
  std::optional<std::string> name;
  std::vector<std::string> exceptions;
  double lock_wait = kLockWaitSeconds;
  bool timing = false;
  bool applied = false;
  bool rolled_back = false;
};

int run_status(const DatabaseCommand& command) {
  const auto opened = open_database(command.choice, operations::Access::read);
  if (!opened) return report_error(opened.error());
  const auto status = operations::status(opened->project.history, opened->project.snapshot(), opened->target.database);
  if (!status) return report_error(status.error());
  print(report::status_text(*status));
  return report::status_advice(*status).empty() ? kDone : kProblemsFound;
}

int run_resolve(const DatabaseCommand& command) {
  if (command.applied == command.rolled_back) {
    return report_error({ErrorCode::usage, "Pass --applied or --rolled-back."});
  }
  const auto opened = open_database(command.choice, operations::Access::migrate);
  if (!opened) return report_error(opened.error());
  const auto resolution = command.applied ? live::Resolution::applied : live::Resolution::rolled_back;
  const auto resolved = operations::resolve(*opened, *command.name, resolution, lock_wait_of(command.lock_wait));
  if (!resolved) return report_error(resolved.error());
  fmt::print("{} is recorded as {}.\n", *command.name, command.applied ? "applied" : "rolled back");
  return kDone;
}

int run_baseline(const DatabaseCommand& command) {
  const auto opened = open_database(command.choice, operations::Access::migrate);
  if (!opened) return report_error(opened.error());
  const auto report = operations::baseline(opened->project.history, opened->project.snapshot(), opened->target.database,
                                           command.name, command.exceptions, lock_wait_of(command.lock_wait));
  if (!report) return report_error(report.error());
  print(report::baseline_text(*report));
  return report->differences.empty() ? kDone : kProblemsFound;
}

int run_verify(const DatabaseCommand& command) {
  const auto project = open_project(command.choice.schema, command.choice.prisma);
  if (!project) return report_error(project.error());
  const auto place = operations::verify_place(command.choice.url, project->schema.project, project->snapshot());
  if (!place) return report_error(place.error());
  const auto report = [&] {
    const Interrupt interrupt;
    Progress progress;
    return operations::verify(
        project->history, project->snapshot(), [&](const std::string& what) { progress.show(what); }, interrupt.token(),
        *place);
  }();
  if (!report) return report_error(report.error());
  print(report::verify_text(*report, command.timing));
  return report->ok() ? kDone : kProblemsFound;
}

CLI::App* add(CLI::App& migrate, int& exit_code, const char* name, const char* about, bool database,
              const std::shared_ptr<DatabaseCommand>& options, int (*run)(const DatabaseCommand&)) {
  CLI::App* command = migrate.add_subcommand(name, about);
  if (database) {
    add_database_options(*command, options->choice);
  } else {
    command->add_option("--schema", options->choice.schema, "The schema file or folder");
    command->add_option("--prisma", options->choice.prisma, "Prisma version: 5, 6, 7 or auto");
  }
  command->callback([options, run, &exit_code] { exit_code = run(*options); });
  return command;
}

}  // namespace

void add_database_options(CLI::App& command, DatabaseChoice& choice) {
  command.add_option("--schema", choice.schema, "The schema file or folder");
  command.add_option("--prisma", choice.prisma, "Prisma version: 5, 6, 7 or auto");
  command.add_option("--url", choice.url, "Database URL; default: the one that the project configures");
}

void add_lock_wait_option(CLI::App& command, double& seconds) {
  command.add_option("--lock-wait", seconds, "Seconds to wait for the migration lock")->check(CLI::NonNegativeNumber);
}

void add_timing_option(CLI::App& command, bool& timing) {
  command.add_flag("--timing", timing, "Also print how long it took");
}

std::chrono::milliseconds lock_wait_of(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

void add_database_commands(CLI::App& migrate, int& exit_code) {
  add(migrate, exit_code, "status", "Show which migrations are applied, pending or failed on a database", true,
      std::make_shared<DatabaseCommand>(), run_status);
  add_deploy(migrate, exit_code);
  auto options = std::make_shared<DatabaseCommand>();
  CLI::App* verify =
      add(migrate, exit_code, "verify",
          "Verify the migrations on a temporary PostgreSQL server, including the next one if the schema has changes",
          false, options, run_verify);
  verify->add_option("--server", options->choice.url,
                     "URL of a server to verify on instead; a database is created there and dropped afterwards");
  add_timing_option(*verify, options->timing);
  options = std::make_shared<DatabaseCommand>();
  CLI::App* baseline =
      add(migrate, exit_code, "baseline", "Record migrations as applied on a database that already has their structure",
          true, options, run_baseline);
  baseline->add_option("last", options->name, "The last migration that the database has; default: all");
  baseline
      ->add_option("--except", options->exceptions,
                   "An object that may differ, such as a table, a column (Table.column) or an index; can be repeated")
      ->type_size(1)
      ->allow_extra_args(false);
  add_lock_wait_option(*baseline, options->lock_wait);
  add_rollback(migrate, exit_code);
  add_down(migrate, exit_code);
  options = std::make_shared<DatabaseCommand>();
  CLI::App* resolve =
      add(migrate, exit_code, "resolve", "Resolve a failed migration, or record one that was applied by other means",
          true, options, run_resolve);
  resolve->add_option("name", options->name, "The migration")->required();
  add_lock_wait_option(*resolve, options->lock_wait);
  resolve->add_flag("--applied", options->applied, "Record it as applied: the database has all of its changes");
  resolve->add_flag("--rolled-back", options->rolled_back,
                    "Record it as rolled back: the database has none of its changes");
}

}  // namespace refract::cli
