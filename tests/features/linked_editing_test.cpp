#include "features/linked_editing.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

void check_linked(std::string_view marked) {
  INFO(marked);
  const auto made = fixture(marked);
  std::vector<schema::FileRange> found;
  for (const text::Range& range : features::linked_ranges(*made.snapshot, made.cursor))
    found.push_back({made.cursor.file, range});
  CHECK(test::shown(made, found) == test::shown(made, made.ranges));
}

}  // namespace

TEST_CASE("linked editing: a relation's name on both sides, named or not", "[linked]") {
  check_linked(R"(
model User {
  id Int @id
  written Post[] @relation("<ref>Aut$0hor</ref>")
  read    Post[] @relation("Reader")
}
model Post {
  id Int @id
  author User @relation(name: "<ref>Author</ref>", fields: [aId], references: [id])
  reader User @relation("Reader", fields: [rId], references: [id])
  aId Int
  rId Int
}
model Other {
  id Int @id
  self Other[] @relation("Author")
}
)");
}

TEST_CASE("linked editing: both sides of a self relation, and an empty name", "[linked]") {
  check_linked(
      "model A {\r\n  id Int @id\r\n  up A? @relation(\"<ref>t$0</ref>\", fields: [id], references: [id])\r\n"
      "  down A[] @relation(\"<ref>t</ref>\")\r\n}\r\n");
  check_linked("model A {\n  b B @relation(\"<ref>$0</ref>\")\n}\nmodel B {\n  a A[] @relation(\"<ref></ref>\")\n}\n");
}

TEST_CASE("linked editing: nothing where the other side differs, is elsewhere, or where no name is", "[linked]") {
  check_linked("model A {\n  b B @relation(\"o$0ne\")\n}\nmodel B {\n  a A[] @relation(\"two\")\n}\n");
  check_linked(
      "//- /a.prisma\nmodel A {\n  b B @relation(\"o$0ne\")\n}\n//- /b.prisma\nmodel B {\n  a A[] "
      "@relation(\"one\")\n}\n");
  check_linked("model A {\n  id Int @id @map(\"o$0ne\")\n  x Int @map(\"one\")\n}\n");
  check_linked("model A {\n  b B @relation(\"o$0ne)\n}\nmodel B {\n  a A[] @relation(\"one\")\n}\n");
  check_linked("model A {\n  b B @relation($0\"one\")\n}\nmodel B {\n  a A[] @relation(\"one\")\n}\n");
}
