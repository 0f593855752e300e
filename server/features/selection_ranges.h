#pragma once

#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

// The ranges that "expand selection" selects step by step, innermost first, each within the next and larger than it:
// word, value, argument, attribute, member, block, block with its comments, file. Never empty.
std::vector<text::Range> selection_ranges(const schema::Snapshot& snapshot, schema::FilePosition at);

}  // namespace refract::features
