#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "catalog/step.h"
#include "migrate/hazards.h"
#include "migrate/history.h"
#include "schema/snapshot.h"

namespace refract::operations {

struct LintFinding {
  migrate::Hazard hazard;
  catalog::SqlRange range;  // of its statement in the migration's SQL
};

struct LintedMigration {
  std::string name;
  std::filesystem::path path;  // empty: the migration that is not written yet
  std::vector<LintFinding> findings;
};

struct LintReport {
  std::vector<LintedMigration> migrations;

  // Findings of level danger.
  std::size_t dangers() const;
};

struct LintScope {
  std::vector<std::string> names;  // these migrations of the folder
  bool all = false;                // every one of them
};

// What migrations risk: those of the scope; of an empty one the migration that waits to be written, or the folder's
// last where none waits. Errors: not_found, when the folder has no migration of a name; those of pending.
Result<LintReport> lint(const migrate::History& history, const schema::Snapshot& schema, const LintScope& scope);

}  // namespace refract::operations
