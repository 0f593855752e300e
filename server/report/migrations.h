#pragma once

#include <string>
#include <string_view>

#include "live/deploy.h"
#include "live/verify.h"
#include "migrate/next.h"
#include "protocol/json.h"

namespace refract::report {

std::string_view level_name(migrate::HazardLevel level);

// What a migration does and what it risks, for a terminal: a line a step, then the hazards.
std::string summary_text(const migrate::NextMigration& next);
// {"steps": [sentence…], "hazards": [{"code","level","message","saferWay"}], "sql", "downSql", "reversal"}.
protocol::Json migration_json(const migrate::NextMigration& next);
// The hazards alone, a line each; empty when there are none.
std::string hazards_text(const std::vector<migrate::Hazard>& hazards);
protocol::Json hazards_json(const std::vector<migrate::Hazard>& hazards);

std::string verify_text(const live::VerifyReport& report);
// The same for a person who reads Markdown: the editor's message or an assistant.
std::string verify_markdown(const live::VerifyReport& report);

std::string status_text(const live::StatusReport& report);
// What to do next, in one sentence; empty when all is well.
std::string status_advice(const live::StatusReport& report);
std::string deploy_text(const live::DeployReport& report);

}  // namespace refract::report
