#include "fuzz/sql_promises.h"

namespace refract::fuzz {

void run(std::string_view input) {
  const catalog::ParsedSql script = parsed(input);
  catalog::Catalog catalog = catalog::Catalog::empty();
  expect_places(catalog::replay(script.steps, catalog), script.steps.size());
}

}  // namespace refract::fuzz
