#pragma once

#include <optional>
#include <string>

#include "migrate/history.h"
#include "workspace/project.h"

namespace refract::cli {

// What every `migrate` command begins with.
struct MigrateProject {
  workspace::LoadedSchema schema;
  migrate::History history;
};

// Loads a schema without errors. Errors: usage, not_found, unreadable, invalid_schema.
Result<workspace::LoadedSchema> open_schema(const std::optional<std::string>& path, const std::string& prisma);

// Loads the schema and replays its migrations folder; opaque statements and replay errors are told on stderr.
// Errors: usage, not_found, unreadable, invalid_schema, invalid_input.
Result<MigrateProject> open_project(const std::optional<std::string>& path, const std::string& prisma);

}  // namespace refract::cli
