#pragma once

#include <vector>

#include "schema/snapshot.h"
#include "validation/core/diagnostic.h"

namespace refract::features {

// What Prisma's formatter adds to a schema before it formats it: the missing opposite of a relation field, the
// scalar fields that a relation needs, and the `fields:` and `references:` of @relation. Added text is not formatted.
// Empty where nothing is missing, and where a declaration has an error by itself (in its syntax, a name, a type or
// an attribute's arguments): then Prisma adds nothing at all. Fields are named as Prisma names them, even where the
// name is taken already. `add_relations` is what Refract adds instead.
std::vector<validation::FileEdit> complete_relations(const schema::Snapshot& snapshot);

}  // namespace refract::features
