#pragma once

#include <optional>

#include "features/navigation.h"

namespace refract::features {

// Where the type of what the cursor refers to is declared: of a field its model, enum or composite type, of an
// enum's value its enum, of a declaration itself. nullopt: nothing there, or a scalar.
std::optional<Definition> type_definition(const schema::Snapshot& snapshot, schema::FilePosition at);

}  // namespace refract::features
