#pragma once

#include "schema/snapshot.h"

namespace refract::validation {

// True where no block has an error by itself: in its syntax, a name, a type or an attribute's arguments. That is the
// first stage without the rules for the values of datasources and generators: what Prisma asks before its formatter
// adds anything.
bool declarations_are_sound(const schema::Snapshot& snapshot);

}  // namespace refract::validation
