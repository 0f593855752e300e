#pragma once

#include "syntax/ast.h"

namespace refract::features {

// The whole lines of a block's member, its line break and the comment lines directly above included.
text::Range member_lines(const syntax::Block& block, text::Range member);

}  // namespace refract::features
