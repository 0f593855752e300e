#pragma once

#include <vector>

#include "schema/snapshot.h"
#include "validation/core/diagnostic.h"

namespace refract::features {

// What the formatter and source.fixAll add to incomplete relations: the missing side, the scalar fields of the foreign
// key, `fields:` and `references:`. Where Prisma's formatter completes a relation without a new diagnostic the fields
// are the same, but for their @map, and for the key's name: that of the relation field, not of the model. Several
// relations between two models get names. Left out is what would add a diagnostic, or where it is not obvious which
// fields belong together. Added text is not laid out.
// Empty where a declaration has an error by itself (in its syntax, a name, a type or an attribute's arguments).
std::vector<validation::FileEdit> add_relations(const schema::Snapshot& snapshot);

}  // namespace refract::features
