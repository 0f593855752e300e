#pragma once

#include "catalog/catalog.h"

namespace refract::migrate {

// How two defaults are compared.
struct DefaultComparison {
  bool from_schema = false;  // `from` was made from a schema (and not read from SQL or a database)
  bool like_prisma = false;  // also take those for changed that Prisma never recognises in a database
  // What the columns' types mean; nullptr: only built-in ones are known.
  const catalog::Catalog* from_catalog = nullptr;
  const catalog::Catalog* to_catalog = nullptr;
};

// Whether nothing has to be done about the default of a column. Between two schemas that is what Prisma's engine says
// (sql_schema_differ/column.rs); towards a database that has what the schema asks for, whatever the spelling, it is so.
bool defaults_match(const catalog::Column& from, const catalog::Column& to, DefaultComparison comparison);

// Whether a column becomes one that counts up by itself, or is one no more.
bool changes_autoincrement(const catalog::Column& from, const catalog::Column& to, DefaultComparison comparison);

// A SERIAL column or an identity.
bool is_autoincrement(const catalog::Column& column);

}  // namespace refract::migrate
