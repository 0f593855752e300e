#pragma once

#include <optional>
#include <vector>

#include "schema/snapshot.h"
#include "text/document.h"

namespace refract::features {

struct FormattingOptions {
  unsigned tab_size = 2;
};

// The edits that lay out one file as Prisma's formatter does, missing relation fields completed; smallest ranges
// that differ, none when it is laid out already. With `only`, just those
// within the lines of this range; a change that also takes in lines around them is left out.
std::vector<text::Edit> formatting(const schema::Snapshot& snapshot, schema::FileId file,
                                   const FormattingOptions& options, std::optional<text::Range> only = {});

}  // namespace refract::features
