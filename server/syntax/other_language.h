#pragma once

#include <string_view>

#include "text/document.h"

namespace refract::syntax {

// The language that a text declares in its first line, if it is not one that is supported here: "prisma-8" of
// `// use prisma-8`, "prisma-next". Empty: the Prisma schema language of 5 to 7. A File of such a text has no blocks.
std::string_view other_language(std::string_view text);
std::string_view other_language(const text::Document& document);

}  // namespace refract::syntax
