#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "cli/command.h"
#include "cli/migrate_project.h"
#include "cli/version.h"
#include "operations/lint.h"
#include "report/lint.h"

namespace refract::cli {
namespace {

struct LintCommand {
  operations::LintScope scope;
  std::optional<std::string> schema;
  std::string prisma = "auto";
  std::string format = "text";
};

std::string dumped(const protocol::Json& json) {
  return json.dump(2, ' ', false, protocol::Json::error_handler_t::replace) + "\n";
}

int run_lint(const LintCommand& command) {
  const auto project = open_project(command.schema, command.prisma);
  if (!project) return report_error(project.error());
  const workspace::ProjectSettings& settings = project->schema.project.settings;
  const auto report = operations::lint(project->history, *project->schema.snapshot, command.scope,
                                       {settings.file, settings.accepted_hazards});
  if (!report) return report_error(report.error());
  if (command.format == "json") {
    fmt::print("{}", dumped(report::lint_json(*report)));
  } else if (command.format == "sarif") {
    fmt::print("{}", dumped(report::lint_sarif(*report, kVersion)));
  } else if (command.format == "github") {
    fmt::print("{}", report::lint_github(*report));
  } else {
    fmt::print("{}", report::lint_text(*report));
  }
  return report->dangers() > 0 ? kFindings : kDone;
}

}  // namespace

void add_lint(CLI::App& migrate, int& exit_code) {
  auto options = std::make_shared<LintCommand>();
  CLI::App* command = migrate.add_subcommand("lint", "What migrations risk on a database with rows and users");
  command->add_option("names", options->scope.names, "Migrations; without any, the one that waits, or the last one");
  command->add_flag("--all", options->scope.all, "Every migration of the folder");
  command->add_option("--schema", options->schema, "The schema's file or folder");
  command->add_option("--prisma", options->prisma, "5, 6, 7 or auto");
  command->add_option("--format", options->format, "text, json, sarif or github")
      ->check(CLI::IsMember({"text", "json", "sarif", "github"}));
  command->callback([options, &exit_code] { exit_code = run_lint(*options); });
}

}  // namespace refract::cli
