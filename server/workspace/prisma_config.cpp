#include "workspace/prisma_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "support/json.h"
#include "workspace/config_module.h"
#include "workspace/package_versions.h"
#include "workspace/paths.h"
#include "workspace/schema_files.h"
#include "workspace/version_search.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

// Where Prisma looks for its configuration, in its order.
constexpr std::array kConfigNames = {"prisma.config", ".config/prisma"};
constexpr std::array kConfigExtensions = {".js", ".ts", ".mjs", ".cjs", ".mts", ".cts"};

ConfigValue read_value(const ConfigModule& config_module, const char* group, const char* key, ConfigFile& config) {
  ConfigValue value = config_module.value_of({group, key});
  if (value.present && !value.known) config.unreadable.push_back(fmt::format("{}.{}", group, key));
  return value;
}

std::vector<std::string> read_list(const ConfigModule& config_module, const char* group, const char* key,
                                   ConfigFile& config) {
  auto list = config_module.list_of({group, key});
  if (!list && config_module.has({group, key})) config.unreadable.push_back(fmt::format("{}.{}", group, key));
  return list.value_or(std::vector<std::string>());
}

// The .env files that the configuration loads before it reads the environment, as Prisma itself loads none then.
void read_environment_files(const ConfigModule& config_module, const fs::path& folder, ConfigFile& config) {
  const bool dotenv = config_module.imports("dotenv/config") || config_module.imports("dotenv");
  const bool expand = config_module.imports("dotenv-expand") || config_module.imports("dotenv-expand/config");
  config.expands_environment = expand;
  const auto named = config_module.environment_files();
  config.other_environment_files = !named || config_module.imports("@next/env") ||
                                   config_module.imports("dotenv-flow") || config_module.imports("@dotenvx/dotenvx");
  std::vector<std::string> names = named.value_or(std::vector<std::string>());
  if (names.empty() && (dotenv || expand || config_module.calls("loadEnvFile"))) names.emplace_back(".env");
  std::error_code ignored;
  for (const std::string& name : names) {
    const fs::path path = (folder / name).lexically_normal();
    if (fs::is_regular_file(path, ignored)) config.environment_files.push_back(path);
  }
}

void read_database_keys(const ConfigModule& config_module, const fs::path& folder, ConfigFile& config) {
  config.url = read_value(config_module, "datasource", "url", config);
  config.direct_url = read_value(config_module, "datasource", "directUrl", config);
  config.shadow_url = read_value(config_module, "datasource", "shadowDatabaseUrl", config);
  config.init_shadow_db = read_value(config_module, "migrations", "initShadowDb", config);
  config.external_tables = read_list(config_module, "tables", "external", config);
  config.external_enums = read_list(config_module, "enums", "external", config);
  read_environment_files(config_module, folder, config);
}

// The configuration of Prisma 8 names schemas of earlier versions by functions of its own.
void read_earlier_schema(const ConfigModule& config_module, const fs::path& file, PrismaConfig& config) {
  constexpr std::pair<const char*, schema::PrismaVersion> kFunctions[] = {{"prisma7Schema", schema::PrismaVersion::v7},
                                                                          {"prisma6Schema", schema::PrismaVersion::v6}};
  for (const auto& [function, version] : kFunctions) {
    if (!config_module.calls(function)) continue;
    if (!config.version) {
      config.version = version;
      config.version_source = fmt::format("{} in {}", function, file.filename().string());
    }
    if (const auto schema = config_module.path_passed_to(function); schema && !config.schema) {
      config.schema = (file.parent_path() / *schema).lexically_normal();
      config.schema_source = file.filename().string();
    }
    return;
  }
}

void read_schema(const ConfigModule& config_module, const fs::path& file, PrismaConfig& config) {
  if (const auto schema = config_module.path_of({"schema"})) {
    config.schema = (file.parent_path() / *schema).lexically_normal();
    config.schema_source = file.filename().string();
  } else if (config_module.has({"schema"})) {
    config.file.unreadable.emplace_back("schema");
  }
}

void read_prisma_config(const fs::path& folder, PrismaConfig& config) {
  for (const char* name : kConfigNames) {
    for (const char* extension : kConfigExtensions) {
      const fs::path file = folder / (std::string(name) + extension);
      const std::string source = text_at(file);
      if (source.empty()) continue;
      const ConfigModule config_module(source);
      config.folder = folder;
      config.file.file = file;
      config.file.text = source;
      read_earlier_schema(config_module, file, config);
      if (!config.schema) read_schema(config_module, file, config);
      if (const auto migrations = config_module.path_of({"migrations", "path"})) {
        config.migrations = (file.parent_path() / *migrations).lexically_normal();
      } else if (config_module.has({"migrations", "path"})) {
        config.file.unreadable.emplace_back("migrations.path");
      }
      read_database_keys(config_module, folder, config.file);
      return;
    }
  }
}

void read_package(const fs::path& folder, PrismaConfig& config) {
  const std::string source = text_at(folder / "package.json");
  if (source.empty()) return;
  const auto parsed = json::Document::parse(source);
  if (!parsed) return;
  const json::Value root = parsed->root();
  if (config.folder.empty()) config.folder = folder;
  if (const auto schema = root["prisma"]["schema"].string(); !schema.empty() && !config.schema) {
    config.folder = folder;
    config.schema = (folder / schema).lexically_normal();
    config.schema_source = "package.json";
  }
}

void add_problem_of_missing(const fs::path& path, std::string_view setting, ProjectSettings& settings) {
  std::error_code ignored;
  if (fs::exists(path, ignored)) return;
  settings.problems.push_back({1,
                               1,
                               {},
                               fmt::format("`{}` names {}, which does not exist.", setting, path.string()),
                               "Correct the path; it is relative to the folder of this file."});
}

// `near`: no package below the folder uses Prisma, which would have a schema of its own.
void read_settings(const fs::path& folder, bool near, PrismaConfig& config) {
  const fs::path file = folder / kSettingsFile;
  std::error_code ignored;
  if (!config.settings.file.empty() || !fs::is_regular_file(file, ignored)) return;
  config.settings = parse_settings(file, text_at(file));
  if (config.folder.empty()) config.folder = folder;
  if (const auto schema = config.settings.value("prisma.schema"); near && !schema.empty()) {
    config.schema = (folder / schema).lexically_normal();
    config.schema_source = kSettingsFile;
    add_problem_of_missing(*config.schema, "prisma.schema", config.settings);
  }
  if (const auto migrations = config.settings.value("migrations.path"); near && !migrations.empty()) {
    config.migrations = (folder / migrations).lexically_normal();
  }
  const std::string_view version = config.settings.value("prisma.version");
  if (version.empty() || version == "auto") return;
  config.version = read_version_range(version).version;
  config.version_source = "prisma.version in refract.toml";
}

}  // namespace

bool ConfigFile::is_unreadable(std::string_view key) const {
  return std::ranges::find(unreadable, key) != unreadable.end();
}

std::string unreadable_message(const ConfigFile& config, std::string_view key) {
  if (key == "schema" || key == "migrations.path") {
    return fmt::format(
        "The value of {} in {} cannot be read without running the file; write it as a plain path, or set {} in "
        "refract.toml.",
        key, config.file.filename().string(), key == "schema" ? "prisma.schema" : key);
  }
  return fmt::format("The value of {} in {} cannot be read without running the file; write {}{}.", key,
                     config.file.filename().string(),
                     key.ends_with("external") ? "a list of plain names" : "a plain string or env(\"NAME\")",
                     key.ends_with("rl") ? ", or pass --url" : "");
}

PrismaConfig read_config(const fs::path& folder) {
  PrismaConfig config;
  std::vector<fs::path> folders;
  bool near = true;  // no package below uses Prisma
  std::error_code ignored;
  for (fs::path at = fs::absolute(folder, ignored).lexically_normal();; at = at.parent_path()) {
    folders.push_back(at);
    // Beyond the nearest package that uses Prisma only settings and the version are of interest.
    if (near && !config.schema && config.folder.empty()) read_prisma_config(at, config);
    read_settings(at, near, config);
    if (near) read_package(at, config);
    near = near && !uses_prisma(at);
    if (is_last_upwards(at)) break;
  }
  if (config.version) return config;
  if (auto found = find_package_version(folders)) {
    config.version = found->range.version;
    config.unsupported_version = found->range.unsupported;
    config.version_source = std::move(found->source);
  }
  return config;
}

}  // namespace refract::workspace
