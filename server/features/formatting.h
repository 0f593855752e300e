#pragma once

#include <optional>
#include <vector>

#include "schema/snapshot.h"
#include "text/document.h"

namespace refract::features {

struct FormattingOptions {
  unsigned tab_size = 2;
  // Leaves blocks and lines with a syntax error as they are, and lays out the rest so that a second time changes
  // nothing. Otherwise the answer is Prisma's, byte for byte, which takes a broken line apart and does not always
  // settle at once.
  bool for_editor = false;
};

// The edits that lay out one file as Prisma's formatter does, missing relation fields completed; smallest ranges
// that differ, none when it is laid out already. With `only`, just those
// within the lines of this range; a change that also takes in lines around them is left out.
std::vector<text::Edit> formatting(const schema::Snapshot& snapshot, schema::FileId file,
                                   const FormattingOptions& options, std::optional<text::Range> only = {});

// What `for_editor` leaves as it is: blocks that hold a syntax error, with the comments above them, and lines outside
// of blocks that are none. Sorted; whole lines but where blocks share one.
std::vector<text::Range> broken_lines(const syntax::File& file);

}  // namespace refract::features
