#pragma once

#include <string_view>

#include "syntax/file.h"

namespace refract::features {

// The range of a block in its file's text, with the comment after its closing brace on that line, and without the one
// after the brace of the block above.
text::Range lines_of_block(std::string_view text, const syntax::PlacedBlock& placed);

}  // namespace refract::features
