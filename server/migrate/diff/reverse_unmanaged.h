#pragma once

#include <string>
#include <vector>

#include "migrate/diff/planner.h"

namespace refract::migrate {

// What a reversal does besides the diff, which covers only what a schema describes: row-level security, unmanaged
// objects, partitions, schemas and extensions.
struct UnmanagedReversal {
  std::vector<Group> groups;      // after those of the diff
  std::vector<std::string> lost;  // a sentence for each object that no statement restores
};

// `before` is the state to restore, with renames not undone yet; `after` is the state after the migration.
UnmanagedReversal reverse_unmanaged(const Plan& forward, const catalog::Catalog& before, const catalog::Catalog& after);

}  // namespace refract::migrate
