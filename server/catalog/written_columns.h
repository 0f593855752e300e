#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "catalog/catalog.h"

namespace refract::catalog {

// The columns of which a statement writes over values that rows have: UPDATE, MERGE … UPDATE, ON CONFLICT DO UPDATE,
// also inside WITH. Names as written.
std::set<std::pair<QualifiedName, std::string>> columns_written_over(std::string_view statement);

}  // namespace refract::catalog
