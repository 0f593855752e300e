#pragma once

#include <optional>

#include "catalog/catalog.h"

namespace refract::catalog {

class Reader;

// Reads a type's name off SQL text; what is not built in and has no schema written keeps an empty one.
std::optional<ColumnType> read_type(Reader& reader);

// Whether ALTER COLUMN TYPE converts without USING: PostgreSQL's implicit and assignment casts.
bool converts_by_itself(const ColumnType& from, const ColumnType& to, const Catalog& catalog);

}  // namespace refract::catalog
