#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "validation/diagnostic.h"

namespace refract::features {

// The codes of diagnostics that an editor may fix without being asked, as when a file is saved: what the text is to
// mean is plain, and neither a guess at a name nor a choice for the database is in it. (The opposite field of a
// relation is what Prisma's formatter adds as well.)
std::span<const std::string_view> safely_fixed_codes();

// The edits of one file that make the preferred fix of every such diagnostic in it that resolves the diagnostic and
// brings up none like it. Fixes that reach into another file are left out; and where very many do not help, some that
// would.
std::vector<text::Edit> fix_all(std::shared_ptr<const validation::Analysis> analysis, schema::FileId file);

}  // namespace refract::features
