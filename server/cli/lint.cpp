#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "cli/command.h"
#include "cli/migrate_project.h"
#include "cli/usage.h"
#include "operations/lint.h"
#include "report/lint.h"
#include "support/version.h"

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
  // The next migration starts from all of the folder; another is read whatever the others are.
  const bool named = command.scope.all || !command.scope.names.empty();
  const auto project = open_project(command.schema, command.prisma,
                                    named ? operations::Unparsed::allowed : operations::Unparsed::refused);
  if (!project) return report_error(project.error());
  const workspace::ProjectSettings& settings = project->schema.project.settings;
  const auto report = operations::lint(project->history, project->snapshot(), command.scope,
                                       {settings.file, settings.accepted_hazards});
  if (!report) return report_error(report.error());
  if (command.format == "json") {
    fmt::print("{}", dumped(report::lint_json(*report)));
  } else if (command.format == "sarif") {
    fmt::print("{}", dumped(report::lint_sarif(*report, kVersion)));
  } else if (command.format == "github") {
    fmt::print("{}", report::lint_github(*report));
  } else {
    print(report::lint_text(*report));
    print_notice(fmt::format("{}\n", report::lint_total(*report)));
  }
  return report->dangers() > 0 ? kProblemsFound : kDone;
}

}  // namespace

void add_lint(CLI::App& migrate, int& exit_code) {
  auto options = std::make_shared<LintCommand>();
  CLI::App* command = migrate.add_subcommand("lint", "Report the hazards of migrations");
  command->add_option("names", options->scope.names,
                      "The migrations to check; default: the next one (not written yet) or, if the schema has no "
                      "changes, the last one");
  command->add_flag("--all", options->scope.all, "Check every migration of the folder");
  command->add_option("--schema", options->schema, "The schema file or folder");
  command->add_option("--prisma", options->prisma, "Prisma version: 5, 6, 7 or auto");
  command->add_option("--format", options->format, "Output format: text, json, sarif or github")
      ->check(one_of({"text", "json", "sarif", "github"}));
  command->callback([options, &exit_code] { exit_code = run_lint(*options); });
}

}  // namespace refract::cli
