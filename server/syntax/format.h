#pragma once

#include <string>
#include <string_view>

namespace refract::syntax {

struct FormatOptions {
  unsigned tab_size = 2;  // spaces of one indent; Prisma's formatter ignores insertSpaces
};

// The text laid out as Prisma's formatter lays it out: alignment of columns, one blank line between blocks,
// comments kept. Adds nothing: what Prisma completes (missing opposite fields) is the features layer's part.
// Broken blocks are left as they are.
std::string format(std::string_view text, const FormatOptions& options = {});

}  // namespace refract::syntax
