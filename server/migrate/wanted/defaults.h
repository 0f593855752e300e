#pragma once

#include <optional>

#include "catalog/catalog.h"
#include "schema/snapshot.h"

namespace refract::migrate {

// The column default that a stored field's @default makes; nullopt where it has none or only the client makes the
// value (uuid(), cuid()…). `dbgenerated()` without a text gives an empty expression: an unknown default.
// An autoincrement() has no sequence yet.
std::optional<catalog::Default> column_default(const schema::Field& field, const catalog::ColumnType& type,
                                               const schema::Snapshot& snapshot);

}  // namespace refract::migrate
