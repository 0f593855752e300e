#pragma once

#include <optional>
#include <string>

#include "features/navigation.h"
#include "migrate/history/history.h"

namespace refract::features {

struct Hover {
  text::Range range;  // the word described, in bytes
  std::string markdown;
};

// Describes what the cursor refers to: a declaration, field, type, attribute, argument, native type or function; and
// what it becomes in the database, with the migrations of `history` (may be null) that made it so.
// nullopt: nothing there to describe.
std::optional<Hover> hover(const schema::Snapshot& snapshot, schema::FilePosition at,
                           const migrate::History* history = nullptr);

// The text alone, for a symbol that is known already.
std::string describe(const schema::Snapshot& snapshot, const Symbol& symbol, const migrate::History* history = nullptr);

}  // namespace refract::features
