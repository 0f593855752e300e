#pragma once

#include "catalog/catalog.h"
#include "live/session.h"

namespace refract::live {

// Reads a database's structure from pg_catalog: all schemas but the system's own, without what belongs to
// extensions and without Prisma's own table `_prisma_migrations`. PostgreSQL 14 and newer; needs no rights but
// CONNECT and USAGE.
// The schema `default_schema` is shown as "public", which is what migrations and schemas know it by; a "public" besides
// is shown under a name that no schema has, for it is not the project's. Errors: those of Session.
Result<catalog::Catalog> introspect(Session& session, const std::string& default_schema = "public");

}  // namespace refract::live
