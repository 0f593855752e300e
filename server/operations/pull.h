#pragma once

#include "features/migration/pull.h"
#include "live/connection.h"
#include "workspace/project.h"

namespace refract::operations {

// The schema, updated to match the database. Errors: invalid_schema, when it is not for PostgreSQL; those of
// a database.
Result<features::PulledSchema> pull(const workspace::LoadedSchema& schema, const live::ConnectionString& database);

// Writes the changed files, each atomically. Errors: unwritable.
Result<void> write_pulled(const workspace::LoadedSchema& schema, const features::PulledSchema& pulled);

}  // namespace refract::operations
