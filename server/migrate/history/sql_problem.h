#pragma once

#include <string>
#include <string_view>

#include "catalog/parse/sql.h"

namespace refract::migrate {

// What is wrong with a statement that PostgreSQL's grammar refuses, and what to do about it.
struct SqlProblem {
  bool newer = false;  // valid for a PostgreSQL newer than the grammar in use: its effect is unknown
  std::string message;
};
SqlProblem explain(std::string_view sql, const catalog::SqlError& error);

}  // namespace refract::migrate
