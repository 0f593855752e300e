#pragma once

#include <vector>

#include "validation/rules.h"

// Fixes that follow from a finding's code and place alone, in one table: for the many rules where what to do is to take
// something away or to write it otherwise. Rules that know more offer their fixes themselves.
namespace refract::validation {

// Adds a fix to each finding that has none and whose code has a remedy; and to the facts of each the names of what
// stands at its place.
void add_remedies(const Environment& environment, std::vector<Finding>& findings);

}  // namespace refract::validation
