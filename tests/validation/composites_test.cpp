#include <fmt/format.h>

#include "validation/check.h"

using refract::tests::check_diagnostics;

namespace {

constexpr std::string_view kMongo = "datasource db {\n  provider = \"mongodb\"\n}\n";

void check_mongo(std::string_view fixture) {
  check_diagnostics(std::string(kMongo) + std::string(fixture));
}

}  // namespace

// As many diagnostics as there are ways on which a value could not end, as Prisma counts them.
TEST_CASE("composites: required fields in a circle", "[validation]") {
  check_mongo(R"(type T {
  <composite-type-cycle>u U
</composite-type-cycle>}
type U {
  <composite-type-cycle>t T
</composite-type-cycle>  l T[]
  o T?
}
)");
  check_mongo(R"(type Outer {
  inner Inner
}
type Inner {
  <composite-type-cycle><composite-type-cycle>self Inner
</composite-type-cycle></composite-type-cycle>}
)");
}

TEST_CASE("composites: a circle off the way of a field, and more ways than anyone could count, end", "[validation]") {
  std::string text = "type Start {\n  a T0\n}\n";
  for (int i = 0; i < 40; ++i) {
    text += fmt::format("type T{} {{\n  a T{}\n  b T{}\n}}\n", i, (i + 1) % 40, (i + 1) % 40);
  }
  CHECK(!refract::tests::analyse(std::string(kMongo) + text)->diagnostics().empty());
}

TEST_CASE("composites: a condition compares them with null only", "[validation]") {
  check_diagnostics(R"(generator g {
  provider = "x"
  previewFeatures = ["partialIndexes"]
}
model A {
  id Int @id
  t T
  @@index([id], where: { t: null })
  <condition-type>@@index([id], where: { t: "x" })</condition-type>
}
type T {
  x Int
}
)");
}

TEST_CASE("composites: functions as defaults", "[validation]") {
  check_mongo(R"(type T {
  a String @default(cuid())
  b String <default-on-composite-field>@default(nanoid())</default-on-composite-field>
  c String <default-on-composite-field>@default(auto())</default-on-composite-field>
  d Int <default-function-type>@default(uuid())</default-function-type>
}
)");
}
