#pragma once

#include <cstdint>
#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

enum class FoldKind { block, comment, region };

// Lines from the first, which stays in view, to the last one hidden; both count from 0 and are never the same.
struct Fold {
  FoldKind kind = FoldKind::block;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  bool operator==(const Fold&) const = default;
};

// What can be folded in a file, by first line: blocks (the closing brace stays in view), runs of comment lines, and
// what is between `// #region` and `// #endregion`, nested as well.
std::vector<Fold> folds(const schema::Snapshot& snapshot, schema::FileId file);

}  // namespace refract::features
