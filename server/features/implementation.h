#pragma once

#include <vector>

#include "features/navigation.h"

namespace refract::features {

// Both ends of the relations that the cursor is about, the end that holds the foreign key first: of a relation field
// or its relation's name, and of a scalar field all relations that keep their key in it. Empty: none.
std::vector<Definition> implementations(const schema::Snapshot& snapshot, schema::FilePosition at);

}  // namespace refract::features
