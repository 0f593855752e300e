#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "validation/diagnostic.h"

namespace refract::features {

// The codes of findings that an editor may mend without being asked, as when a file is saved: what the text is to mean
// is plain, and neither a guess at a name nor a choice for the database is in it. (The opposite field of a relation is
// what Prisma's formatter adds as well.)
std::span<const std::string_view> safely_fixed_codes();

// The edits of one file that make the preferred, helpful fix of every such finding in it, one after the other until
// none is left. Fixes that reach into another file are left out. Each fix costs a check of what it changes; after a
// hundred the rest is left for the next time.
std::vector<text::Edit> fix_all(std::shared_ptr<const validation::Analysis> analysis, schema::FileId file);

}  // namespace refract::features
