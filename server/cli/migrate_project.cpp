#include "cli/migrate_project.h"

#include <fmt/format.h>

#include "report/settings.h"
#include "report/target.h"

namespace refract::cli {
namespace {

void print_history(const migrate::History& history) {
  for (const migrate::HistoryIssue& issue : history.issues) {
    print_notice(fmt::format("{}: {}: {}\n", issue.place(),
                             issue.error ? "error" : "warning: the effect of this statement is unknown",
                             issue.message));
  }
  for (const std::string& notice : history.notices) print_notice(fmt::format("{}\n", notice));
}

const operations::Opening kPrinted{
    .found = [](const workspace::Project& project) { print_notices(project, std::nullopt); },
    .loaded =
        [](const workspace::LoadedSchema& schema) {
          print_notice(report::project_line(schema, std::filesystem::current_path()));
        },
    .replayed = print_history,
};

Result<operations::ProjectChoice> choice_of(const std::optional<std::string>& path, const std::string& prisma) {
  const auto version = parse_version(prisma);
  if (!version) return fail(version.error());
  return operations::ProjectChoice{path, *version};
}

}  // namespace

Result<workspace::LoadedSchema> open_schema(const std::optional<std::string>& path, const std::string& prisma) {
  const auto choice = choice_of(path, prisma);
  if (!choice) return fail(choice.error());
  return operations::open_schema(*choice, {.found = kPrinted.found});
}

Result<operations::MigrateProject> open_project(const std::optional<std::string>& path, const std::string& prisma,
                                                operations::Unparsed unparsed) {
  const auto choice = choice_of(path, prisma);
  if (!choice) return fail(choice.error());
  return operations::open_project(*choice, unparsed, kPrinted);
}

Result<operations::OpenDatabase> open_database(const DatabaseChoice& choice, operations::Access access) {
  const auto project = choice_of(choice.schema, choice.prisma);
  if (!project) return fail(project.error());
  auto opened = operations::open_database(*project, choice.url, access, kPrinted);
  if (opened) print_notice(report::target_lines(opened->target));
  return opened;
}

}  // namespace refract::cli
