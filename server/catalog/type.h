#pragma once

#include <optional>

#include "catalog/catalog.h"

namespace refract::catalog {

class Reader;

// Reads a type's name off SQL text; what is not built in and has no schema written keeps an empty one.
std::optional<ColumnType> read_type(Reader& reader);

}  // namespace refract::catalog
