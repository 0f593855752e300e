#include "features/formatting.h"

#include "features/complete_relations.h"
#include "features/fixture.h"
#include "syntax/format.h"

using namespace refract;
using test::fixture;

namespace {

constexpr std::string_view kMessy = R"(
datasource db {
provider="postgresql"
}
model User {
id Int @id
  posts   Post[]

email     String   @unique
}


model Post {
  id Int @id
  title String
}
enum   Role { 
  A
    B
}
)";

}  // namespace

TEST_CASE("formatting: the edits lead to what the formatter makes of the completed text", "[format]") {
  const std::string texts[] = {std::string(kMessy),
                               "model A{\r\n id Int @id\r\n größe Int\r\n}\r\n",
                               "model A {\n  id Int @id @\n b\n",
                               "",
                               "\n\n\n",
                               "enum A { }",
                               "// c\nmodel A {\n}\n// d"};
  for (const std::string& text : texts) {
    const auto made = fixture("//- /a.prisma\n" + text);
    const std::string& source = made.files[0].second;
    std::vector<text::Edit> missing;
    for (const auto& edit : features::complete_relations(*made.snapshot)) missing.push_back(edit.edit);
    const std::string expected = syntax::format(text::apply_edits(source, missing));
    const auto edits = features::formatting(*made.snapshot, 0, {});
    CHECK(text::apply_edits(source, edits) == expected);
    const auto again = fixture("//- /a.prisma\n" + expected);
    CHECK(features::formatting(*again.snapshot, 0, {}).empty());
  }
}

TEST_CASE("formatting: lines that are right already are not touched", "[format]") {
  const auto made = fixture(
      "model A {\n  id   Int    @id\n  name String\n}\n\nmodel B {\n  id   Int    @id\n<ref>name String\n</ref>}\n");
  const auto edits = features::formatting(*made.snapshot, 0, {});
  REQUIRE(edits.size() == 1);
  CHECK(edits[0].range == made.ranges[0].range);
  CHECK(edits[0].text == "  name String\n");
}

TEST_CASE("formatting: a range changes its own lines alone", "[format]") {
  const auto made =
      fixture("model A {\n id Int @id\n<ref>na</ref>me String\n}\nmodel B {\n  id Int @id\nname String\n}\n");
  const auto edits = features::formatting(*made.snapshot, 0, {}, made.ranges[0].range);
  CHECK(text::apply_edits(made.files[0].second, edits) ==
        "model A {\n id Int @id\n  name String\n}\nmodel B {\n  id Int @id\nname String\n}\n");
  CHECK(features::formatting(*made.snapshot, 0, {}, text::Range{0, 0}).empty());
  CHECK(features::formatting(*made.snapshot, 0, {}, text::Range{9000, 9999}).empty());
}

TEST_CASE("formatting: the tab size is the indent, and only the asked file is formatted", "[format]") {
  const auto made = fixture("//- /a.prisma\nmodel A {\n  id Int @id\n}\n//- /b.prisma\nmodel B {\nid Int @id\n}\n");
  CHECK(features::formatting(*made.snapshot, 0, {}).empty());
  CHECK(text::apply_edits(made.files[1].second, features::formatting(*made.snapshot, 1, {.tab_size = 4})) ==
        "model B {\n    id Int @id\n}\n");
}

namespace {

// As an editor asks for it. A second time has to change nothing.
std::string in_editor(std::string_view text, schema::PrismaVersion version = schema::PrismaVersion::v7) {
  constexpr features::FormattingOptions kOptions{.for_editor = true};
  const auto made = fixture("//- /a.prisma\n" + std::string(text), version);
  std::string once = text::apply_edits(made.files[0].second, features::formatting(*made.snapshot, 0, kOptions));
  const auto again = fixture("//- /a.prisma\n" + once, version);
  CHECK(features::formatting(*again.snapshot, 0, kOptions).empty());
  return once;
}

}  // namespace

TEST_CASE("formatting in an editor: a broken block stays as it is, valid ones are formatted", "[format]") {
  CHECK(in_editor(
            "model A {\nid Int @id\n}\n\n  /// of B\n model  B {\n    id   Int @id\n half @\n }\nenum E {\nX\n}\n") ==
        "model A {\n  id Int @id\n}\n\n  /// of B\n model  B {\n    id   Int @id\n half @\n }\nenum E {\n  X\n}\n");
}

TEST_CASE("formatting in an editor: lines outside of blocks and a block without an end stay as they are", "[format]") {
  CHECK(in_editor("modl A\n   id Int\n model B {\nid Int\n}\n") == "modl A\n   id Int\nmodel B {\n  id Int\n}\n");
  CHECK(in_editor("enum E {\nA\n}\nmodel B {\n   id    Int\n\n\n   x\n") ==
        "enum E {\n  A\n}\n\nmodel B {\n   id    Int\n\n\n   x\n");
  CHECK(in_editor("foo {\n   a b\n}\nmodel B {\nid Int\n}") == "foo {\n   a b\n}\nmodel B {\n  id Int\n}\n");
}

TEST_CASE("formatting in an editor: what a version cannot read is broken in it alone", "[format]") {
  constexpr std::string_view kText = "model A {\ngröße Int /* how much */\n}\n";
  CHECK(in_editor(kText) == "model A {\n  größe Int /* how much */\n}\n");
  CHECK(in_editor(kText, schema::PrismaVersion::v5) == kText);
}

TEST_CASE("formatting in an editor: what follows a brace on its line is parted from it at once", "[format]") {
  CHECK(in_editor("model A {\nid Int\n} // of A\nmodel B {\nid Int\n} enum E {\nX\n}") ==
        "model A {\n  id Int\n}\n\n// of A\nmodel B {\n  id Int\n}\n\nenum E {\n  X\n}\n");
}

TEST_CASE("formatting in an editor: what is missing is completed there too", "[format]") {
  CHECK(in_editor("model A {\n  id Int @id\n  b  B\n}\n\nmodel B {\n  id Int @id\n}\n") ==
        "model A {\n  id  Int @id\n  b   B   @relation(fields: [bId], references: [id])\n  bId Int\n}\n\n"
        "model B {\n  id Int @id\n  as A[]\n}\n");
}

TEST_CASE("formatting in an editor: nothing is added where it leaves as much missing", "[format]") {
  // Prisma adds a field without the relation's name, and another one each time.
  constexpr std::string_view kNamed = "model A {\n  id Int @id\n  b  A   @relation(\"tree\")\n}\n";
  CHECK(in_editor(kNamed) == kNamed);
}

TEST_CASE("formatting in an editor: block comments that follow each other keep their words", "[format]") {
  CHECK(in_editor("model A {\n  /* one */\n  /* two\n     three */\n  id Int @id\n}\n") ==
        "model A {\n  /**\n   * one\n   */\n  /**\n   * two\n   * three\n   */\n  id Int @id\n}\n");
}
