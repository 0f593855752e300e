#pragma once

#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

enum class HighlightKind { declaration, use };
struct Highlight {
  text::Range range;  // in the cursor's file
  HighlightKind kind = HighlightKind::use;
  bool operator==(const Highlight&) const = default;
};

// The places in the cursor's file that name the same thing; a relation's name counts as used on both its sides.
// Empty: the cursor is on no name.
std::vector<Highlight> highlights(const schema::Snapshot& snapshot, schema::FilePosition at);

}  // namespace refract::features
