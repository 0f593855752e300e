#pragma once

#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

// A relation with one foreign key, or none yet. Not schema::Relation: when both optional sides carry `fields:`,
// Prisma's formatter sees two relations, and completes each.
struct IncompleteRelation {
  const schema::Placed* referencing = nullptr;  // the model that holds the foreign key
  const schema::Placed* referenced = nullptr;
  const schema::Field* forward = nullptr;  // on `referencing`; nullptr: missing
  const schema::Field* back = nullptr;     // on `referenced`; nullptr: missing
  bool one_to_one = false;
};

// The relations that lack a field, `fields:` or `references:`, in the order of the fields that introduce them.
std::vector<IncompleteRelation> incomplete_relations(const schema::Snapshot& snapshot);

}  // namespace refract::features
