#include "lsp/status.h"

#include "platform/memory.h"
#include "support/version.h"

namespace refract::lsp {

using protocol::Json;

Json status_of(Context& context, double analysis_milliseconds) {
  Json schemas = Json::array();
  for (const auto& view : context.host.views(workspace::Host::Known::all)) {
    Json files = Json::array();
    for (const schema::SourceFile& file : view->snapshot().files()) files.push_back(file.path);
    Json one{{"files", std::move(files)},
             {"root", view->project().root.string()},
             {"prisma", static_cast<int>(view->snapshot().options().version)},
             {"prismaSource", view->version_reason()},
             {"provider", schema::to_string(view->snapshot().provider())},
             {"migrationsFolder", view->project().migrations.string()},
             {"settings", view->project().settings.file.string()},
             {"settingsProblems", view->project().settings.problems.size()},
             {"diagnostics", view->analysis().diagnostics().size()}};
    if (const auto& history = view->history()) {
      if (*history) {
        one["migrations"] = (*history)->migrations.size();
        one["opaqueStatements"] = (*history)->issues.size();
      } else {
        one["migrationsProblem"] = history->error().message;
      }
    }
    schemas.push_back(std::move(one));
  }
  return {{"server", "refract"},
          {"version", kVersion},
          {"schemas", std::move(schemas)},
          {"openDocuments", context.host.open_documents().size()},
          {"memory", {{"residentBytes", platform::resident_memory()}, {"peakBytes", platform::peak_memory()}}},
          {"timings", {{"lastAnalysisMilliseconds", analysis_milliseconds}}}};
}

}  // namespace refract::lsp
