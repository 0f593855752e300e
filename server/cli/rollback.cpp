#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "cli/command.h"
#include "cli/migrate_project.h"
#include "operations/deployment.h"
#include "operations/down.h"
#include "report/deployment.h"

namespace refract::cli {
namespace {

struct RollbackCommand {
  DatabaseChoice choice;
  live::RollbackOptions options;
  double lock_wait = kLockWaitSeconds;
  bool timing = false;
};

int run_rollback(RollbackCommand& command) {
  const auto opened = open_database(command.choice, operations::Access::migrate);
  if (!opened) return report_error(opened.error());
  command.options.lock_wait = lock_wait_of(command.lock_wait);
  const auto report = operations::rollback(*opened, command.options);
  if (!report) return report_error(report.error());
  if (report->failure) return report_error({report->failure->error.code, report::rollback_failure(*report)});
  print(report::rollback_text(*report, command.options.dry_run, command.timing));
  return report->undone || command.options.dry_run ? kDone : kProblemsFound;
}

struct DownCommand {
  std::string name;
  std::optional<std::string> schema;
  std::string prisma = "auto";
  bool print = false;
  bool force = false;
};

int run_down(const DownCommand& command) {
  const auto project = open_project(command.schema, command.prisma, operations::Unparsed::allowed);
  if (!project) return report_error(project.error());
  const auto written = operations::down_of(project->history, project->snapshot(), command.name);
  if (!written) return report_error(written.error());
  for (const std::string& loss : written->down.losses) print_notice(fmt::format("- {}\n", loss));
  if (command.print) {
    print(written->down.sql, report::painted_sql);
    return kDone;
  }
  if (auto done = operations::write_down(*written, command.force); !done) return report_error(done.error());
  fmt::print("{}\n", written->path.string());
  return kDone;
}

}  // namespace

void add_rollback(CLI::App& migrate, int& exit_code) {
  auto options = std::make_shared<RollbackCommand>();
  CLI::App* command = migrate.add_subcommand("rollback", "Undo the last applied migration by running its down.sql");
  command->add_option("name", options->options.name,
                      "The migration to undo, which must be the last applied one; required if it was marked as applied "
                      "without being run");
  add_database_options(*command, options->choice);
  add_lock_wait_option(*command, options->lock_wait);
  add_timing_option(*command, options->timing);
  command->add_flag("--dry-run", options->options.dry_run, "Print its SQL and what would be lost, and change nothing");
  command->add_flag("--accept-data-loss", options->options.accept_data_loss, "Undo it even if rows or values are lost");
  command->callback([options, &exit_code] { exit_code = run_rollback(*options); });
}

void add_down(CLI::App& migrate, int& exit_code) {
  auto options = std::make_shared<DownCommand>();
  CLI::App* command = migrate.add_subcommand("down", "Write a migration's down.sql from its migration.sql");
  command->add_option("name", options->name, "The migration")->required();
  command->add_option("--schema", options->schema, "The schema file or folder");
  command->add_option("--prisma", options->prisma, "Prisma version: 5, 6, 7 or auto");
  command->add_flag("--print", options->print, "Print it and write nothing");
  command->add_flag("--force", options->force, "Overwrite a down.sql that was written by hand");
  command->callback([options, &exit_code] { exit_code = run_down(*options); });
}

}  // namespace refract::cli
