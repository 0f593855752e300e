#pragma once

#include <functional>
#include <optional>
#include <string>

#include "migrate/history/history.h"
#include "operations/target.h"
#include "workspace/project.h"

// Opening what a command works on: a project, and the database meant.
namespace refract::operations {

// Which project: the one at `path`, else what Prisma would find from the working folder; read as its version of Prisma
// reads it where one is given.
struct ProjectChoice {
  std::optional<std::string> path = std::nullopt;
  std::optional<schema::PrismaVersion> version = std::nullopt;
};

// Called as soon as each is known, so that a person sees what is worked on even if a later step fails.
struct Opening {
  std::function<void(const workspace::Project&)> found = {};
  std::function<void(const workspace::LoadedSchema&)> loaded = {};  // without errors
  std::function<void(const migrate::History&)> replayed = {};
};

// Loads a schema without errors. Errors: usage (another language among them), not_found, unreadable, invalid_schema.
Result<workspace::LoadedSchema> open_schema(const ProjectChoice& choice, const Opening& opening = {});

// A schema without errors and its migrations folder.
struct MigrateProject {
  workspace::LoadedSchema schema;
  migrate::History history;

  const schema::Snapshot& snapshot() const { return *schema.snapshot; }
};

// Whether SQL in the folder that does not parse is an error: it may be applied already.
enum class Unparsed { refused, allowed };

// Loads the schema and replays its migrations folder. `url`: the database's, instead of the configured one.
// Errors: those of open_schema; usage, for a configuration that is known only by running it; unreadable, for SQL that
// does not parse and is refused.
Result<MigrateProject> open_project(const ProjectChoice& choice, Unparsed unparsed, const Opening& opening = {},
                                    const std::optional<std::string>& url = std::nullopt);

// A project and the database meant.
struct OpenDatabase {
  MigrateProject project;
  Target target;
};

// Errors: those of open_project and database_of.
Result<OpenDatabase> open_database(const ProjectChoice& choice, const std::optional<std::string>& url, Access access,
                                   const Opening& opening = {});

}  // namespace refract::operations
