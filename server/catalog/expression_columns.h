#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "catalog/catalog.h"

namespace refract::catalog {

// The first column that an expression in normal form names and the table does not have. nullopt: there is none, or the
// expression holds what the normal form does not spell as SQL.
std::optional<std::string> missing_column(const Table& table, std::string_view expression);

// Whether the table has the column, PostgreSQL's own (ctid, tableoid…) included.
bool has_column(const Table& table, std::string_view column);

}  // namespace refract::catalog
