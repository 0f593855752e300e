#pragma once

#include "catalog/catalog.h"
#include "schema/snapshot.h"

namespace refract::migrate {

// The catalog that Prisma of the snapshot's version would create for it on PostgreSQL: tables, names cut at 63
// bytes, defaults, implicit many-to-many tables (with a primary key from Prisma 6 on), enums, schemas,
// extensions. Views are left out, as Prisma migrates none; what is @ignore'd is in, as it is in the database.
// Declarations with errors are skipped; the caller decides whether a schema with errors may be migrated.
catalog::Catalog catalog_of(const schema::Snapshot& snapshot);

}  // namespace refract::migrate
