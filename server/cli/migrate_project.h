#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/interrupt.h"
#include "live/deploy.h"
#include "operations/project.h"

namespace CLI {
class App;
}

// What the `migrate` commands share: the options that choose a project and a database, and what is printed while both
// are opened.
namespace refract::cli {

// operations::open_schema. Errors: those, and usage (--prisma).
Result<workspace::LoadedSchema> open_schema(const std::optional<std::string>& path, const std::string& prisma);

// operations::open_project; which one it is, opaque statements and replay errors are printed on stderr.
Result<operations::MigrateProject> open_project(const std::optional<std::string>& path, const std::string& prisma,
                                                operations::Unparsed unparsed = operations::Unparsed::refused);

// The options that select the project and the database.
struct DatabaseChoice {
  std::optional<std::string> schema;
  std::string prisma = "auto";
  std::optional<std::string> url;
};
void add_database_options(CLI::App& command, DatabaseChoice& choice);

// --timing.
void add_timing_option(CLI::App& command, bool& timing);

inline constexpr double kLockWaitSeconds = 10;
// --lock-wait SECONDS.
void add_lock_wait_option(CLI::App& command, double& seconds);
std::chrono::milliseconds lock_wait_of(double seconds);

// operations::open_database; which ones they are goes to stderr.
Result<operations::OpenDatabase> open_database(const DatabaseChoice& choice, operations::Access access);

// While a deployment runs: its progress is shown, and it ends early when interrupted.
class DeployProgress {
 public:
  // `options` with both.
  live::DeployOptions watch(live::DeployOptions options);

 private:
  Interrupt interrupt_;
  Progress progress_;
};

}  // namespace refract::cli
