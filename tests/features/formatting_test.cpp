#include "features/formatting.h"

#include "features/add_relations.h"
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
    for (const auto& edit : features::add_relations(*made.snapshot)) missing.push_back(edit.edit);
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

TEST_CASE("formatting: whatever the range, no text is lost or doubled", "[format]") {
  const std::string text =
      "model A {\n  id Int @id\n  @@map(\"a\") // the table\n  name String\n  b B\n}\nenum E {\n  A\n} // c\nmodel B "
      "{\n  id Int @id\n  @@index([id])\n  /// about x\n  x Int } model C {\n  id Int @id\n}\n@@map(\"q\")\n";
  const auto letters = [](std::string_view of) {
    std::string found;
    std::ranges::copy_if(of, std::back_inserter(found), [](char c) { return c > ' '; });
    std::ranges::sort(found);
    return found;
  };
  const auto made = fixture(text);
  const auto size = static_cast<text::Offset>(text.size());
  for (text::Offset begin = 0; begin < size; begin += 3) {
    for (text::Offset end = begin; end < size; end += 5) {
      const auto edits = features::formatting(*made.snapshot, 0, {}, text::Range{begin, end});
      INFO(begin << " to " << end << "\n" << text::apply_edits(text, edits));
      REQUIRE(letters(text::apply_edits(text, edits)) == letters(text));
    }
  }
}

TEST_CASE("formatting: the tab size is the indent, and only the asked file is formatted", "[format]") {
  const auto made = fixture("//- /a.prisma\nmodel A {\n  id Int @id\n}\n//- /b.prisma\nmodel B {\nid Int @id\n}\n");
  CHECK(features::formatting(*made.snapshot, 0, {}).empty());
  CHECK(text::apply_edits(made.files[1].second, features::formatting(*made.snapshot, 1, {.tab_size = 4})) ==
        "model B {\n    id Int @id\n}\n");
}

namespace {

// A second time has to change nothing.
std::string formatted(std::string_view text, features::FormattingOptions options = {},
                      schema::PrismaVersion version = schema::PrismaVersion::v7) {
  const auto made = fixture("//- /a.prisma\n" + std::string(text), version);
  std::string once = text::apply_edits(made.files[0].second, features::formatting(*made.snapshot, 0, options));
  const auto again = fixture("//- /a.prisma\n" + once, version);
  CHECK(features::formatting(*again.snapshot, 0, options).empty());
  return once;
}

}  // namespace

TEST_CASE("formatting: a broken line stays as it is, those around it are laid out", "[format]") {
  CHECK(formatted("model A {\nid Int @id\n half  @\n@@map( \"a\")\n}\n") ==
        "model A {\n  id Int @id\n  half  @\n\n  @@map(\"a\")\n}\n");
  CHECK(formatted("modl A\nmodel B {\nid Int @id\n}\n") == "modl A\nmodel B {\n  id Int @id\n}\n");
}

TEST_CASE("formatting: arguments over several lines keep all that they have", "[format]") {
  CHECK(formatted("model A {\n  id Int @id\n  bId Int\n  b B @relation(\n    fields: [bId],\n    references: [id]\n  "
                  ")\n}\n\nmodel B {\n  id Int @id\n}\n") ==
        "model A {\n  id  Int @id\n  bId Int\n  b B @relation(\n  fields: [bId],\n  references: [id]\n  )\n}\n\n"
        "model B {\n  id Int @id\n}\n");
}

TEST_CASE("formatting: what a version cannot read is broken in it alone", "[format]") {
  constexpr std::string_view kText = "model A {\n  id Int @id\ngröße Int /* how much */\n}\n";
  CHECK(formatted(kText) == "model A {\n  id      Int @id\n  größe Int /* how much */\n}\n");
  CHECK(formatted(kText, {}, schema::PrismaVersion::v5) == "model A {\n  id Int @id\n  größe Int /* how much */\n}\n");
}

TEST_CASE("formatting: what follows a closing brace on its line is parted from it at once", "[format]") {
  CHECK(formatted("model A {\nid Int @id\n} // of A\nmodel B {\nid Int @id\n} enum E {\nX\n}") ==
        "model A {\n  id Int @id\n}\n\n// of A\nmodel B {\n  id Int @id\n}\n\nenum E {\n  X\n}\n");
}

TEST_CASE("formatting: like Prisma, whatever it loses", "[format]") {
  const auto made = fixture("//- /a.prisma\nmodel A { // a\n  id Int @id\n}\n");
  CHECK(text::apply_edits(made.files[0].second, features::formatting(*made.snapshot, 0, {.like_prisma = true})) ==
        "model A {\n  id Int @id\n}\n");
}

TEST_CASE("formatting: relations are left alone if that is wanted", "[format]") {
  constexpr std::string_view kText = "model A {\n  id Int @id\n  b  B\n}\n\nmodel B {\n  id Int @id\n}\n";
  CHECK(formatted(kText, {.add_relations = false}) == kText);
  CHECK(formatted(kText) ==
        "model A {\n  id  Int @id\n  b   B   @relation(fields: [bId], references: [id])\n  bId Int\n}\n\n"
        "model B {\n  id Int @id\n  as A[]\n}\n");
}
