#include "features/type_definition.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

// The declaration found has the marked name; without a mark nothing is found.
void check_type(std::string_view marked) {
  INFO(marked);
  const auto made = fixture(marked);
  const auto found = features::type_definition(*made.snapshot, made.cursor);
  REQUIRE(found.has_value() == !made.ranges.empty());
  if (!found) return;
  CHECK(found->selection == made.ranges.front());
  CHECK(found->origin.touches(made.cursor.offset));
}

}  // namespace

TEST_CASE("type definition: of a field, its model in whatever file", "[navigation]") {
  check_type(
      "//- /a.prisma\nmodel A {\n  id Int @id\n  b$0s B[]\n}\n//- /b.prisma\nmodel <ref>B</ref> {\n  id Int @id\n}\n");
  check_type("model A {\r\n  b $0B\r\n}\r\nmodel <ref>B</ref> {\r\n}\r\n");
}

TEST_CASE("type definition: of a field in a list, its enum; of a value, its enum", "[navigation]") {
  check_type("enum <ref>Role</ref> {\n  ADMIN\n}\nmodel A {\n  role Role\n  @@index([ro$0le])\n}\n");
  check_type("enum <ref>Role</ref> {\n  ADMIN\n}\nmodel A {\n  role Role @default(ADM$0IN)\n}\n");
}

TEST_CASE("type definition: a scalar, an unknown type and a comment have none", "[navigation]") {
  check_type("model A {\n  i$0d Int @id\n}\n");
  check_type("model A {\n  b$0s Missing\n}\n");
  check_type("// A$0\nmodel A {\n");
}
