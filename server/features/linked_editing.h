#pragma once

#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

// What is allowed in a relation's name, as a regular expression of LSP's.
inline constexpr const char* kRelationNamePattern = R"([^"\\\r\n]*)";

// The texts that change together while the cursor's is typed: a relation's name on both of its sides, without the
// quotes, in order. Empty: the cursor is in no relation name, or the other side is in another file or has another name
// already.
std::vector<text::Range> linked_ranges(const schema::Snapshot& snapshot, schema::FilePosition at);

}  // namespace refract::features
