#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "live/verify_server.h"
#include "migrate/diff/plan.h"
#include "migrate/history/history.h"
#include "schema/snapshot.h"

namespace refract::live {

// The checks of a verification, in their order.
enum class CheckKind {
  preparation,  // the SQL that prepares the empty database for the migrations runs
  replay,       // every migration of the folder runs on an empty database
  offline,      // the database matches the offline replay
  candidate,    // the new migration runs on top
  schema,       // the result matches the schema
  constraints,  // every foreign key and index is valid
  triggers,     // a generated row can be written to each table that the candidate touches and that has triggers
  down,         // down.sql runs
  restored,     // down.sql restores the previous structure
};

struct Check {
  CheckKind kind = CheckKind::replay;
  bool ok = true;
  bool skipped = false;              // there was nothing to check, `details` has the reason
  std::string subject;               // the migration it is about; empty for the schema
  std::vector<std::string> details;  // one sentence each: what differs, or PostgreSQL's message
  double milliseconds = 0;
};

struct VerifyReport {
  std::vector<Check> checks;       // ends with the first failure that makes the rest meaningless
  double server_milliseconds = 0;  // starting the temporary server
  int server_version = 0;          // server_version_num

  bool ok() const;
};

// The migration to verify: one that is not in the folder yet, or its last one.
struct Candidate {
  std::string name;
  std::string sql;
  std::optional<std::string> down_sql;
};

// Called as each check begins, with what it is in a few words.
using VerifyProgress = std::function<void(const std::string& what)>;

// Verifies on a temporary PostgreSQL server that the folder, then the candidate on top, leads to the schema, and that
// down.sql leads back. `history` must not contain the candidate.
// Errors: those of VerifyDatabase, cancelled. What fails in SQL is in the report.
Result<VerifyReport> verify(const migrate::History& history, const std::optional<Candidate>& candidate,
                            const schema::Snapshot& schema, const migrate::DiffOptions& options,
                            const VerifyProgress& progress = {}, std::stop_token stop = {},
                            const VerifyPlace& place = {});

}  // namespace refract::live
