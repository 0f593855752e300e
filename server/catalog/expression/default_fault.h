#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.h"

namespace refract::catalog {

// Why PostgreSQL refuses the default for a column of this type, as the end of a sentence that begins with "the default
// of column x" ("names column y"). Empty: it does not refuse it, as far as that is known without a server.
std::string default_fault(const Default& value, const ColumnType& type, const Catalog& catalog);

// The same for the condition of an index over rows of the table ("the condition of index x").
std::string condition_fault(const std::string& sql, const Table& table, const Catalog& catalog);

// The same for the expression of a generated column, apart from its types and names.
std::string generated_fault(const std::string& sql);

}  // namespace refract::catalog
