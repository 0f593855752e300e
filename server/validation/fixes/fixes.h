#pragma once

#include <vector>

#include "validation/rules/rules.h"

// Fixes that follow from a diagnostic's code and place alone, in one table: for the many rules where what to do is to
// take something away or to write it otherwise. Rules that know more offer their fixes themselves.
namespace refract::validation {

// Adds a fix to each diagnostic that has none and whose code has a fix; and to the facts of each the names of what
// is at its place.
void add_fixes(const Environment& environment, std::vector<BlockDiagnostic>& diagnostics);

}  // namespace refract::validation
