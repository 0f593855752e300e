#pragma once

#include "migrate/diff/plan.h"
#include "schema/snapshot.h"

namespace refract::migrate {

// The objects that a snapshot's options exclude from the project.
ManagedScope managed_scope(const schema::Options& options);

// The options of a diff towards this schema.
DiffOptions diff_options(const schema::Snapshot& snapshot);
// The same from the migrations of a project. `before` is what is there before the first of them (History::before): it
// is not the project's.
DiffOptions diff_options(const schema::Snapshot& snapshot, const catalog::Catalog& before);
// Those of a diff between the project's database and its migrations: of the database only the project's schemas count,
// which are the datasource's `schemas`, else "public".
DiffOptions database_diff_options(const schema::Snapshot& snapshot, const catalog::Catalog& before);

}  // namespace refract::migrate
