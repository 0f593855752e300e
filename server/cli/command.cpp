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
  fmt::print(stderr, "{}", report::settings_text(project->settings));
  return workspace::load_schema(std::move(*project), version);
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
