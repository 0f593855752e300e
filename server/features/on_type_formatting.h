#pragma once

#include <vector>

#include "features/formatting.h"

namespace refract::features {

// The edits that format the block around a character just typed at `at` (the offset after it): after "}" the block
// that it closes, after a line break the block that one goes on typing in. The cursor's own line stays as it is and
// counts as not there yet, so that a new line in the middle of a block does not tear its columns apart. Adds no
// missing fields. `file` is as the version reads it. Empty for other characters, outside of blocks, and in a block with
// a syntax error.
std::vector<text::Edit> on_type_formatting(const syntax::File& file, schema::PrismaVersion version, text::Offset at,
                                           char typed, const FormattingOptions& options);

}  // namespace refract::features
