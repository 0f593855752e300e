#pragma once

#include <optional>
#include <vector>

#include "schema/snapshot.h"
#include "syntax/format.h"
#include "text/document.h"

namespace refract::features {

struct FormattingOptions {
  unsigned tab_size = 2;
  // Byte for byte what Prisma's formatter answers, which may lose text, add fields that exist already, and change once
  // more when it is formatted again.
  bool like_prisma = false;
  // Completes relations: their missing fields and arguments.
  bool add_relations = true;
};

// The edits that format one file; the smallest ranges that differ, none when it is formatted already. With `only`,
// those within the lines of this range, and where text moves out of them or into them, those around them up to where it
// goes or comes from; no relation is completed. `layouts`: what the last call for this file left; nullptr: nothing is
// kept.
std::vector<text::Edit> formatting(const schema::Snapshot& snapshot, schema::FileId file, FormattingOptions options,
                                   std::optional<text::Range> only = {}, syntax::LayoutCache* layouts = nullptr);

// Blocks that hold a syntax error, with the comments above them, and invalid lines outside of blocks: what formatting
// while typing leaves alone. Sorted; whole lines, except where blocks share one.
std::vector<text::Range> broken_lines(const syntax::File& file);

}  // namespace refract::features
