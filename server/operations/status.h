#pragma once

#include <optional>
#include <string>
#include <vector>

#include "live/status.h"
#include "migrate/history/history.h"
#include "schema/snapshot.h"

namespace refract::operations {

// A database beside its project.
struct ProjectStatus {
  live::StatusReport record;
  // How the database differs from what its applied migrations lead to, one sentence each.
  std::vector<std::string> drift;
  std::string structure_unknown;       // why that was not compared; empty: it was, or there was nothing to compare
  std::vector<std::string> unwritten;  // changes of the schema that no migration has
};

// Compares the folder with the database's record, the database's structure with what its applied migrations lead to,
// and the folder with the schema. Errors: those of live::status and pending.
Result<ProjectStatus> status(const migrate::History& history, const schema::Snapshot& schema,
                             const live::ConnectionString& target);

}  // namespace refract::operations
