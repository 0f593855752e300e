#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/migrate_project.h"
#include "operations/baseline.h"
#include "operations/migration.h"
#include "report/migrations.h"

namespace refract::cli {
namespace {

struct DatabaseCommand {
  std::optional<std::string> schema;
  std::string prisma = "auto";
  std::optional<std::string> url;
  std::optional<std::string> name;
  bool applied = false;
  bool rolled_back = false;
  bool force = false;
};

// A project and the database meant; `act` does the work and gives the exit code.
template <class Act>
int with_database(const DatabaseCommand& command, Act act) {
  const auto project = open_project(command.schema, command.prisma);
  if (!project) return report_error(project.error());
  const auto target = operations::database_of(command.url, project->schema.project, *project->schema.snapshot);
  if (!target) return report_error(target.error());
  return act(*project, *target);
}

int run_status(const DatabaseCommand& command) {
  return with_database(command, [](const MigrateProject& project, const live::ConnectionString& target) {
    const auto report = live::status(project.history, target);
    if (!report) return report_error(report.error());
    fmt::print("{}", report::status_text(*report));
    return report::status_advice(*report).empty() ? kDone : kFindings;
  });
}

int run_deploy(const DatabaseCommand& command) {
  return with_database(command, [](const MigrateProject& project, const live::ConnectionString& target) {
    const auto report = [&] {
      const Interrupt interrupt;
      Progress progress;
      const auto show = [&](const std::string& name, std::size_t number, std::size_t of) {
        progress.show(fmt::format("applying {} ({} of {})", name, number, of));
      };
      return live::deploy(project.history, target, show, interrupt.token());
    }();
    if (!report) return report_error(report.error());
    fmt::print("{}", report::deploy_text(*report));
    return report->failure ? kFindings : kDone;
  });
}

int run_rollback(const DatabaseCommand& command) {
  return with_database(command, [&](const MigrateProject& project, const live::ConnectionString& target) {
    const auto undone = live::rollback(project.history, target, command.name);
    if (!undone) return report_error(undone.error());
    fmt::print("  undone  {} ({:.0f} ms)\n", undone->name, undone->milliseconds);
    return kDone;
  });
}

int run_resolve(const DatabaseCommand& command) {
  if (command.applied == command.rolled_back) {
    return report_error({ErrorCode::usage, "Say either --applied or --rolled-back."});
  }
  return with_database(command, [&](const MigrateProject& project, const live::ConnectionString& target) {
    const auto resolution = command.applied ? live::Resolution::applied : live::Resolution::rolled_back;
    const auto settled = live::resolve(project.history, target, *command.name, resolution);
    if (!settled) return report_error(settled.error());
    fmt::print("{} is recorded as {}.\n", *command.name, command.applied ? "applied" : "rolled back");
    return kDone;
  });
}

int run_baseline(const DatabaseCommand& command) {
  return with_database(command, [&](const MigrateProject& project, const live::ConnectionString& target) {
    const auto report = operations::baseline(project.history, *project.schema.snapshot, target, command.name);
    if (!report) return report_error(report.error());
    fmt::print("{}", report::baseline_text(*report));
    return report->differences.empty() ? kDone : kFindings;
  });
}

int run_reset(const DatabaseCommand& command) {
  if (!command.force) {
    return report_error({ErrorCode::usage, "A reset drops all that is in the database; say so with --force."});
  }
  const int emptied = with_database(command, [&](const MigrateProject& project, const live::ConnectionString& target) {
    const auto done = live::empty_database(project.history, target, command.name);
    return done ? kDone : report_error(done.error());
  });
  return emptied == kDone ? run_deploy(command) : emptied;
}

int run_verify(const DatabaseCommand& command) {
  const auto project = open_project(command.schema, command.prisma);
  if (!project) return report_error(project.error());
  const auto report = [&] {
    const Interrupt interrupt;
    Progress progress;
    return operations::verify(
        project->history, *project->schema.snapshot, [&](const std::string& what) { progress.show(what); },
        interrupt.token());
  }();
  if (!report) return report_error(report.error());
  fmt::print("{}", report::verify_text(*report));
  return report->ok() ? kDone : kFindings;
}

CLI::App* add(CLI::App& migrate, int& exit_code, const char* name, const char* about, bool database,
              const std::shared_ptr<DatabaseCommand>& options, int (*run)(const DatabaseCommand&)) {
  CLI::App* command = migrate.add_subcommand(name, about);
  command->add_option("--schema", options->schema, "The schema's file or folder");
  command->add_option("--prisma", options->prisma, "5, 6, 7 or auto");
  if (database) {
    command->add_option("--url", options->url, "The database; without it, what the datasource's url names");
  }
  command->callback([options, run, &exit_code] { exit_code = run(*options); });
  return command;
}

}  // namespace

void add_database_commands(CLI::App& migrate, int& exit_code) {
  add(migrate, exit_code, "status", "Compare the folder with a database's record", true,
      std::make_shared<DatabaseCommand>(), run_status);
  add(migrate, exit_code, "deploy", "Apply what is pending to a database", true, std::make_shared<DatabaseCommand>(),
      run_deploy);
  add(migrate, exit_code, "verify", "Prove the next migration, or the last one, on a throw-away PostgreSQL", false,
      std::make_shared<DatabaseCommand>(), run_verify);
  auto options = std::make_shared<DatabaseCommand>();
  add(migrate, exit_code, "baseline", "Record the migrations as applied on a database that already is what they make",
      true, options, run_baseline)
      ->add_option("last", options->name, "The last migration that it holds; without it, all");
  options = std::make_shared<DatabaseCommand>();
  CLI::App* reset = add(migrate, exit_code, "reset", "Drop all that is in a database and apply every migration", true,
                        options, run_reset);
  reset->add_flag("--force", options->force, "Yes, drop all data");
  reset->add_option("--database", options->name, "The database's name, typed; needed where it is not on this machine");
  options = std::make_shared<DatabaseCommand>();
  add(migrate, exit_code, "rollback", "Undo the last applied migration by its down.sql", true, options, run_rollback)
      ->add_option("name", options->name, "Only if it is this one");
  options = std::make_shared<DatabaseCommand>();
  CLI::App* resolve = add(migrate, exit_code, "resolve", "Settle a failed migration, or one applied by other means",
                          true, options, run_resolve);
  resolve->add_option("name", options->name, "The migration")->required();
  resolve->add_flag("--applied", options->applied, "All of it is in the database");
  resolve->add_flag("--rolled-back", options->rolled_back, "Nothing of it is in the database");
}

}  // namespace refract::cli
