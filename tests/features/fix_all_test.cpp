#include "features/fix_all.h"

#include <fmt/format.h>

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

constexpr std::string_view kDatasource = "datasource db {\n  provider = \"postgresql\"\n}\n";

// The text of the file with the cursor, after all.
std::string fixed(std::string_view marked, std::size_t* edit_count = nullptr) {
  const test::Fixture made = fixture(std::string(kDatasource) + std::string(marked));
  const schema::FileId file = made.cursor.file;
  const auto analysis = validation::Analysis::run(made.snapshot, nullptr, validation::AnalysisMode::tolerant);
  const std::vector<text::Edit> edits = features::fix_all(analysis, file);
  if (edit_count) *edit_count = edits.size();
  const std::string text = text::apply_edits(made.snapshot->files()[file].syntax->document().text(), edits);
  return text.starts_with(kDatasource) ? text.substr(kDatasource.size()) : text;
}

}  // namespace

TEST_CASE("fix all: what the text means is plain", "[fix_all]") {
  CHECK(fixed("$0model A {\n  id: Int! @id\n  tags [String]\n  more String[]?\n}\n") ==
        "model A {\n  id Int @id\n  tags String[]\n  more String[]\n}\n");
  CHECK(fixed("$0model A {\n  id Int @id\n  b B @relation(fields: [bId], references: [id])\n  bId Int\n  cs "
              "C[]\n}\n\nmodel B "
              "{\n  id Int @id\n}\n\nmodel C {\n  id Int @id\n  aId Int\n  a A @relation(fields: [aId], references: "
              "[id])\n  b B @relation(fields: [bId], references: [id])\n  bId Int\n}\n")
            .find("model B {\n  id Int @id\n  as A[]\n  cs C[]\n}") != std::string::npos);
}

TEST_CASE("fix all: no guess and no choice", "[fix_all]") {
  for (const std::string_view text :
       {"model A {\n  id Int @id\n  name Strng\n}\n", "model A {\n  id Int @id\n  n Int @default(\"1\")\n}\n",
        "model A {\n  id String @id @default(uuid)\n}\n",
        "model A {\n  id Int @id\n  b Boolean @default(\"true\")\n}\n", "model A {\n  id Int? @id\n}\n",
        "model A {\n  id Int @id\n  at DateTime @dflt(now())\n}\n", "model A {\n  id Int @id\n}\n"}) {
    std::size_t edits = 1;
    CHECK(fixed("$0" + std::string(text), &edits) == text);
    CHECK(edits == 0);
  }
}

TEST_CASE("fix all: what a mistake hid is fixed as well, and what is no business of it stays", "[fix_all]") {
  CHECK(fixed("$0model A {\n  id: Int @id\n  n: Strng @uniqe\n  m: Int[]? @default([])\n}\n") ==
        "model A {\n  id Int @id\n  n Strng @uniqe\n  m Int[] @default([])\n}\n");
}

TEST_CASE("fix all: CRLF stays, and a block that cannot be read blocks nothing", "[fix_all]") {
  CHECK(fixed("$0model A {\r\n  id: Int @id\r\n}\r\n\r\nmodel B {\r\n  ((\r\n}\r\n") ==
        "model A {\r\n  id Int @id\r\n}\r\n\r\nmodel B {\r\n  ((\r\n}\r\n");
}

TEST_CASE("fix all: what may mean several things stays", "[fix_all]") {
  for (const std::string_view text :
       {"model A {\n  id Int @id\n  @map(\"users\")\n  @ignore\n}\n",
        "model A {\n  id Int @id\n  email String\n  @map(\"e_mail\") // col\n  x Int\n}\n",
        "enum E {\n  A\n  @map(\"e\")\n}\n", "model A {\n  id Int @id\n  s String @default(\"C:\\temp\\dir\")\n}\n",
        "model A {\n  id Int @id\n  a Int @map(\"x\") @map(\"y\")\n}\n",
        "model A {\n  id Int @id\n  name String nullable: true\n}\n",
        "model A {\n  id Int @id\n<<<<<<< HEAD\n  a Int\n=======\n  b Int\n>>>>>>> x\n}\n"}) {
    INFO(text);
    CHECK(fixed("$0" + std::string(text)) == text);
  }
  CHECK(fixed("$0model A {\n  id Int @id\n  name String @@map(\"users\")\n  b Int @@unique([id, b])\n}\n") ==
        "model A {\n  id Int @id\n  name String\n  @@map(\"users\")\n  b Int\n  @@unique([id, b])\n}\n");
  CHECK(fixed("$0model A {\n  id Int @id\n  s String @default(\"say \\'hi\\'\")\n}\n") ==
        "model A {\n  id Int @id\n  s String @default(\"say 'hi'\")\n}\n");
}

// The separators may show where the values end.
TEST_CASE("fix all: two words are made two values where nothing else can be meant", "[fix_all]") {
  for (const std::string_view text :
       {"enum S {\n  IN PROGRESS,\n}\n", "enum S {\n  IN PROGRESS, DONE\n}\n", "enum S { OPEN, IN PROGRESS, DONE }\n",
        "enum S { IN PROGRESS | DONE }\n", "enum S {\n  IN PROGRESS, DONE }\n"}) {
    INFO(text);
    CHECK(fixed("$0" + std::string(text)) == text);
  }
  CHECK(fixed("$0enum S { OPEN, DONE, }\n") == "enum S {\n  OPEN\n  DONE\n}\n");
  CHECK(fixed("$0enum S { OPEN DONE }\n") == "enum S {\n  OPEN\n  DONE\n}\n");
  CHECK(fixed("$0enum S {\n  OPEN, DONE,\n}\n") == "enum S {\n  OPEN\n  DONE\n}\n");
}

TEST_CASE("fix all: other files stay as they are", "[fix_all]") {
  const test::Fixture made = fixture(
      "//- /a.prisma\nmodel A {\n  id Int @id\n}\n//- /b.prisma\nmodel B {\n  $0id: Int @id\n  aId Int\n  a A "
      "@relation(fields: [aId], references: [id])\n}\n");
  const auto analysis = validation::Analysis::run(made.snapshot, nullptr, validation::AnalysisMode::tolerant);
  const auto edits = features::fix_all(analysis, made.cursor.file);
  CHECK(text::apply_edits(made.snapshot->files()[made.cursor.file].syntax->document().text(), edits)
            .starts_with("model B {\n  id Int @id\n  aId Int\n"));
  const schema::FileId other = 1 - made.cursor.file;
  CHECK(features::fix_all(analysis, other).empty());
}

TEST_CASE("fix all: what is in brackets is no field", "[fix_all]") {
  const std::string user = "\nmodel B {\n  id Int @id\n  as A[]\n}\n";
  const auto model = [&](std::string_view relation) {
    return fmt::format("model A {{\n  id Int @id\n{}  bId Int\n}}\n{}", relation, user);
  };
  const std::string joined = model("  b B @relation(fields: [bId], references: [id])\n");
  CHECK(fixed("$0" + model("  b B @relation(\n    fields: [bId]\n    references: [id]\n  )\n")) == joined);
  CHECK(fixed("$0" + model("  b B\n    @relation(\n      fields: [bId]\n      references: [id]\n    )\n")) == joined);
  for (const char* half_typed : {"  b B\n    @relation(\n    fields: [bId]\n    references: [id]\n",
                                 "  b B @relation(\n    fields: [bId]\n    references: [id]\n",
                                 "  b B @relation(\n    fields: [bId]\n    references: [\n",
                                 "  b B @relation(\n    fields: [bId] x y\n    references: [id]\n  )\n",
                                 "  b B @relation(\n    fields: bId\n"}) {
    INFO(half_typed);
    CHECK(fixed("$0" + model(half_typed)) == model(half_typed));
  }
}

TEST_CASE("fix all: an attribute stays with its field or value", "[fix_all]") {
  CHECK(fixed("$0model A {\n  id Int\n    @id\n    @map(\"a_id\")\n}\n") ==
        "model A {\n  id Int @id @map(\"a_id\")\n}\n");
  CHECK(fixed("$0model A {\n  id: Int!,\n    @id\n    @map(\"a_id\")\n}\n") ==
        "model A {\n  id Int @id @map(\"a_id\")\n}\n");
  CHECK(fixed("$0enum E {\n  X,\n    @map(\"x\")\n}\n") == "enum E {\n  X @map(\"x\")\n}\n");
  for (const std::string_view text : {"model A {\n  id Int @id\n\n  @unique\n}\n", "enum E {\n  X Y\n}\n",
                                      "model A {\n  id Int @id\n  x ((\n    @map(\"x\")\n}\n"}) {
    CHECK(fixed("$0" + std::string(text)) == text);
  }
}

TEST_CASE("fix all: blocks on one line", "[fix_all]") {
  CHECK(fixed("$0model User { id Int @id  posts Post[] }\n\nmodel Post { id Int @id  userId Int  user User "
              "@relation(fields: "
              "[userId], references: [id]) }\n") ==
        "model User {\n  id Int @id\n  posts Post[]\n}\n\nmodel Post {\n  id Int @id\n  userId Int\n  user User "
        "@relation(fields: [userId], references: [id])\n}\n");
  CHECK(fixed("$0model A { id Int @id /* k */ }\n\nenum E { X }\n\nmodel B {\n  id Int @id\n  x Foo\n}\n") ==
        "model A {\n  id Int @id /* k */\n}\n\nenum E {\n  X\n}\n\nmodel B {\n  id Int @id\n  x Foo\n}\n");
  CHECK(fixed("$0model A { id Int @@id, x Int @@unique }\n") == "model A {\n  id Int @id\n  x Int @unique\n}\n");
  CHECK(fixed("$0model A { id Int @id\n  name String }\n") == "model A {\n  id Int @id\n  name String\n}\n");
}
