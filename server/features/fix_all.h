#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "validation/core/diagnostic.h"

namespace refract::features {

// The codes of diagnostics that an editor may fix without being asked, for example when a file is saved: the intended
// text is unambiguous, and the fix neither guesses a name nor decides anything about the database. (The opposite field
// of a relation is included, because Prisma's formatter adds it as well.)
std::span<const std::string_view> safely_fixed_codes();

// The edits of one file that make the preferred fix of every such diagnostic in it that resolves the diagnostic and
// causes no similar one. Fixes that edit another file are left out. If very many fixes do not help, some that would are
// left out, too.
std::vector<text::Edit> fix_all(std::shared_ptr<const validation::Analysis> analysis, schema::FileId file);

}  // namespace refract::features
