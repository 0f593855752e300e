#pragma once

#include <memory>
#include <vector>

#include "validation/core/diagnostic.h"

namespace refract::features {

// The edits of one file that make the preferred fix of every auto-fixable diagnostic in it, if the fix resolves the
// diagnostic and causes no similar one. Fixes that edit another file are left out. If very many fixes do not help, some
// that would are left out, too. `complete_relations`: also adds what the formatter adds to relations.
std::vector<text::Edit> fix_all(std::shared_ptr<const validation::Analysis> analysis, schema::FileId file,
                                bool complete_relations = true);

}  // namespace refract::features
