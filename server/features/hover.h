#pragma once

#include <optional>
#include <string>

#include "schema/snapshot.h"

namespace refract::features {

struct Hover {
  text::Range range;  // the word described, in bytes
  std::string markdown;
};

// Describes what the cursor refers to: a declaration, field, type, attribute, argument, native type or function.
// nullopt: nothing there to describe.
std::optional<Hover> hover(const schema::Snapshot& snapshot, schema::FilePosition at);

}  // namespace refract::features
