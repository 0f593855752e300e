// The schemas that paths on a command line name.
#include <fmt/format.h>

#include <algorithm>

#include "workspace/paths.h"
#include "workspace/prisma_config.h"
#include "workspace/project.h"
#include "workspace/project_files.h"
#include "workspace/schema_files.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

fs::path whole_path(const fs::path& path) {
  std::error_code ignored;
  fs::path whole = fs::absolute(path, ignored).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

// Whether a folder is a schema rather than the root of a project: it directly contains .prisma files, no configuration
// in it names another schema, and no two of the files below it have a datasource each.
bool is_schema_folder(const fs::path& folder, const std::vector<fs::path>& files) {
  const fs::path here = whole_path(folder);
  const PrismaConfig config = read_config(here);
  if (config.schema && whole_path(*config.schema) == here) return true;
  if (std::ranges::none_of(files, [&](const fs::path& file) { return whole_path(file).parent_path() == here; })) {
    return false;
  }
  return count_datasources(files) <= 1;
}

// A path that was relative gets relative ones, as people compare them with what they typed.
void spell_like(const fs::path& named, Project& project) {
  if (named.is_absolute()) return;
  std::error_code ignored;
  const fs::path here = fs::current_path(ignored);
  const fs::path whole = whole_path(named);
  for (fs::path& file : project.files) file = whole_path(file) == whole ? named : file.lexically_proximate(here);
  const fs::path migrations = project.migrations.lexically_proximate(here);
  if (!migrations.empty() && *migrations.begin() != "..") project.migrations = migrations;
}

NamedProject project_of_named_file(const fs::path& path) {
  const fs::path file = whole_path(path);
  const bool alone = file.extension() != ".prisma";
  Project project = alone ? project_of_files({file}) : project_of_file(file, read_text_file);
  spell_like(path, project);
  return {std::move(project), {path.is_absolute() ? file : path}};
}

Result<std::vector<NamedProject>> projects_of_folder(const fs::path& folder) {
  std::vector<NamedProject> named;
  std::vector<fs::path> files = prisma_files(folder);
  if (!files.empty() && is_schema_folder(folder, files)) {
    named.push_back({project_of_files(std::move(files)), {}});
    return named;
  }
  // The root of a project is meant as one, so that generated schemas elsewhere in it stay out.
  if (auto found = find_project(folder)) {
    named.push_back({std::move(*found), {}});
    return named;
  }
  if (files.empty()) {
    return fail(ErrorCode::not_found, fmt::format("The folder {} has no .prisma file.", folder.string()));
  }
  if (count_datasources(files) <= 1) {
    named.push_back({project_of_files(std::move(files)), {}});
    return named;
  }
  for (Project& project : separate_projects(files)) {
    spell_like(folder, project);
    named.push_back({std::move(project), {}});
  }
  return named;
}

bool is_same_schema(const Project& one, const Project& other) {
  return std::ranges::equal(one.files, other.files, {}, whole_path, whole_path);
}

void add(NamedProject&& found, std::vector<NamedProject>& all) {
  const auto same =
      std::ranges::find_if(all, [&](const NamedProject& one) { return is_same_schema(one.project, found.project); });
  if (same == all.end()) {
    all.push_back(std::move(found));
    return;
  }
  if (same->files.empty()) return;
  if (found.files.empty()) {
    same->files.clear();
    return;
  }
  for (const fs::path& file : found.files) {
    for (const fs::path& known : same->project.files) {
      if (whole_path(known) == whole_path(file) && std::ranges::find(same->files, known) == same->files.end()) {
        same->files.push_back(known);
      }
    }
  }
}

}  // namespace

Result<std::vector<NamedProject>> projects_of_paths(const std::vector<fs::path>& paths) {
  std::vector<NamedProject> all;
  for (const fs::path& path : paths) {
    if (is_file(path)) {
      add(project_of_named_file(path), all);
    } else if (is_folder(path)) {
      auto found = projects_of_folder(path);
      if (!found) return fail(found.error());
      for (NamedProject& one : *found) add(std::move(one), all);
    } else {
      return fail(ErrorCode::not_found, fmt::format("The file or folder {} does not exist.", path.string()));
    }
  }
  return all;
}

Result<Project> project_of_path(const fs::path& path) {
  auto named = projects_of_paths({path});
  if (!named) return fail(named.error());
  if (named->size() == 1) return std::move(named->front().project);
  std::vector<Project> projects;
  for (NamedProject& one : *named) projects.push_back(std::move(one.project));
  return fail(ErrorCode::usage,
              fmt::format("{} is not one schema; {}", path.string(), other_schemas_text(projects, path)));
}

}  // namespace refract::workspace
