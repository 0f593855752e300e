#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "cli/command.h"
#include "cli/migrate_project.h"
#include "operations/pull.h"
#include "report/target.h"

namespace refract::cli {
namespace {

struct PullCommand {
  std::optional<std::string> schema;
  std::string prisma = "auto";
  std::optional<std::string> url;
  bool print = false;
};

int run_pull(const PullCommand& command) {
  const auto loaded = open_schema(command.schema, command.prisma);
  if (!loaded) return report_error(loaded.error());
  const auto target =
      operations::database_of(command.url, loaded->project, *loaded->snapshot, operations::Access::read);
  if (!target) return report_error(target.error());
  print_notice(report::target_lines(*target));
  const auto pulled = operations::pull(*loaded, target->database);
  if (!pulled) return report_error(pulled.error());

  for (const std::string& change : pulled->changes) print_notice(fmt::format("- {}\n", change));
  if (pulled->files.empty()) fmt::print(stderr, "The schema matches the {}.\n", target->database.label());
  if (!command.print) {
    if (auto written = operations::write_pulled(*loaded, *pulled); !written) return report_error(written.error());
    for (const auto& file : pulled->files) fmt::print("{}\n", loaded->snapshot->files()[file.file].path);
    return kDone;
  }
  const bool several = loaded->snapshot->files().size() > 1;
  for (schema::FileId id = 0; id < loaded->snapshot->files().size(); ++id) {
    const schema::SourceFile& file = loaded->snapshot->files()[id];
    std::string text(file.syntax->document().text());
    for (const auto& changed : pulled->files) {
      if (changed.file == id) text = changed.text;
    }
    print(fmt::format("{}{}", several ? fmt::format("// {}\n", file.path) : "", text), report::painted_prisma);
  }
  return kDone;
}

}  // namespace

void add_pull(CLI::App& migrate, int& exit_code) {
  auto options = std::make_shared<PullCommand>();
  CLI::App* command = migrate.add_subcommand("pull", "Update the schema from a database");
  command->add_option("--schema", options->schema, "The schema file or folder");
  command->add_option("--prisma", options->prisma, "Prisma version: 5, 6, 7 or auto");
  command->add_option("--url", options->url, "Database URL; default: the one that the project configures");
  command->add_flag("--print", options->print, "Print the schema and write nothing");
  command->callback([options, &exit_code] { exit_code = run_pull(*options); });
}

}  // namespace refract::cli
