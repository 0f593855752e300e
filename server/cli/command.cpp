#include "cli/command.h"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <iterator>

#include "live/connection.h"
#include "platform/terminal.h"
#include "report/settings.h"

namespace refract::cli {

int report_error(const Error& error) {
  fmt::print(stderr, "refract: {}\n", live::without_secrets(error.message));
  switch (error.code) {
    case ErrorCode::invalid_schema:
    case ErrorCode::conflict:
    case ErrorCode::database_failed:
      return kProblemsFound;
    default:
      return kUsage;
  }
}

Result<std::optional<schema::PrismaVersion>> parse_version(const std::string& text) {
  if (text.empty() || text == "auto") return std::optional<schema::PrismaVersion>();
  if (text == "5") return schema::PrismaVersion::v5;
  if (text == "6") return schema::PrismaVersion::v6;
  if (text == "7") return schema::PrismaVersion::v7;
  return fail(ErrorCode::usage, fmt::format("--prisma takes 5, 6, 7 or auto, not {}.", text));
}

Result<workspace::LoadedSchema> schema_of(const std::optional<std::string>& path,
                                          std::optional<schema::PrismaVersion> version) {
  if (path == "-") return workspace::load_text({std::istreambuf_iterator<char>(std::cin), {}}, version);
  auto project = path ? workspace::project_of_path(*path) : workspace::find_project(std::filesystem::current_path());
  if (!project) return fail(project.error());
  print_notices(*project, version);
  return workspace::load_schema(std::move(*project), version);
}

void print_notices(const workspace::Project& project, std::optional<schema::PrismaVersion> version) {
  fmt::print(stderr, "{}", report::settings_text(project.settings));
  if (version) return;
  if (const auto notice = workspace::unsupported_version_notice(project)) {
    fmt::print(stderr, "refract: warning: {}\n", *notice);
  }
}

Result<std::vector<NamedSchema>> schemas_of(const std::vector<std::string>& paths,
                                            std::optional<schema::PrismaVersion> version) {
  std::vector<NamedSchema> schemas;
  std::vector<std::filesystem::path> named;
  for (const std::string& path : paths) {
    if (path != "-") named.emplace_back(path);
  }
  if (paths.empty() || named.size() < paths.size()) {
    auto one = schema_of(paths.empty() ? std::nullopt : std::optional<std::string>("-"), version);
    if (!one) return fail(one.error());
    schemas.push_back({std::move(*one), {}});
  }
  auto projects = workspace::projects_of_paths(named);
  if (!projects) return fail(projects.error());
  for (workspace::NamedProject& one : *projects) {
    print_notices(one.project, version);
    auto loaded = workspace::load_schema(std::move(one.project), version);
    if (!loaded) return fail(loaded.error());
    schemas.push_back({std::move(*loaded), std::move(one.files)});
  }
  return schemas;
}

bool stderr_is_terminal() {
  return platform::is_terminal(platform::Stream::error);
}
bool stdout_is_terminal() {
  return platform::is_terminal(platform::Stream::output);
}

void Progress::show(const std::string& what) {
  if (!stderr_is_terminal()) return;
  fmt::print(stderr, "\r\033[K{} …", what);
  std::fflush(stderr);
  shown_ = true;
}

Progress::~Progress() {
  if (shown_) fmt::print(stderr, "\r\033[K");
}

}  // namespace refract::cli
