#pragma once

#include "schema/snapshot.h"

namespace refract::validation {

// True if no block contains an error: in its syntax, a name, a type or an attribute's arguments. These are the
// local checks without the rules for the values of datasources and generators: what Prisma requires before its
// formatter adds anything.
bool declarations_are_valid(const schema::Snapshot& snapshot);

}  // namespace refract::validation
