#pragma once

#include <memory>
#include <string_view>

#include "syntax/ast.h"
#include "syntax/block_splitter.h"
#include "syntax/tree.h"

namespace refract::syntax {

// A block and the tree it was read from (empty for a filler, an unknown block, and hopeless text).
struct ParsedBlock {
  std::shared_ptr<const Block> block;
  Tree tree;
};

// Lowers one segment of `file_text` as this version of Prisma reads it. `old` and `edits` make it incremental, as for
// parse_tree; an empty tree is fine.
ParsedBlock parse_block(std::string_view file_text, const Segment& segment, int prisma, const Tree& old = {},
                        const std::vector<TreeEdit>& edits = {});

}  // namespace refract::syntax
