#pragma once

#include <optional>
#include <string>

#include "migrate/history/history.h"
#include "schema/snapshot.h"
#include "support/result.h"
#include "workspace/project.h"

namespace refract::workspace {

// A value of the configuration or the schema with its variables looked up. It may hold a password.
struct ConfiguredValue {
  std::string value;
  std::string source;  // "DATABASE_URL in .env, url of the datasource"
};

// The database's URL in Prisma's order: the configuration's datasource.directUrl, then its datasource.url; else the
// schema's directUrl, then its url. A variable is looked up in the environment, then in the project's .env files
// (environment_files). nullopt: none is configured.
// Errors: usage, for one that is configured but cannot be read, or whose variable nothing sets.
Result<std::optional<ConfiguredValue>> configured_database(const Project& project, const schema::Snapshot& schema);
// The same for shadowDatabaseUrl.
Result<std::optional<ConfiguredValue>> configured_shadow_database(const Project& project,
                                                                  const schema::Snapshot& schema);
// The same for the SQL of the configuration's migrations.initShadowDb.
Result<std::optional<ConfiguredValue>> configured_preparation(const Project& project);

// The database schema that migrations and a Prisma schema without `schemas` know as "public": the one that ?schema= of
// the URL names, the one given or else configured_database(). "public" where no URL is known or the datasource lists
// its schemas.
std::string own_schema(const Project& project, const schema::Snapshot& schema,
                       const std::optional<std::string>& given = std::nullopt);

// What the project's database holds before the first migration: its own schema, and what migrations.initShadowDb makes
// where that can be read. `given`: the URL of the database meant.
migrate::HistoryBase history_base(const Project& project, const schema::Snapshot& schema,
                                  const std::optional<std::string>& given = std::nullopt);

}  // namespace refract::workspace
