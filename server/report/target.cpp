#include "report/target.h"

#include <fmt/format.h>

#include "report/diagnostics.h"

namespace refract::report {
namespace {

namespace fs = std::filesystem;

std::string shown(const fs::path& path, const fs::path& from) {
  const fs::path near = path.lexically_proximate(from);
  // A relative path with ".." is harder to read than the absolute one.
  return near.empty() || *near.begin() == ".." ? path.string() : near.string();
}

// The one file, or the folder that holds all of them.
fs::path schema_place(const workspace::Project& project) {
  if (project.files.size() == 1) return project.files.front();
  fs::path folder = project.files.front().parent_path();
  for (const fs::path& file : project.files) {
    while (!folder.empty() && folder != folder.root_path() &&
           file.lexically_relative(folder).string().starts_with("..")) {
      folder = folder.parent_path();
    }
  }
  return folder;
}

std::string rows_text(std::int64_t rows) {
  return fmt::format("{}{} row{}", rows > 100'000 ? "about " : "", rows, rows == 1 ? "" : "s");
}

}  // namespace

std::string project_line(const workspace::LoadedSchema& schema, const fs::path& from) {
  const workspace::Project& project = schema.project;
  const std::size_t files = project.files.size();
  return fmt::format("using schema {}{} ({}), migrations {}\n", shown(schema_place(project), from),
                     files == 1 ? "" : fmt::format(" ({} files)", files),
                     version_text(schema.snapshot->options().version, schema.version_reason),
                     shown(project.migrations, from));
}

std::string target_lines(const operations::Target& target) {
  std::string text = fmt::format("using {}, schema \"{}\" (from {})\n", target.database.label(),
                                 target.database.schema(), target.source);
  for (const std::string& notice : target.database.notices()) text += fmt::format("note: {}\n", notice);
  return text;
}

std::string reset_text(const live::ResetPlan& plan) {
  std::string schemas;
  for (const std::string& name : plan.schemas) schemas += fmt::format("{}\"{}\"", schemas.empty() ? "" : ", ", name);
  std::string text;
  if (!plan.objects.empty() || !plan.extensions.empty()) {
    text = fmt::format("A reset of the {} drops{}{}:\n", plan.label, schemas.empty() ? "" : ", in ", schemas);
  } else if (schemas.empty()) {
    text = "There is nothing to drop: none of the schemas that the URL and the datasource name exists.\n";
  } else {
    text = fmt::format("The {} has nothing to drop in {}.\n", plan.label, schemas);
  }
  for (const live::ResetObject& object : plan.objects) {
    text += fmt::format("  {} {}{}\n", object.kind, object.identity,
                        object.rows ? fmt::format(" ({})", rows_text(*object.rows)) : "");
  }
  for (const std::string& name : plan.extensions) text += fmt::format("  extension {}\n", name);
  for (const std::string& other : plan.also_affected) text += fmt::format("  also affected: {}\n", other);
  for (const std::string& blocker : plan.blockers) text += fmt::format("blocked: {}\n", blocker);
  for (const std::string& object : plan.not_owned) {
    text += fmt::format("blocked: The role owns neither the {} nor its schema.\n", object);
  }
  return text;
}

std::string reset_refusal(const live::ResetPlan& plan) {
  if (!plan.blockers.empty()) {
    return fmt::format(
        "{} object{} outside the schemas to be emptied depend{} on what a reset would drop; nothing was "
        "dropped. Drop or change {} first.",
        plan.blockers.size(), plan.blockers.size() == 1 ? "" : "s", plan.blockers.size() == 1 ? "s" : "",
        plan.blockers.size() == 1 ? "it" : "them");
  }
  if (!plan.not_owned.empty()) {
    return fmt::format(
        "The role may not drop {} object{} of the schemas to be emptied; nothing was dropped. Connect as the "
        "owner, or list tables of another program as tables.external in prisma.config.",
        plan.not_owned.size(), plan.not_owned.size() == 1 ? "" : "s");
  }
  return {};
}

}  // namespace refract::report
