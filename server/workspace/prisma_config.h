#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/connector.h"
#include "workspace/config_module.h"
#include "workspace/project_settings.h"

namespace refract::workspace {

// The database settings of a prisma.config.*, and which values are known only by running the file.
struct ConfigFile {
  std::filesystem::path file;  // empty: there is none
  std::string text;            // of the file
  ConfigValue url;             // datasource.url
  ConfigValue direct_url;      // datasource.directUrl
  ConfigValue shadow_url;      // datasource.shadowDatabaseUrl
  ConfigValue init_shadow_db;  // migrations.initShadowDb: SQL to run before the first migration
  std::vector<std::string> external_tables;
  std::vector<std::string> external_enums;
  std::vector<std::filesystem::path> environment_files;  // .env files that it loads, those that exist
  // Whether it loads some that are known only by running it.
  bool other_environment_files = false;
  bool expands_environment = false;  // by dotenv-expand
  // Keys that it sets in a way that cannot be read without running it: "schema", "datasource.url".
  std::vector<std::string> unreadable;

  bool is_unreadable(std::string_view key) const;
};

// One sentence: the key, the file, and what to do.
std::string unreadable_message(const ConfigFile& config, std::string_view key);

// The configuration around a folder (refract.toml, prisma.config.*, package.json), as far as it can be read
// without running it.
struct PrismaConfig {
  std::filesystem::path folder;                     // that holds package.json or prisma.config.*; empty: none found
  std::optional<std::filesystem::path> schema;      // file or folder
  std::string schema_source;                        // "package.json" or "prisma.config.ts"
  std::optional<std::filesystem::path> migrations;  // migrations.path of prisma.config.*
  std::optional<schema::PrismaVersion> version;
  // Where the version comes from, or what names a version that is not supported.
  std::string version_source;
  std::optional<int> unsupported_version;  // the major number, if `version` is empty for that reason
  ProjectSettings settings;                // of the nearest refract.toml, which beats the other two
  ConfigFile file;                         // prisma.config.*
};

// Looks in `folder` and upwards. The nearest package.json or prisma.config.* that configures the schema
// wins; the version may come from one further up (a monorepo's root).
PrismaConfig read_config(const std::filesystem::path& folder);

}  // namespace refract::workspace
