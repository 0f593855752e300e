#pragma once

#include <span>
#include <vector>

#include "catalog/parse/sending.h"
#include "migrate/hazards/hazards.h"

namespace refract::migrate {

// What a script would run into because of how it is sent (script_problems), as hazards.
struct SendingHazard {
  Hazard hazard;
  catalog::SqlRange range;
};
std::vector<SendingHazard> sending_hazards(std::span<const catalog::SentStatement> statements);

}  // namespace refract::migrate
