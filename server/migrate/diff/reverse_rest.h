#pragma once

#include <string>
#include <vector>

#include "migrate/diff/planner.h"

namespace refract::migrate {

// What a reversal has to do besides the diff, which knows only what schemas and constraints say.
struct ReverseRest {
  std::vector<Group> groups;      // after those of the diff
  std::vector<std::string> lost;  // a sentence for each thing that no statement brings back
};

// `before` is the state to come back to, renames not undone yet; `after` the one that the migration leads to.
ReverseRest reverse_rest(const Plan& forward, const catalog::Catalog& before, const catalog::Catalog& after);

}  // namespace refract::migrate
