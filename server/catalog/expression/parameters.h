#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "catalog/tree/tree.h"

namespace refract::catalog {

// libpg_query reads parameters ($1) also where PostgreSQL's own grammar wants a constant: SET x = $1, DATE $1,
// PASSWORD $1, EXTRACT($1 FROM …).

// Whether a text may hold a parameter at all.
bool may_hold_parameters(std::string_view sql);

struct MisplacedParameter {
  std::size_t offset = 0;  // bytes
  std::size_t number = 0;
};
// The first parameter below this node that PostgreSQL refuses to parse.
std::optional<MisplacedParameter> misplaced_parameter(const tree::Value& node);

}  // namespace refract::catalog
