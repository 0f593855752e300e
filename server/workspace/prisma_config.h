#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "schema/connector.h"
#include "workspace/project_settings.h"

namespace refract::workspace {

// What the configuration around a folder says (refract.toml, prisma.config.*, package.json), as far as it can be read
// without running it.
struct PrismaConfig {
  std::filesystem::path folder;                     // that holds package.json or prisma.config.*; empty: none found
  std::optional<std::filesystem::path> schema;      // file or folder
  std::string schema_source;                        // "package.json" or "prisma.config.ts"
  std::optional<std::filesystem::path> migrations;  // migrations.path of prisma.config.*
  std::optional<schema::PrismaVersion> version;
  std::string version_source;
  ProjectSettings settings;  // of the nearest refract.toml, which beats the other two
};

// Looks in `folder` and upwards. The nearest package.json or prisma.config.* that says something about the schema
// wins; the version may come from one further up (a monorepo's root).
PrismaConfig read_config(const std::filesystem::path& folder);

// The major version that a package.json range means: "^6.2.1", "~5.22", ">=7", "6.x", "npm:prisma@7". nullopt for
// what names none of ours ("latest", "workspace:*", "4.0.0").
std::optional<schema::PrismaVersion> major_of_range(std::string_view range);

}  // namespace refract::workspace
