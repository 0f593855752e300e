#pragma once

#include <string_view>

namespace refract::migrate {

// A kind of hazard at length: what goes wrong and when, and SQL that shows it. Part of the one table of hazards.
struct HazardText {
  std::string_view code;
  std::string_view explanation;  // Markdown
  std::string_view risky;        // SQL that has the hazard
  std::string_view safer;        // SQL that does the same with less risk; may be empty
};

// nullptr: no such code.
const HazardText* find_hazard_text(std::string_view code);

}  // namespace refract::migrate
