#pragma once

#include <optional>
#include <vector>

#include "schema/snapshot.h"
#include "text/document.h"

namespace refract::features {

struct FormattingOptions {
  unsigned tab_size = 2;
  // Leaves blocks and lines with a syntax error as they are, and formats the rest so that formatting again changes
  // nothing. Otherwise the result is Prisma's, byte for byte, which splits a broken line and may change once more when
  // it is formatted again.
  bool for_editor = false;
};

// The edits that format one file as Prisma's formatter does, missing relation fields completed; smallest ranges
// that differ, none when it is formatted already. With `only`, just those within the lines of this range; a change that
// also affects lines around them is left out.
std::vector<text::Edit> formatting(const schema::Snapshot& snapshot, schema::FileId file,
                                   const FormattingOptions& options, std::optional<text::Range> only = {});

// What `for_editor` leaves as it is: blocks that hold a syntax error, with the comments above them, and invalid
// lines outside of blocks. Sorted; whole lines, except where blocks share one.
std::vector<text::Range> broken_lines(const syntax::File& file);

}  // namespace refract::features
