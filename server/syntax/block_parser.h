#pragma once

#include <memory>
#include <string_view>

#include "syntax/ast.h"
#include "syntax/block_splitter.h"

namespace refract::syntax {

// Lowers one segment as this version of Prisma reads it. `text` is the segment's own; its offsets are the file's.
// `older`: what the segment was before an edit, read by the same version; nullptr: unknown.
std::shared_ptr<const Block> parse_block(std::string_view text, const Segment& segment, int prisma,
                                         const Block* older = nullptr);

}  // namespace refract::syntax
