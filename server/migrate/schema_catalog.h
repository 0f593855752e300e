#pragma once

#include "catalog/catalog.h"
#include "migrate/plan.h"
#include "schema/snapshot.h"

namespace refract::migrate {

// The catalog that Prisma of the snapshot's version would create for it on PostgreSQL: tables, names cut at 63
// bytes, defaults, implicit many-to-many tables (with a primary key from Prisma 6 on), enums, schemas,
// extensions. Views are left out, as Prisma migrates none; what is @ignore'd is in, as it is in the database.
// Declarations with errors are skipped; the caller decides whether a schema with errors may be migrated.
catalog::Catalog catalog_of(const schema::Snapshot& snapshot);

// What a snapshot's options say is not the project's.
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
