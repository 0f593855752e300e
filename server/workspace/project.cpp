#include "workspace/project.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "platform/file.h"
#include "syntax/other_language.h"
#include "text/encoding.h"
#include "workspace/paths.h"
#include "workspace/prisma_config.h"
#include "workspace/project_files.h"
#include "workspace/schema_files.h"
#include "workspace/whole_schema.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

// Beside the file with the datasource, as Prisma wants it; failing that beside the folder of a split schema.
fs::path migrations_folder(const std::vector<fs::path>& files, const ReadText& read, const PrismaConfig& config) {
  if (config.migrations) return *config.migrations;
  fs::path main = files.front();
  if (files.size() > 1) {
    for (const fs::path& file : files) {
      const auto text = read(file);
      if (text && has_datasource(*text)) main = file;
    }
  }
  fs::path beside = main.parent_path() / "migrations";
  fs::path above = main.parent_path().parent_path() / "migrations";
  if (files.size() > 1 && !is_folder(beside) && is_folder(above)) return above;
  return beside;
}

bool lies_below(const fs::path& path, const fs::path& folder) {
  const auto relative = path.lexically_normal().lexically_relative(folder.lexically_normal());
  return !relative.empty() && *relative.begin() != "..";
}

features::NewFiles new_files_of(const std::vector<fs::path>& files, const PrismaConfig& config) {
  const bool folder =
      config.schema && is_folder(*config.schema) ? lies_below(files.front(), *config.schema) : files.size() > 1;
  if (folder) return features::NewFiles::join;
  return config.schema == files.front() ? features::NewFiles::stay_out : features::NewFiles::with_folder_configured;
}

// What the configuration around a folder says, without files and migrations.
Project configured_project(const PrismaConfig& config, const fs::path& folder) {
  Project project;
  project.root = config.folder.empty() ? folder : config.folder;
  project.version = config.version;
  project.version_source = config.version_source;
  project.unsupported_version = config.unsupported_version;
  project.settings = config.settings;
  project.config = config.file;
  return project;
}

// What to type for a schema in the folder: its one file, or the folder that all of its files are in.
std::string place_of(const Project& project, const fs::path& folder) {
  std::error_code ignored;
  fs::path place = fs::absolute(project.files.front(), ignored).lexically_normal();
  for (const fs::path& file : project.files) {
    const fs::path whole = fs::absolute(file, ignored).lexically_normal();
    while (whole != place && !lies_below(whole, place) && place != place.parent_path()) place = place.parent_path();
  }
  const fs::path here = fs::current_path(ignored);
  const bool relative = folder.is_relative() || lies_below(place, here);
  return (relative ? place.lexically_proximate(here) : place).string();
}

}  // namespace

bool has_datasource(std::string_view text) {
  for (std::size_t at = text.find("datasource"); at != std::string_view::npos; at = text.find("datasource", at + 1)) {
    const std::size_t line = text.rfind('\n', at);
    const std::string_view before = text.substr(line == std::string_view::npos ? 0 : line + 1,
                                                at - (line == std::string_view::npos ? 0 : line + 1));
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (before.find_first_not_of(" \t") == std::string_view::npos &&
        text.substr(at, end - at).find('{') != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

std::size_t count_datasources(const std::vector<fs::path>& files) {
  return static_cast<std::size_t>(std::ranges::count_if(files, [](const fs::path& file) {
    const auto text = read_text_file(file);
    return text && has_datasource(*text);
  }));
}

Project project_of_files(std::vector<fs::path> files, const ReadText& read) {
  const fs::path folder = files.front().parent_path();
  const PrismaConfig config = read_config(folder);
  Project project = configured_project(config, folder);
  project.files = std::move(files);
  project.new_files = new_files_of(project.files, config);
  project.migrations = migrations_folder(project.files, read, config);
  return project;
}

std::string other_schemas_text(const std::vector<Project>& projects, const fs::path& folder) {
  constexpr std::size_t kShown = 20;
  std::string names;
  for (std::size_t at = 0; at < std::min(projects.size(), kShown); ++at) {
    names += fmt::format("\n  {}", place_of(projects[at], folder));
  }
  if (projects.size() > kShown) names += fmt::format("\n  and {} more", projects.size() - kShown);
  return projects.size() == 1 ? "name the schema that is below it:" + names
                              : fmt::format("name one of the {} schemas below it:{}", projects.size(), names);
}

std::vector<Project> separate_projects(const std::vector<fs::path>& files) {
  std::vector<Project> projects;
  std::error_code ignored;
  for (const fs::path& file : files) {
    if (count_datasources({file}) == 0) continue;
    Project project = project_of_file(fs::absolute(file, ignored).lexically_normal(), read_text_file);
    const auto same = [&](const Project& other) { return other.files == project.files; };
    if (std::ranges::none_of(projects, same)) projects.push_back(std::move(project));
  }
  return projects;
}

std::vector<Project> projects_below(const fs::path& folder) {
  std::error_code ignored;
  const auto files = prisma_files_around(fs::absolute(folder, ignored).lexically_normal());
  return files ? separate_projects(*files) : std::vector<Project>();
}

bool Project::operator==(const Project& other) const {
  return root == other.root && files == other.files && migrations == other.migrations && version == other.version &&
         version_source == other.version_source && unsupported_version == other.unsupported_version &&
         settings.file == other.settings.file && settings.text == other.settings.text &&
         config.file == other.config.file && config.text == other.config.text &&
         config.environment_files == other.config.environment_files && new_files == other.new_files;
}

Result<std::string> read_text_file(const fs::path& path) {
  std::error_code failed;
  const auto status = fs::status(path, failed);
  if (!fs::exists(status)) {
    return fail(ErrorCode::not_found, fmt::format("The file {} does not exist.", path.string()));
  }
  if (fs::is_directory(status)) {
    return fail(ErrorCode::unreadable, fmt::format("{} is a folder; name a file.", path.string()));
  }
  auto text = platform::read_bytes(path);
  if (!text) {
    return fail(ErrorCode::unreadable, fmt::format("{} cannot be read; check its permissions.", path.string()));
  }
  if (const auto bad = text::find_invalid_utf8(*text)) {
    return fail(ErrorCode::unreadable,
                fmt::format("{} is not UTF-8 (byte {}); save it as UTF-8.", path.string(), *bad));
  }
  return std::move(*text);
}

Result<Project> find_project(const fs::path& folder) {
  const PrismaConfig config = read_config(folder);
  if (!config.schema && config.file.is_unreadable("schema")) {
    return fail(ErrorCode::usage, unreadable_message(config.file, "schema"));
  }
  if (config.schema) {
    if (is_file(*config.schema)) return project_of_files({*config.schema}, read_text_file);
    auto files = prisma_files(*config.schema);
    if (files.empty()) {
      return fail(ErrorCode::not_found, fmt::format("{} names the schema {}, which does not exist.",
                                                    config.schema_source, config.schema->string()));
    }
    return project_of_files(std::move(files), read_text_file);
  }
  for (const char* place : {"schema.prisma", "prisma/schema.prisma"}) {
    if (is_file(folder / place)) return project_of_files({folder / place}, read_text_file);
  }
  for (const char* place : {"prisma/schema", "prisma", "schema"}) {
    if (!is_folder(folder / place)) continue;
    auto files = prisma_files(folder / place);
    // Several that have a datasource each are as many schemas, of which one has to be named.
    if (!files.empty() && count_datasources(files) <= 1) return project_of_files(std::move(files), read_text_file);
  }
  std::string message = fmt::format(
      "No Prisma schema was found in {}: looked for schema.prisma, prisma/schema.prisma and prisma/schema/; ",
      folder.string());
  const std::vector<Project> below = projects_below(folder);
  if (below.empty()) return fail(ErrorCode::not_found, message + "name the file or folder.");
  return fail(ErrorCode::not_found, message + other_schemas_text(below, folder));
}

Project project_of_file(const fs::path& file, const ReadText& read, std::span<const fs::path> open) {
  const PrismaConfig config = read_config(file.parent_path());
  const auto add_unsaved = [&](std::vector<fs::path>& files, const fs::path& folder) {
    std::ranges::copy_if(open, std::back_inserter(files),
                         [&](const fs::path& document) { return would_be_found(document, folder); });
  };
  if (config.schema && *config.schema != file && lies_below(file, *config.schema)) {
    auto files = prisma_files(*config.schema);
    add_unsaved(files, *config.schema);
    if (std::ranges::find(files, file) == files.end()) {
      // On disk and yet no member: a generated copy, which is a separate schema. Not on disk: new, and about to be
      // one.
      std::error_code error;
      if (fs::exists(file, error)) return project_of_files({file}, read);
      files.push_back(file);
    }
    std::ranges::sort(files);
    return project_of_files(std::move(files), read);
  }
  if (config.schema && *config.schema == file) return project_of_files({file}, read);

  // A file with a datasource is a separate schema unless its folder's other files have none; one without belongs to the
  // nearest folder above whose files have exactly one. What is part of the schema that is configured is of no other.
  const auto is_of_another = [&](const fs::path& other, std::span<const fs::path> files) {
    if (other == file) return false;
    return (config.schema && lies_below(other, *config.schema)) || is_whole_schema(other, config, files, read);
  };
  for (fs::path folder = file.parent_path();; folder = folder.parent_path()) {
    auto around = prisma_files_around(folder);
    if (!around) break;
    std::vector<fs::path>& files = *around;
    add_unsaved(files, folder);
    if (std::ranges::find(files, file) == files.end()) files.push_back(file);
    std::ranges::sort(files);
    if (is_whole_schema(file, config, files, read)) break;
    const std::vector<fs::path> all = files;
    std::erase_if(files, [&](const fs::path& other) { return is_of_another(other, all); });
    std::size_t with_datasource = 0;
    for (const fs::path& other : files) {
      const auto text = read(other);
      if (text && has_datasource(*text)) ++with_datasource;
    }
    if (with_datasource == 1) return project_of_files(std::move(files), read);
    if (with_datasource > 1 || folder == config.folder || is_last_upwards(folder)) break;
    if (folder.filename() == "prisma") break;
  }
  return project_of_files({file}, read);
}

schema::Options options_of(const Project& project) {
  return {.external_tables = project.config.external_tables, .external_enums = project.config.external_enums};
}

Result<void> require_readable(const Project& project) {
  for (const char* key : {"migrations.path", "tables.external", "enums.external"}) {
    if (!project.config.is_unreadable(key)) continue;
    if (key == std::string_view("migrations.path") && !project.settings.value(key).empty()) continue;
    return fail(ErrorCode::usage, unreadable_message(project.config, key));
  }
  return {};
}

namespace {

schema::PrismaVersion nearest_version(int major) {
  return major < static_cast<int>(schema::PrismaVersion::v5) ? schema::PrismaVersion::v5 : schema::PrismaVersion::v7;
}

}  // namespace

std::optional<std::string> unsupported_version_notice(const Project& project) {
  if (!project.unsupported_version) return std::nullopt;
  return fmt::format(
      "Prisma {} ({}) is not supported; the schema is read as by Prisma {}. Refract supports Prisma 5 to 7.",
      *project.unsupported_version, project.version_source,
      static_cast<int>(nearest_version(*project.unsupported_version)));
}

VersionInForce version_in_force(std::optional<schema::PrismaVersion> asked, const Project& project,
                                const schema::Snapshot& snapshot) {
  if (asked) return {*asked, "as requested"};
  if (project.unsupported_version) {
    return {nearest_version(*project.unsupported_version),
            fmt::format("as {} is not supported", project.version_source)};
  }
  if (project.version) return {*project.version, "from " + project.version_source};
  const bool has_url = snapshot.datasource() != nullptr && snapshot.datasource()->has_url;
  if (has_url) return {schema::PrismaVersion::v6, "guessed: the datasource has a url"};
  return {schema::PrismaVersion::v7, "guessed: the datasource has no url"};
}

namespace {

LoadedSchema resolve(Project project, std::vector<schema::SourceFile> sources,
                     std::optional<schema::PrismaVersion> asked) {
  schema::Options options = options_of(project);
  auto snapshot = schema::Snapshot::build(sources, options);
  VersionInForce in_force = version_in_force(asked, project, *snapshot);
  if (in_force.version != options.version) {
    options.version = in_force.version;
    snapshot = schema::Snapshot::build(std::move(sources), options, snapshot);
  }
  return {std::move(project), std::move(snapshot), std::move(in_force.reason)};
}

}  // namespace

Result<LoadedSchema> load_schema(Project project, std::optional<schema::PrismaVersion> asked) {
  std::vector<schema::SourceFile> sources;
  for (const fs::path& file : project.files) {
    auto text = read_text_file(file);
    if (!text) return fail(text.error());
    sources.push_back({file.string(), syntax::File::parse(text::Document(std::move(*text)))});
  }
  return resolve(std::move(project), std::move(sources), asked);
}

std::optional<schema::FileId> file_in_other_language(const schema::Snapshot& snapshot) {
  for (schema::FileId file = 0; file < snapshot.files().size(); ++file) {
    if (!syntax::other_language(snapshot.files()[file].syntax->document()).empty()) return file;
  }
  return std::nullopt;
}

std::optional<std::string> other_language_notice(const schema::Snapshot& snapshot) {
  const auto file = file_in_other_language(snapshot);
  if (!file) return std::nullopt;
  const schema::SourceFile& source = snapshot.files()[*file];
  return fmt::format(
      "{} begins with `// use {}`, which selects another language; Refract supports Prisma 5 to 7 and ignores the "
      "file.",
      source.path, syntax::other_language(source.syntax->document()));
}

Result<LoadedSchema> load_text(std::string text, const fs::path& folder, std::optional<schema::PrismaVersion> asked) {
  if (const auto bad = text::find_invalid_utf8(text)) {
    return fail(ErrorCode::unreadable, fmt::format("Standard input is not UTF-8 (byte {}); send it as UTF-8.", *bad));
  }
  // Which migrations belong to the text is not known.
  Project project = configured_project(read_config(folder), folder);
  project.files = {"-"};
  std::vector<schema::SourceFile> sources;
  sources.push_back({"-", syntax::File::parse(text::Document(std::move(text)))});
  return resolve(std::move(project), std::move(sources), asked);
}

}  // namespace refract::workspace
