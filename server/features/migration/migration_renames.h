#pragma once

#include <optional>
#include <string>
#include <vector>

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

// What renaming the symbol at the cursor means for the database where its name there follows. nullopt: nothing, for
// the symbol has a mapped name or no place in the database.
std::optional<migrate::RenameRequest> rename_intent(const schema::Snapshot& snapshot, schema::FilePosition at,
                                                    const std::string& new_name);

}  // namespace refract::features
