#include "cli/command.h"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <iterator>

#include "live/connection.h"
#include "platform/environment.h"
#include "platform/terminal.h"
#include "report/errors.h"
#include "report/settings.h"
#include "support/version.h"

namespace refract::cli {

namespace {

// Set once, before a command runs.
std::string& error_format() {
  static std::string format;
  return format;
}

bool has_colours(platform::Stream stream) {
  if (!platform::is_terminal(stream)) return false;
  const auto no_colour = platform::environment_variable("NO_COLOR");
  return (!no_colour || no_colour->empty()) && platform::environment_variable("TERM") != "dumb";
}

}  // namespace

void choose_error_format(std::span<const std::string_view> words) {
  constexpr std::string_view kOption = "--format";
  for (std::size_t at = 0; at < words.size() && words[at] != "--"; ++at) {
    if (words[at] == kOption && at + 1 < words.size()) error_format() = words[at + 1];
    if (words[at].starts_with(kOption) && words[at].substr(kOption.size()).starts_with('='))
      error_format() = words[at].substr(kOption.size() + 1);
  }
}

void print_error_for_programs(const Error& error) {
  fmt::print(
      "{}", report::error_text({error.code, live::without_secrets(error.message), error.at}, error_format(), kVersion));
}

void print(std::string_view text, std::string (*paint)(std::string_view)) {
  fmt::print("{}", stdout_has_colours() ? paint(text) : std::string(text));
}

void print_notice(std::string_view text) {
  fmt::print(stderr, "{}", has_colours(platform::Stream::error) ? report::painted(text) : std::string(text));
}

int flushed(int exit_code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
  print_notice("refract: Standard output cannot be written; the answer is not complete.\n");
  return kUsage;
}

int report_error(const Error& error) {
  print_notice(fmt::format("refract: {}\n", live::without_secrets(report::error_sentence(error))));
  print_error_for_programs(error);
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
  if (path == "-") {
    auto loaded =
        workspace::load_text({std::istreambuf_iterator<char>(std::cin), {}}, std::filesystem::current_path(), version);
    if (loaded) print_notices(loaded->project, version);
    return loaded;
  }
  auto project = path ? workspace::project_of_path(*path) : workspace::find_project(std::filesystem::current_path());
  if (!project) return fail(project.error());
  print_notices(*project, version);
  return workspace::load_schema(std::move(*project), version);
}

void print_notices(const workspace::Project& project, std::optional<schema::PrismaVersion> version) {
  print_notice(report::settings_text(project.settings));
  if (version) return;
  if (const auto notice = workspace::unsupported_version_notice(project)) {
    print_notice(fmt::format("refract: warning: {}\n", *notice));
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
bool stdout_has_colours() {
  return has_colours(platform::Stream::output);
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
