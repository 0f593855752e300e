#include "features/implementation.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

// The marked fields are found, in this order of files and text but for the owner, which comes first.
void check_ends(std::string_view marked) {
  INFO(marked);
  const auto made = fixture(marked);
  std::vector<schema::FileRange> found;
  for (const auto& end : features::implementations(*made.snapshot, made.cursor)) {
    CHECK(end.origin.touches(made.cursor.offset));
    found.push_back(end.selection);
  }
  std::ranges::sort(found, {}, [](const schema::FileRange& at) { return std::pair(at.file, at.range); });
  CHECK(test::shown(made, found) == test::shown(made, made.ranges));
}

}  // namespace

TEST_CASE("implementation: both ends of a relation, from either and from its name", "[navigation]") {
  for (const char* at : {"posts $0Post[]", "pos$0ts Post[]"}) {
    std::string text =
        "//- /a.prisma\nmodel User {\n  id Int @id\n  <ref>posts</ref> Post[]\n}\n//- /b.prisma\n"
        "model Post {\n  id Int @id\n  <ref>author</ref> User @relation(fields: [authorId], references: [id])\n"
        "  authorId Int\n}\n";
    if (std::string_view(at).starts_with("posts")) {
      text.insert(text.find("author</ref>") + 2, "$0");
    } else {
      text.insert(text.find("posts</ref>") + 2, "$0");
    }
    check_ends(text);
  }
  check_ends(R"(
model A {
  id Int @id
  <ref>x</ref> B[] @relation("o$0ne")
  y B[] @relation("two")
}
model B {
  id Int @id
  <ref>a</ref> A[] @relation("one")
  b A[] @relation("two")
}
)");
}

TEST_CASE("implementation: the owner comes first", "[navigation]") {
  const auto made = fixture(
      "model User {\n  id Int @id\n  po$0sts Post[]\n}\nmodel Post {\n  id Int @id\n"
      "  author User @relation(fields: [aId], references: [id])\n  aId Int\n}\n");
  const auto ends = features::implementations(*made.snapshot, made.cursor);
  REQUIRE(ends.size() == 2);
  CHECK(test::shown(made, {ends[0].selection}).ends_with("=author"));
}

TEST_CASE("implementation: a scalar leads to the relations that keep their key in it", "[navigation]") {
  check_ends(R"(
model User {
  id Int @id
  <ref>posts</ref> Post[]
}
model Post {
  id Int @id
  <ref>author</ref> User @relation(fields: [authorId], references: [id])
  author$0Id Int
}
)");
}

TEST_CASE("implementation: an end that is missing is left out, other words have none", "[navigation]") {
  check_ends(
      "model A {\n  <ref>b$0</ref> B @relation(fields: [id], references: [id])\n  id Int\n}\nmodel B {\n  id Int\n}\n");
  check_ends("model A {\n  i$0d Int @id\n}\n");
  check_ends("model A$0 {\n  id Int @id\n}\n");
  check_ends("$0");
}
