#pragma once

#include <string>

#include "operations/lint.h"
#include "protocol/json.h"

namespace refract::report {

// One line per diagnostic: place, level, message and code, then the safer way.
std::string lint_text(const operations::LintReport& report);
// "2 hazards in 3 migrations", "no hazards in 1 migration".
std::string lint_total(const operations::LintReport& report);
// {"migrations": [{"name","file","hazards": [{"code","level","message","saferWay","line","start","end"}], "suppressed":
// [{"code","message","reason"}], "problems": [{"message","help","line"}]}], "problems": [{"file","line","message",
// "help"}]}: lines from 0, `start` and `end` in bytes of migration.sql; problems are of suppressions.
protocol::Json lint_json(const operations::LintReport& report);
// Workflow commands that GitHub shows at the lines of a pull request.
std::string lint_github(const operations::LintReport& report);
// A SARIF 2.1.0 log.
protocol::Json lint_sarif(const operations::LintReport& report, std::string_view version);

}  // namespace refract::report
