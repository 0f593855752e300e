#pragma once

#include <string>
#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

// A model or enum that `tables.external` or `enums.external` of the Prisma configuration names: migrations leave it
// alone.
struct ExternalDeclaration {
  schema::FileRange at;  // the block
  std::string message;
};

// Sorted by file and place. Empty where the configuration names none.
std::vector<ExternalDeclaration> external_declarations(const schema::Snapshot& snapshot);

}  // namespace refract::features
