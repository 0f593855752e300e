#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "live/session.h"

namespace refract::live {

// What a script would destroy of what the database holds.
struct Risk {
  std::string table;      // quoted; empty: only running shows what is lost
  std::string condition;  // of the rows that count; empty: all of them
  std::string sentence;   // "Table User loses": the count comes after it
  std::string what;       // that is counted: "row"
};

// The rows and values that a script drops or changes. `schema`: that of the URL. Errors: those of introspect.
Result<std::vector<Risk>> risks_of(Session& session, std::string_view sql, const std::string& schema);

// One sentence for each risk of which there is something to lose now: "Table User loses 3 rows." Errors: those of
// Session.
Result<std::vector<std::string>> losses(Session& session, const std::vector<Risk>& risks);

}  // namespace refract::live
