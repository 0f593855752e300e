#pragma once

#include "catalog/catalog.h"

// The table of an implicit many-to-many relation as a database has it.
namespace refract::migrate {

// The foreign key over the column of that name alone, "A" or "B"; nullptr: there is none.
const catalog::ForeignKey* join_key(const catalog::Table& table, char column);

// Whether the table has the shape of those of implicit many-to-many relations.
bool is_implicit_join_table(const catalog::Table& table);

// Whether a model's table can be the relation's table `wanted` too: it has the same columns A and B. A schema may have
// a model for the table of a relation, to read it.
bool serves_as_join_table(const catalog::Table& table, const catalog::Table& wanted);

}  // namespace refract::migrate
