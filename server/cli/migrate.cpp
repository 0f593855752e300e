#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <memory>

#include "cli/command.h"
#include "cli/migrate_project.h"
#include "cli/usage.h"
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
  bool exit_code = false;
  bool timing = false;
  std::vector<std::string> renames;
  std::vector<std::string> casts;
};

Result<std::vector<migrate::RenameRequest>> requests_of(const std::vector<std::string>& texts) {
  std::vector<migrate::RenameRequest> requests;
  for (const std::string& text : texts) {
    auto request = migrate::parse_rename_request(text);
    if (!request) return fail(request.error());
    requests.push_back(std::move(*request));
  }
  return requests;
}

// --rename and --cast take one value per occurrence, so that the next argument is not read as another value.
void add_choices(CLI::App& command, std::vector<std::string>& renames, std::vector<std::string>& casts) {
  command
      .add_option("--cast", casts,
                  "Table.column: cast its values to the new type instead of dropping and recreating the column")
      ->type_size(1)
      ->allow_extra_args(false);
  command
      .add_option("--rename", renames,
                  "Table.column=newColumn, Table=NewTable or Enum.VALUE=NEW_VALUE: rename instead of drop and add")
      ->type_size(1)
      ->allow_extra_args(false);
}

// Exit codes of --exit-code, which are Prisma's. All other commands use the codes of command.h.
inline constexpr int kDiffers = 2;
inline constexpr int kDiffFailed = 1;

int run_diff(const DiffCommand& command) {
  const auto failed = [&](const Error& error) {
    const int code = report_error(error);
    return command.exit_code ? kDiffFailed : code;
  };
  const auto version = parse_version(command.prisma);
  if (!version) return failed(version.error());
  const auto sides = operations::read_sides(command.from, command.to, *version);
  if (!sides) return failed(sides.error());
  const auto& [from, to] = *sides;

  for (const operations::Source* source : {&from, &to}) {
    for (const std::string& notice : source->notices) print_notice(fmt::format("{}\n", notice));
  }
  const auto renames = requests_of(command.renames);
  if (!renames) return failed(renames.error());

  const auto begin = std::chrono::steady_clock::now();
  const auto diff = operations::diff(from, to, command.like_prisma, *renames, command.casts);
  if (!diff) return failed(diff.error());
  const migrate::NextMigration& next = *diff;
  const double milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();

  if (command.format == "json") {
    fmt::print("{}\n", report::migration_json(next).dump(2, ' ', false, protocol::Json::error_handler_t::replace));
  } else if (command.format == "summary") {
    print(report::summary_text(next));
  } else {
    print(next.sql, report::painted_sql);
    if (!next.sql.ends_with('\n')) fmt::print("\n");
    print_notice(report::notices_text(next));
  }
  const report::DiffTimes times{.from = from.milliseconds, .to = to.milliseconds, .diff = milliseconds};
  print_notice(report::changes_text(next, command.timing ? &times : nullptr));
  return command.exit_code && !next.plan.empty() ? kDiffers : kDone;
}

struct NewCommand {
  std::string name;
  std::optional<std::string> schema;
  std::string prisma = "auto";
  bool dry_run = false;
  bool date_name = false;
  std::vector<std::string> renames;
  std::vector<std::string> casts;
};

int run_new(const NewCommand& command) {
  const auto project = open_project(command.schema, command.prisma);
  if (!project) return report_error(project.error());
  const auto renames = requests_of(command.renames);
  if (!renames) return report_error(renames.error());
  const auto waiting = operations::pending(project->history, project->snapshot(), *renames, command.casts);
  if (!waiting) return report_error(waiting.error());
  print_notice(report::summary_text(waiting->next));
  if (waiting->next.plan.empty()) return kDone;
  if (command.dry_run) {
    print(waiting->next.sql, report::painted_sql);
    return kDone;
  }
  const bool by_date = command.date_name || project->schema.project.settings.value("migrations.naming") == "date";
  const auto naming = by_date ? migrate::Naming::date : migrate::Naming::timestamp;
  const auto written = operations::write_next(project->history, waiting->next, command.name, naming);
  if (!written) return report_error(written.error());
  for (const std::filesystem::path& part : written->before) {
    fmt::print("{}\n{}\n", (part / "migration.sql").string(), (part / "down.sql").string());
  }
  fmt::print("{}\n{}\n", written->sql_path.string(), written->down_path.string());
  return kDone;
}

}  // namespace

void add_migrate(CLI::App& app, int& exit_code) {
  CLI::App* migrate = app.add_subcommand("migrate", "Write, verify and apply migrations");
  migrate->require_subcommand(1);

  auto diff = std::make_shared<DiffCommand>();
  CLI::App* command = migrate->add_subcommand("diff", "Print the SQL that turns one structure into another");
  command
      ->add_option("--from", diff->from,
                   "The current structure: empty, a schema, a migrations folder or a postgresql:// URL")
      ->required();
  command->add_option("--to", diff->to, "The structure to reach, in the same forms")->required();
  command->add_option("--format", diff->format, "Output format: sql, summary or json")
      ->check(one_of({"sql", "summary", "json"}));
  command->add_option("--prisma", diff->prisma, "Prisma version: 5, 6, 7 or auto");
  command->add_flag("--like-prisma", diff->like_prisma,
                    "Print Prisma's SQL, even where Refract deliberately writes different SQL");
  add_timing_option(*command, diff->timing);
  command->add_flag("--exit-code", diff->exit_code, "Exit with 0 if both are equal, 2 if they differ, 1 on an error");
  add_choices(*command, diff->renames, diff->casts);
  command->callback([diff, &exit_code] { exit_code = run_diff(*diff); });

  auto fresh = std::make_shared<NewCommand>();
  command = migrate->add_subcommand("new", "Write the next migration: migration.sql and down.sql");
  command->add_option("name", fresh->name, "A short name for the migration, such as \"add posts\"")->required();
  command->add_option("--schema", fresh->schema, "The schema file or folder");
  command->add_option("--prisma", fresh->prisma, "Prisma version: 5, 6, 7 or auto");
  command->add_flag("--dry-run", fresh->dry_run, "Print the SQL and write nothing");
  command->add_flag("--date-name", fresh->date_name, "Name the folder YYYYMMDD_name rather than YYYYMMDDHHMMSS_name");
  add_choices(*command, fresh->renames, fresh->casts);
  command->callback([fresh, &exit_code] { exit_code = run_new(*fresh); });

  add_lint(*migrate, exit_code);
  add_pull(*migrate, exit_code);
  add_database_commands(*migrate, exit_code);
  add_reset(*migrate, exit_code);
}

}  // namespace refract::cli
