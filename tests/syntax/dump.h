#pragma once

#include <string>

#include "syntax/file.h"

namespace refract::syntax::testing {

// All that a file holds, as readable lines with file offsets left out: one block after another, members indented.
// With `ranges`, each token has its range after it, so that two dumps agree only if the files do in everything.
std::string dump(const File& file, bool ranges = false);
std::string dump(const Block& block, bool ranges = false);

}  // namespace refract::syntax::testing
