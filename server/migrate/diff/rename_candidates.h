#pragma once

#include <string>
#include <vector>

#include "migrate/diff/plan.h"

namespace refract::migrate {

// What a diff drops and adds where a rename may have been meant.
struct RenameCandidate {
  Rename rename;
  int score = 0;                     // of 100
  std::vector<std::string> reasons;  // in a few words each, the strongest first
};

// The likely renames between two catalogs, best first; each thing is in one of them at most. What options.renames
// names is taken for renamed already. The answer of a diff stays Prisma's unless one of them is chosen.
std::vector<RenameCandidate> rename_candidates(const catalog::Catalog& before, const catalog::Catalog& wanted,
                                               const DiffOptions& options);

}  // namespace refract::migrate
