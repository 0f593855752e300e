#pragma once

#include <string>
#include <string_view>

#include "live/verify.h"
#include "migrate/history/next.h"
#include "protocol/json.h"

namespace refract::report {

std::string_view level_name(migrate::HazardLevel level);

// What a migration does and its hazards, for a terminal: one line per step, then the hazards.
std::string summary_text(const migrate::NextMigration& next);
// How long a diff took, in milliseconds: each side until it was a catalog, then the difference.
struct DiffTimes {
  double from = 0;
  double to = 0;
  double diff = 0;
};
// One line; creating the schema "public", which is in every new database, is no change: "3 changes in 4.2 ms (from 1.0,
// to 0.2, diff 3.0)", and "3 changes" without times (nullptr).
std::string changes_text(const migrate::NextMigration& next, const DiffTimes* times);
// Possible renames and the option to pass for each, two lines each; empty if there are none.
std::string renames_text(const std::vector<migrate::RenameCandidate>& candidates);
// The columns that could keep their values and the option to pass for each, two lines each; empty if there are none.
std::string casts_text(const std::vector<migrate::CastCandidate>& candidates);
// What is kept although the schema does not name it, with the statement that drops it, two lines each.
std::string kept_text(const std::vector<migrate::KeptObject>& kept);
// What is beside the SQL of a migration: possible renames, what is kept, and indexes that lose a refinement.
std::string notices_text(const migrate::NextMigration& next);
// {"steps": [sentence…], "hazards": [{"code","level","message","saferWay"}], "renameCandidates": [{"from","to","score",
// "reasons"}], "castCandidates": [{"column","from","to","using"}], "kept": [{"object","reason","drop"}], "migrations":
// [{"sql","downSql"}] if more than one is needed, "sql", "downSql", "reversal", "losses"}.
protocol::Json migration_json(const migrate::NextMigration& next);
// The hazards alone, a line each; empty when there are none.
std::string hazards_text(const std::vector<migrate::Hazard>& hazards);
protocol::Json hazards_json(const std::vector<migrate::Hazard>& hazards);

// `timing`: with the time that each part took.
std::string verify_text(const live::VerifyReport& report, bool timing = false);
// The same for a person who reads Markdown: the editor's message or an assistant.
std::string verify_markdown(const live::VerifyReport& report);

}  // namespace refract::report
