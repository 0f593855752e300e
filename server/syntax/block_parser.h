#pragma once

#include <memory>
#include <string_view>

#include "syntax/ast.h"
#include "syntax/block_splitter.h"

namespace refract::syntax {

// Lowers one segment of `file_text` as this version of Prisma reads it.
std::shared_ptr<const Block> parse_block(std::string_view file_text, const Segment& segment, int prisma);

}  // namespace refract::syntax
