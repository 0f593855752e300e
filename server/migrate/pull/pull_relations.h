#pragma once

#include <string>
#include <vector>

#include "migrate/pull/pull_names.h"

namespace refract::migrate {

// A relation field of one side.
struct PulledRelation {
  catalog::QualifiedName table;  // whose model has the field
  PulledField field;
};

// Whether an implicit many-to-many relation describes the whole table: columns A and B alone, to the ids of two models.
bool is_expressed_by_relation(const catalog::Table& table, const catalog::Catalog& database, const PullNames& names);

// Every relation field of a database's foreign keys and implicit many-to-many tables, in the order Prisma lists them.
std::vector<PulledRelation> pulled_relations(const catalog::Catalog& database, const schema::Snapshot& existing,
                                             const PullNames& names, const PullExceptions& exceptions);

// A key or unique index over required columns of types that Prisma knows: without one its client cannot use the table.
bool has_usable_identifier(const catalog::Table& table, const catalog::Catalog& database, const PullNames& names);

}  // namespace refract::migrate
