#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "live/deploy.h"
#include "migrate/history/history.h"
#include "operations/target.h"
#include "workspace/project.h"

namespace CLI {
class App;
}

namespace refract::cli {

// What every `migrate` command begins with.
struct MigrateProject {
  workspace::LoadedSchema schema;
  migrate::History history;
};

// Loads a schema without errors. Errors: usage, not_found, unreadable, invalid_schema.
Result<workspace::LoadedSchema> open_schema(const std::optional<std::string>& path, const std::string& prisma);

// Loads the schema and replays its migrations folder; opaque statements and replay errors are printed on stderr.
// `unparsed`: SQL that does not parse is printed too, and is not an error. `url`: the database's, instead of the
// configured one.
// Errors: usage, not_found, unreadable, invalid_schema, invalid_input.
Result<MigrateProject> open_project(const std::optional<std::string>& path, const std::string& prisma,
                                    bool unparsed = false, const std::optional<std::string>& url = std::nullopt);

// The options by which a command is given a project and a database.
struct DatabaseChoice {
  std::optional<std::string> schema;
  std::string prisma = "auto";
  std::optional<std::string> url;
};
void add_database_options(CLI::App& command, DatabaseChoice& choice);

inline constexpr double kLockWaitSeconds = 10;
// --lock-wait SECONDS.
void add_lock_wait_option(CLI::App& command, double& seconds);
std::chrono::milliseconds lock_wait_of(double seconds);

// A project and the database meant.
struct OpenDatabase {
  MigrateProject project;
  live::ConnectionString target;
};
// Which ones they are goes to stderr. SQL in the folder that does not parse is no error: it may be applied already.
// Errors: those of open_project and operations::database_of.
Result<OpenDatabase> open_database(const DatabaseChoice& choice, operations::Access access);

// Applies what is pending and prints what was done; gives the exit code. Ends early when interrupted.
int deploy_to(const OpenDatabase& opened, live::DeployOptions options);

}  // namespace refract::cli
