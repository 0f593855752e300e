#include "catalog/parse/sql.h"

#include "fuzz/fuzz.h"

namespace refract::fuzz {

namespace {

void replay(const catalog::ParsedSql& parsed) {
  catalog::Catalog catalog = catalog::Catalog::empty();
  for (const catalog::ReplayIssue& issue : catalog::replay(parsed.steps, catalog)) {
    expect(issue.step < parsed.steps.size(), "an issue names one of the steps");
  }
}

}  // namespace

void run(std::string_view input) {
  const catalog::ParsedSql strict = catalog::parse_sql(input);
  const catalog::ParsedSql lenient = catalog::parse_leniently(input);
  for (const catalog::Step& step : lenient.steps) {
    expect(step.origin.begin <= step.origin.end && step.origin.end <= input.size(), "a step lies within the text");
  }
  if (strict.errors.empty()) {
    expect(strict.steps.size() == lenient.steps.size(), "a valid text gives the same steps leniently");
  } else {
    expect(strict.steps.empty(), "a text that does not parse has no steps");
  }
  replay(lenient);
}

}  // namespace refract::fuzz
