#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "text/position.h"

namespace refract::features {

// A line over a part of a migration.sql.
struct MigrationFileLens {
  text::Range at;         // a statement; the text's beginning for the first
  std::string title;      // what it does in words, then its hazards
  bool verifies = false;  // the first: offers to verify the migration
};

// What a migration does and what it risks on a database like `before`: first how much there is of both, then a lens
// over each statement. If the SQL does not parse: one lens with the reason at the error, and the lens to verify.
std::vector<MigrationFileLens> migration_file_lenses(std::string_view sql, const catalog::Catalog& before);

}  // namespace refract::features
