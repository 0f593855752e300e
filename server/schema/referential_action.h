#pragma once

#include <span>

#include "schema/snapshot.h"

namespace refract::schema {

// What Prisma does on delete where a relation has no argument: SetNull where the relation field is optional and none of
// its scalars required, else Restrict, or NoAction where that is not among the actions allowed.
ReferentialAction default_on_delete(const Declaration& owner, const Field& field,
                                    std::span<const ReferentialAction> allowed);

// The actions in force at a relation's owner, and whether they are written there.
struct Actions {
  ReferentialAction on_delete = ReferentialAction::restrict_;
  ReferentialAction on_update = ReferentialAction::cascade;
  bool on_delete_given = false;
  bool on_update_given = false;
};
Actions actions_of(const Snapshot& snapshot, const Declaration& owner, const Field& field);

}  // namespace refract::schema
