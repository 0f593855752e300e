#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migrate/hazards/hazards.h"
#include "text/position.h"

namespace refract::features {

// What `deploy` would run into in an open migration.sql because of how it is sent, whatever the database holds: SQL
// that PostgreSQL does not parse, psql commands, a transaction that is left open.
struct MigrationProblem {
  text::Range at;  // a statement, or the place in one
  migrate::HazardLevel level = migrate::HazardLevel::danger;
  std::string code;  // of the hazard; empty where the SQL does not parse
  std::string message;
  std::string help;
};

std::vector<MigrationProblem> migration_problems(std::string_view sql);

}  // namespace refract::features
