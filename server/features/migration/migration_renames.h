#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/rename.h"
#include "migrate/history/history.h"
#include "migrate/history/next.h"
#include "schema/snapshot.h"

namespace refract::features {

// A rename that could be chosen in place of what the next migration drops and adds.
struct RenameChoice {
  std::string title;  // "Rename column User.name to fullName instead of drop and add"
  migrate::RenameRequest rename;
};

// The choices about what is declared at the range: an added field or enum value, a new model or enum. Empty: nothing
// there may have been meant as a rename.
std::vector<RenameChoice> rename_choices(const schema::Snapshot& snapshot, const migrate::NextMigration& next,
                                         schema::FileRange at);

// What renaming the symbol at the cursor means for the database: where its names follow, or where the symbol is a name
// of the database itself. Empty: nothing, for the symbol has a mapped name or no place in the database. `history` (may
// be null) knows which way round the columns of relation tables are by now. Errors: conflict, where the database has
// the new name for something else until the next migration, which would not see that this was meant.
Result<std::vector<migrate::RenameRequest>> rename_intents(const schema::Snapshot& snapshot, schema::FilePosition at,
                                                           const std::string& new_name, DatabaseName database_name,
                                                           const migrate::History* history = nullptr);

}  // namespace refract::features
