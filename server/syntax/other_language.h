#pragma once

#include <string_view>

#include "text/document.h"

namespace refract::syntax {

// What a text declares itself to be written in where its first line says so and it is none of ours: "prisma-8" of
// `// use prisma-8`, "prisma-next". Empty: the Prisma schema language of 5 to 7. A File of such a text has no blocks.
std::string_view other_language(std::string_view text);
std::string_view other_language(const text::Document& document);

}  // namespace refract::syntax
