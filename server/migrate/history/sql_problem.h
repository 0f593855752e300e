#pragma once

#include <string>
#include <string_view>

#include "catalog/parse/sql.h"

namespace refract::migrate {

// Why PostgreSQL's grammar rejects a statement.
struct SqlProblem {
  bool newer = false;  // valid for a PostgreSQL newer than the grammar in use: its effect is unknown
  std::string message;
};
SqlProblem describe_problem(std::string_view sql, const catalog::SqlError& error);

}  // namespace refract::migrate
