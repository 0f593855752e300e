#pragma once

#include <optional>

#include "catalog/catalog.h"
#include "schema/snapshot.h"

namespace refract::migrate {

// The column default for @default of a stored field. nullopt: no @default, or the client generates the value (uuid(),
// cuid()…). dbgenerated() without an argument gives an empty expression, because the default is unknown. An
// autoincrement() has no sequence yet.
std::optional<catalog::Default> column_default(const schema::Field& field, const catalog::ColumnType& type,
                                               const schema::Snapshot& snapshot);

}  // namespace refract::migrate
