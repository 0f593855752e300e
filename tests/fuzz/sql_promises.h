#pragma once

#include "catalog/parse/sql.h"
#include "fuzz/fuzz.h"

// What the parser of SQL promises, for each target that parses some.
namespace refract::fuzz {

inline catalog::ParsedSql parsed(std::string_view sql) {
  const catalog::ParsedSql strict = catalog::parse_sql(sql);
  catalog::ParsedSql lenient = catalog::parse_leniently(sql);
  for (const catalog::Step& step : lenient.steps) {
    expect(step.origin.begin <= step.origin.end && step.origin.end <= sql.size(), "a step lies within the text");
  }
  if (strict.errors.empty()) {
    expect(strict.steps.size() == lenient.steps.size(), "a valid text gives the same steps leniently");
  } else {
    expect(strict.steps.empty(), "a text that does not parse has no steps");
  }
  return lenient;
}

inline void expect_places(const std::vector<catalog::ReplayIssue>& issues, std::size_t steps) {
  for (const catalog::ReplayIssue& issue : issues) expect(issue.step < steps, "an issue names one of the steps");
}

}  // namespace refract::fuzz
