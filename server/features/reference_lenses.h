#pragma once

#include <cstddef>
#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

struct ReferenceLens {
  text::Range at;  // the declaration's name, in the file asked about
  std::size_t count = 0;
};

// How many fields of the whole schema have each of the file's declarations for their type; those that none has are
// left out.
std::vector<ReferenceLens> reference_lenses(const schema::Snapshot& snapshot, schema::FileId file);

}  // namespace refract::features
