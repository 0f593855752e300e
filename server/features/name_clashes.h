#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/navigation.h"
#include "migrate/history/history.h"
#include "validation/core/diagnostic.h"

// Whether a rename takes a name that something else has in the database.
namespace refract::features {

// Why the database cannot have what the renaming edits make, as sentences; empty: it can, as far as that is known.
// Tables of any database; of PostgreSQL also types, columns, keys, indexes and what the migrations made beside the
// schema (`history`, which may be null).
std::string why_name_clashes(const schema::Snapshot& snapshot, const Symbol& symbol, std::string_view new_name,
                             std::span<const validation::FileEdit> edits, const migrate::History* history);

}  // namespace refract::features
