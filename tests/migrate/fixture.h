#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "migrate/history/next.h"
#include "migrate/wanted/schema_catalog.h"

// Migration fixtures: one schema with marked lines, `+` only after and `-` only before, and the SQL beside it.
namespace refract::test {

// A PostgreSQL schema without errors; the datasource block is added.
std::shared_ptr<const schema::Snapshot> snapshot_of(std::string_view text,
                                                    schema::PrismaVersion version = schema::PrismaVersion::v6);

struct Marked {
  std::string before;
  std::string after;
};
Marked split(std::string_view fixture);

// The catalog of a database to which a schema was deployed: made by replaying SQL, as a migrations folder is.
catalog::Catalog deployed(std::string_view schema, schema::PrismaVersion version = schema::PrismaVersion::v6);

// What the SQL makes of the catalog. Fails the test on SQL that does not parse or that PostgreSQL would refuse.
catalog::Catalog run(std::string_view sql, catalog::Catalog before);

// The SQL between both sides as schemas, Prisma's and ours alike. And on a database: the SQL leads to the second schema
// and no further, the steps say the same as the SQL, the way back leads to the first again, and neither side differs
// from itself.
void check_plan(std::string_view fixture, std::string_view sql,
                schema::PrismaVersion version = schema::PrismaVersion::v6);

// The same of our own answer, where Prisma's is none that PostgreSQL takes.
void check_ours(std::string_view fixture, std::string_view sql,
                schema::PrismaVersion version = schema::PrismaVersion::v6);

// Only the SQL that Prisma writes, for what PostgreSQL refuses.
void check_sql(std::string_view fixture, std::string_view sql,
               schema::PrismaVersion version = schema::PrismaVersion::v6);

// "code: message" of each hazard, on a database of the first side.
void check_hazards(std::string_view fixture, const std::vector<std::string>& expected);

// The SQL from hand-written SQL to a schema.
std::string sql_from(std::string_view migrations, std::string_view schema, migrate::DiffOptions options = {});

}  // namespace refract::test
