#include "features/highlights.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

// The marked places of the cursor's file are highlighted, the first of them as the declaration where `declared`.
void check_highlights(std::string_view marked, bool declared = true) {
  INFO(marked);
  const auto made = fixture(marked);
  std::vector<schema::FileRange> found;
  for (const auto& one : features::highlights(*made.snapshot, made.cursor)) {
    const bool is_declaration = one.kind == features::HighlightKind::declaration;
    CHECK(is_declaration == (declared && found.empty()));
    found.push_back({made.cursor.file, one.range});
  }
  CHECK(test::shown(made, found) == test::shown(made, made.ranges));
}

}  // namespace

TEST_CASE("highlights: the declaration and its uses, of this file alone", "[navigation]") {
  check_highlights(R"(
//- /a.prisma
model <ref>Us$0er</ref> {
  id Int @id
  boss <ref>User</ref>?
}
//- /b.prisma
model Post {
  author User
}
)");
  check_highlights("//- /a.prisma\nmodel User {\n}\n//- /b.prisma\nmodel P {\n  a <ref>U$0ser</ref>\n}\n", false);
}

TEST_CASE("highlights: a relation's name on both sides", "[navigation]") {
  check_highlights(
      "model A {\n  id Int @id\n  b B @relation(\"<ref>o$0ne</ref>\", fields: [id], references: [id])\n}\n"
      "model B {\n  id Int @id\n  a A? @relation(name: \"<ref>one</ref>\")\n}\n");
}

TEST_CASE("highlights: names in strings and the datasource's", "[navigation]") {
  check_highlights(
      "datasource db {\n  schemas = [\"<ref>a</ref>\", \"b\"]\n}\nmodel M {\n  id Int @id\n  "
      "@@schema(\"<ref>a$0</ref>\")\n}"
      "\nmodel N {\n  id Int @id\n  @@schema(\"b\")\n}\n");
  check_highlights(
      "datasource <ref>db</ref> {\n}\nmodel M {\n  id Int @id @<ref>d$0b</ref>.Integer\n  x Int "
      "@<ref>db</ref>.SmallInt\n}\n");
  check_highlights("model M {\n  id Int @id @map(\"<ref>i$0</ref>\")\n}\n");
}

TEST_CASE("highlights: none on a comment or on broken text", "[navigation]") {
  check_highlights("// A$0\nmodel A {\n}\n");
  check_highlights("mod$0el");
}
