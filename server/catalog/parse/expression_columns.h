#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "catalog/catalog.h"

namespace refract::catalog {

// The first column that an expression in normal form names and the table does not have. nullopt: there is none, or the
// expression holds what the normal form does not spell as SQL.
std::optional<std::string> missing_column(const Table& table, std::string_view expression);

// Whether the expression names a column of the table, which no default can.
bool names_column_of(const Table& table, std::string_view expression);

// Whether the expression does more with the column than to ask whether it is NULL.
bool compares_column(std::string_view expression, std::string_view column);

// The first check, index or exclusion whose expression does more with the column than to ask whether it is NULL, as
// "index by_state": its constants have the type that the column had, so that another type of it may not compare with
// them. nullopt: there is none.
std::optional<std::string> expression_compared_with(const Table& table, std::string_view column);

// Whether the table has the column, PostgreSQL's own (ctid, tableoid…) included.
bool has_column(const Table& table, std::string_view column);
// Whether it is one of PostgreSQL's own, whose names no column can have.
bool is_system_column(std::string_view column);

}  // namespace refract::catalog
