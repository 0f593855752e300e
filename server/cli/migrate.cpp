#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <memory>

#include "cli/command.h"
#include "cli/migrate_project.h"
#include "operations/migration.h"
#include "operations/source.h"
#include "report/migrations.h"

namespace refract::cli {
namespace {

struct DiffCommand {
  std::string from;
  std::string to;
  std::string format = "sql";
  std::string prisma = "auto";
  bool like_prisma = false;
};

int run_diff(const DiffCommand& command) {
  const auto version = parse_version(command.prisma);
  if (!version) return report_error(version.error());
  const auto from = operations::read_source(command.from, *version);
  if (!from) return report_error(from.error());
  const auto to = operations::read_source(command.to, *version);
  if (!to) return report_error(to.error());

  const auto begin = std::chrono::steady_clock::now();
  migrate::DiffOptions options = to->options.value_or(from->options.value_or(migrate::DiffOptions{}));
  options.like_prisma = command.like_prisma;
  const migrate::NextMigration next = migrate::next_migration(from->catalog, to->catalog, options);
  const double milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();

  if (command.format == "json") {
    fmt::print("{}\n", report::migration_json(next).dump(2, ' ', false, protocol::Json::error_handler_t::replace));
  } else if (command.format == "summary") {
    fmt::print("{}", report::summary_text(next));
  } else {
    fmt::print("{}", next.sql);
    if (!next.sql.ends_with('\n')) fmt::print("\n");
  }
  fmt::print(stderr, "{} in {:.1f} ms (from {:.1f}, to {:.1f}, diff {:.1f})\n",
             next.plan.empty() ? "empty"
                               : fmt::format("{} change{}", next.summary.size(), next.summary.size() == 1 ? "" : "s"),
             from->milliseconds + to->milliseconds + milliseconds, from->milliseconds, to->milliseconds, milliseconds);
  return kDone;
}

struct NewCommand {
  std::string name;
  std::optional<std::string> schema;
  std::string prisma = "auto";
  bool dry_run = false;
  bool date_name = false;
};

int run_new(const NewCommand& command) {
  const auto project = open_project(command.schema, command.prisma);
  if (!project) return report_error(project.error());
  const auto waiting = operations::pending(project->history, *project->schema.snapshot);
  if (!waiting) return report_error(waiting.error());
  if (waiting->next.plan.empty()) {
    fmt::print(stderr, "The migrations and the schema agree, so there is nothing to migrate.\n");
    return kDone;
  }
  fmt::print(stderr, "{}", report::summary_text(waiting->next));
  if (command.dry_run) {
    fmt::print("{}", waiting->next.sql);
    return kDone;
  }
  const auto naming = command.date_name ? migrate::Naming::date : migrate::Naming::timestamp;
  const auto written = operations::write_next(project->history, waiting->next, command.name, naming);
  if (!written) return report_error(written.error());
  fmt::print("{}\n{}\n", written->sql_path.string(), written->down_path.string());
  return kDone;
}

}  // namespace

Result<MigrateProject> open_project(const std::optional<std::string>& path, const std::string& prisma) {
  const auto version = parse_version(prisma);
  if (!version) return fail(version.error());
  auto project = project_of(path);
  if (!project) return fail(project.error());
  auto loaded = workspace::load_schema(std::move(*project), *version);
  if (!loaded) return fail(loaded.error());
  if (const auto notice = workspace::other_language_notice(*loaded->snapshot)) {
    return fail(ErrorCode::usage, *notice);
  }
  const auto analysis = validation::Analysis::run(loaded->snapshot);
  if (analysis->has_errors()) {
    return fail(ErrorCode::invalid_schema, fmt::format("The schema {} has errors; see them with refract check.",
                                                       loaded->project.files.front().string()));
  }
  auto history = migrate::load_history(loaded->project.migrations);
  if (!history) return fail(history.error());
  for (const migrate::HistoryIssue& issue : history->issues) {
    if (issue.syntax) return fail(ErrorCode::unreadable, fmt::format("{}: {}", issue.place(), issue.message));
  }
  for (const migrate::HistoryIssue& issue : history->issues) {
    fmt::print(stderr, "{}: {}: {}\n", issue.place(), issue.error ? "error" : "opaque", issue.message);
  }
  for (const std::string& notice : history->notices) fmt::print(stderr, "{}\n", notice);
  return MigrateProject{std::move(*loaded), std::move(*history)};
}

void add_migrate(CLI::App& app, int& exit_code) {
  CLI::App* migrate = app.add_subcommand("migrate", "Write, prove and apply migrations");
  migrate->require_subcommand(1);

  auto diff = std::make_shared<DiffCommand>();
  CLI::App* command = migrate->add_subcommand("diff", "The SQL that leads from one structure to another");
  command->add_option("--from", diff->from, "empty, a schema, a migrations folder or a postgresql:// URL")->required();
  command->add_option("--to", diff->to, "likewise")->required();
  command->add_option("--format", diff->format, "sql, summary or json")
      ->check(CLI::IsMember({"sql", "summary", "json"}));
  command->add_option("--prisma", diff->prisma, "5, 6, 7 or auto");
  command->add_flag("--like-prisma", diff->like_prisma, "Also drop what no schema describes, as Prisma does");
  command->callback([diff, &exit_code] { exit_code = run_diff(*diff); });

  auto fresh = std::make_shared<NewCommand>();
  command = migrate->add_subcommand("new", "Write the next migration: migration.sql and down.sql");
  command->add_option("name", fresh->name, "What it does, in a few words")->required();
  command->add_option("--schema", fresh->schema, "The schema's file or folder");
  command->add_option("--prisma", fresh->prisma, "5, 6, 7 or auto");
  command->add_flag("--dry-run", fresh->dry_run, "Show the SQL, write nothing");
  command->add_flag("--date-name", fresh->date_name, "Name the folder YYYYMMDD_name rather than YYYYMMDDHHMMSS_name");
  command->callback([fresh, &exit_code] { exit_code = run_new(*fresh); });

  add_database_commands(*migrate, exit_code);
}

}  // namespace refract::cli
