#pragma once

#include <optional>

#include "catalog/catalog.h"
#include "schema/snapshot.h"

namespace refract::migrate {

// The column default that a stored field's @default makes; nullopt where it has none or only the client makes the
// value (uuid(), cuid()…). `dbgenerated()` without a text gives an empty expression: some default, nobody knows which.
// An autoincrement() has no sequence yet.
std::optional<catalog::Default> column_default(const schema::Field& field, const catalog::ColumnType& type,
                                               const schema::Snapshot& snapshot);

// Whether Prisma's engine sees no change between the defaults of two columns. `from_schema`: `from` was made from a
// schema (and not read from SQL or a database). `like_prisma`: also take those for changed that Prisma never
// recognises in a database.
bool defaults_match(const catalog::Column& from, bool from_schema, const catalog::Column& to, bool like_prisma);

// A SERIAL column or an identity.
bool is_autoincrement(const catalog::Column& column);

}  // namespace refract::migrate
