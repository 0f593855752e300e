#pragma once

#include <optional>
#include <string>

#include "catalog/catalog.h"
#include "migrate/plan.h"
#include "schema/connector.h"
#include "support/result.h"

namespace refract::operations {

// One side of `migrate diff`: "empty", a schema (file or folder of .prisma files), a migrations folder, or a
// postgresql:// URL.
struct Source {
  catalog::Catalog catalog;
  std::optional<migrate::DiffOptions> options;  // what a schema says about a diff towards it
  double milliseconds = 0;
};

// Errors: usage, not_found, unreadable, invalid_input (SQL), invalid_schema, conflict (a migration that PostgreSQL
// would refuse), or those of a database.
Result<Source> read_source(const std::string& source, std::optional<schema::PrismaVersion> version);

}  // namespace refract::operations
