#include "operations/project.h"

#include <fmt/format.h>

#include "validation/core/diagnostic.h"
#include "workspace/database_url.h"

namespace refract::operations {

Result<workspace::LoadedSchema> open_schema(const ProjectChoice& choice, const Opening& opening) {
  auto project =
      choice.path ? workspace::project_of_path(*choice.path) : workspace::find_project(std::filesystem::current_path());
  if (!project) return fail(project.error());
  if (opening.found) opening.found(*project);
  auto loaded = workspace::load_schema(std::move(*project), choice.version);
  if (!loaded) return fail(loaded.error());
  if (const auto notice = workspace::other_language_notice(*loaded->snapshot)) {
    return fail(ErrorCode::usage, *notice);
  }
  if (validation::Analysis::run(loaded->snapshot)->has_errors()) {
    return fail(ErrorCode::invalid_schema, fmt::format("The schema {} has errors; see them with refract check.",
                                                       loaded->project.files.front().string()));
  }
  return loaded;
}

Result<MigrateProject> open_project(const ProjectChoice& choice, Unparsed unparsed, const Opening& opening,
                                    const std::optional<std::string>& url) {
  auto loaded = open_schema(choice, opening);
  if (!loaded) return fail(loaded.error());
  if (auto readable = workspace::require_readable(loaded->project); !readable) return fail(readable.error());
  if (opening.loaded) opening.loaded(*loaded);
  auto history = migrate::load_history(loaded->project.migrations, nullptr,
                                       workspace::history_base(loaded->project, *loaded->snapshot, url));
  if (!history) return fail(history.error());
  if (unparsed == Unparsed::refused) {
    for (const migrate::HistoryIssue& issue : history->issues) {
      if (issue.syntax) return fail({ErrorCode::unreadable, issue.message, issue.error_place()});
    }
  }
  if (opening.replayed) opening.replayed(*history);
  return MigrateProject{std::move(*loaded), std::move(*history)};
}

Result<OpenDatabase> open_database(const ProjectChoice& choice, const std::optional<std::string>& url, Access access,
                                   const Opening& opening) {
  auto project = open_project(choice, Unparsed::allowed, opening, url);
  if (!project) return fail(project.error());
  auto target = database_of(url, project->schema.project, project->snapshot(), access);
  if (!target) return fail(target.error());
  return OpenDatabase{std::move(*project), std::move(*target)};
}

}  // namespace refract::operations
