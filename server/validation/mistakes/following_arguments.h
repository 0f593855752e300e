#pragma once

#include <string_view>
#include <vector>

#include "validation/mistakes/member.h"

namespace refract::validation {

// Moves what is written like an argument after an attribute's parentheses, `@relation(…), onDelete: Cascade`, into
// them, where the attribute has such an argument. `pieces`: of a line, without comments.
void take_following_arguments(syntax::BlockKind kind, std::vector<Piece>& pieces, std::vector<Correction>& corrections);

}  // namespace refract::validation
