#pragma once

#include <string_view>

#include "migrate/hazards/hazards.h"

namespace refract::migrate {

// A kind of hazard at length: what goes wrong and when, and SQL that shows it. Part of the one table of hazards.
struct HazardText {
  HazardKind kind;
  std::string_view explanation;  // Markdown
  std::string_view risky;        // SQL that has the hazard
  std::string_view safer;        // SQL that does the same with less risk; may be empty
  std::string_view next = {};    // SQL of the migration after `safer`; may be empty
};

const HazardText& hazard_text(HazardKind kind);

}  // namespace refract::migrate
