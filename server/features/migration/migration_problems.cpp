#include "features/migration/migration_problems.h"

#include <algorithm>

#include "catalog/parse/sql.h"
#include "migrate/history/sending_hazards.h"
#include "migrate/history/sql_problem.h"

namespace refract::features {
namespace {

text::Range range_of(const catalog::SqlRange& range) {
  return {range.begin, std::max(range.begin, range.end)};
}

}  // namespace

std::vector<MigrationProblem> migration_problems(std::string_view sql) {
  std::vector<MigrationProblem> problems;
  // Statements that a newer PostgreSQL may accept are left out, so that the others are checked.
  const catalog::ParsedSql parsed = catalog::parse_leniently(sql);
  for (const catalog::SqlError& error : parsed.errors) {
    migrate::SqlProblem explanation = migrate::describe_problem(sql, error);
    const auto level = explanation.newer ? migrate::HazardLevel::notice : migrate::HazardLevel::danger;
    problems.push_back({range_of(error.range), level, "", std::move(explanation.message), ""});
  }
  for (migrate::SendingHazard& sent : migrate::sending_hazards(parsed.statements)) {
    migrate::Hazard& hazard = sent.hazard;
    problems.push_back({range_of(sent.range), hazard.level, std::string(hazard.code), std::move(hazard.message),
                        std::move(hazard.safer_way)});
  }
  return problems;
}

}  // namespace refract::features
