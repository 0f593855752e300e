#pragma once

#include <string>
#include <vector>

#include "migrate/history/next.h"
#include "schema/snapshot.h"

namespace refract::features {

// A cast that could be chosen in place of a column that the next migration drops and recreates.
struct CastChoice {
  std::string title;   // "Cast the values of User.rank to integer instead of drop and recreate"
  std::string column;  // as it is asked for: "User.rank"
};

// The choices about the fields at the range. Empty: no column there could keep its values.
std::vector<CastChoice> cast_choices(const schema::Snapshot& snapshot, const migrate::NextMigration& next,
                                     schema::FileRange at);

}  // namespace refract::features
