#include "migrate/history/sending_hazards.h"

#include "migrate/hazards/hazard_table.h"
#include "migrate/history/script_units.h"
#include "support/ascii.h"

namespace refract::migrate {

std::vector<SendingHazard> sending_hazards(std::span<const catalog::SentStatement> statements) {
  const HazardSpec& spec = spec_of(HazardKind::will_fail);
  std::vector<SendingHazard> hazards;
  for (const ScriptProblem& problem : script_problems(statements)) {
    // "the problem; what to do": the two parts of a hazard.
    const std::size_t part = problem.message.find("; ");
    Hazard hazard{spec.code, spec.level, "PostgreSQL rejects it: " + problem.message.substr(0, part) + ".", {}, 0};
    if (part != std::string::npos) {
      hazard.safer_way = problem.message.substr(part + 2) + ".";
      hazard.safer_way.front() = ascii::to_upper(hazard.safer_way.front());
    }
    hazards.push_back({std::move(hazard), problem.range});
  }
  return hazards;
}

}  // namespace refract::migrate
