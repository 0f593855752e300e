#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "catalog/step.h"
#include "migrate/hazards/hazards.h"
#include "migrate/hazards/suppressions.h"
#include "migrate/history/history.h"
#include "schema/snapshot.h"

namespace refract::operations {

struct LintDiagnostic {
  migrate::Hazard hazard;
  catalog::SqlRange range;  // of its statement in the migration's SQL
};

struct LintedMigration {
  std::string name;
  std::filesystem::path path;  // empty: the migration that is not written yet
  std::vector<LintDiagnostic> diagnostics;
  std::vector<migrate::SuppressedHazard> suppressed;
  std::vector<migrate::SuppressionProblem> problems;  // of the comments in its SQL
};

// An entry of refract.toml that is wrong or suppresses nothing.
struct EntryProblem {
  std::size_t line = 1;  // from 1
  std::string message;
  std::string help;
};

struct LintReport {
  std::vector<LintedMigration> migrations;
  std::filesystem::path settings;  // the file of the entries
  std::vector<EntryProblem> problems;

  // Diagnostics of level danger.
  std::size_t dangers() const;
};

struct LintScope {
  std::vector<std::string> names;  // these migrations of the folder
  bool all = false;                // every one of them
};

// Hazards that a project accepts, and the file that says so.
struct Accepted {
  std::filesystem::path file = {};
  std::span<const migrate::AcceptedHazard> hazards = {};
};

// What migrations risk: those of the scope; of an empty one the migration that waits to be written, or the folder's
// last where none waits. Errors: not_found, when the folder has no migration of a name; those of pending.
Result<LintReport> lint(const migrate::History& history, const schema::Snapshot& schema, const LintScope& scope,
                        const Accepted& accepted = {});

}  // namespace refract::operations
