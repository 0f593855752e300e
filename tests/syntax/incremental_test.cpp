#include <random>

#include "support/catch.h"
#include "syntax/dump.h"

using refract::syntax::Block;
using refract::syntax::BlockKind;
using refract::syntax::File;
using refract::syntax::PlacedBlock;
using refract::syntax::testing::dump;
using refract::text::Document;
using refract::text::Edit;
using refract::text::Offset;

namespace {

constexpr std::string_view kLibrary = R"(// The lending library.
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

generator client {
  provider = "prisma-client-js" /* the usual one */
}

/// Someone with a card.
/// Readers are never deleted.
model Reader {
  id     Int      @id @default(autoincrement())
  name   String   @db.VarChar(200) // as on the card
  joined DateTime @default(now()) /// when the card was made
  note   String?  /* free
                     text */
  loans  Loan[]
  geo    Unsupported("point")?

  @@index([name, joined(sort: Desc)], map: "reader_\"name\"")
}
model Loan {
  reader   Reader @relation(fields: [readerId], references: [id], onDelete: Cascade)
  readerId Int
  book     String
  state    State @default(OUT)
  @@id([readerId, book])
}

enum State {
  OUT
  BACK @map("back")
  @@map("state")
} // end

/* between */
type Address {
  street String
  tags   String[]
}
type Old = Int @id
view Late {
  book String @unique
}
)";

std::shared_ptr<const File> parse(std::string_view text) {
  return File::parse(Document(std::string(text)));
}

std::shared_ptr<const File> edited(const File& file, std::string_view removed, std::string inserted) {
  const std::size_t at = file.document().text().find(removed);
  REQUIRE(at != std::string_view::npos);
  const auto begin = static_cast<Offset>(at);
  return file.with_edits({{{begin, begin + static_cast<Offset>(removed.size())}, std::move(inserted)}});
}

const Block* block_named(const File& file, std::string_view name) {
  for (const PlacedBlock& placed : file.blocks()) {
    if (placed.block->name.text == name) return placed.block;
  }
  return nullptr;
}

// Random text that often opens or closes something.
std::string some_text(std::mt19937& random) {
  static const std::vector<std::string> kPieces = {
      "{",
      "}",
      "\n",
      "\r\n",
      "\r",
      "model X {\n",
      "/*",
      "*/",
      "//",
      "///",
      "\"",
      "\\",
      "@",
      "@@id([",
      "])",
      "a Int",
      " ",
      "enum E {\n A\n}\n",
      "foo {",
      "type T =",
      "é",
      "\n}\n",
      "  b String @map(\"x\")\n",
      "a:",
      "\t",
      "x",
  };
  std::string text;
  for (std::size_t count = 1 + random() % 2; count > 0; --count) text += kPieces[random() % kPieces.size()];
  return text;
}

}  // namespace

TEST_CASE("incremental: after any edits a file equals one parsed from scratch", "[syntax]") {
  std::mt19937 random(20'26);
  const int rounds = 60;
  for (int round = 0; round < rounds; ++round) {
    auto file = parse(kLibrary);
    for (int step = 0; step < 40; ++step) {
      std::vector<Edit> edits;
      Document document = file->document();
      for (std::size_t count = 1 + random() % 3; count > 0; --count) {
        const Offset begin = random() % (document.size() + 1);
        const Offset most = std::min<Offset>(document.size() - begin, random() % 8 == 0 ? 60 : 3);
        const Offset end = begin + random() % (most + 1);
        edits.push_back({{begin, end}, random() % 3 == 0 ? std::string() : some_text(random)});
        document = document.with_edit(edits.back());
      }
      file = file->with_edits(edits);
      REQUIRE(file->document().text() == document.text());
      REQUIRE(dump(*file, true) == dump(*File::parse(document), true));
    }
  }
}

// A text of this size is kept in pieces around the last edits, and only their neighbourhood is split at first.
TEST_CASE("incremental: after edits of a large file it equals one parsed from scratch", "[syntax]") {
  std::mt19937 random(26'11);
  std::string text;
  while (text.size() < 80'000) text += kLibrary;
  auto file = parse(text);
  Offset around = static_cast<Offset>(text.size()) / 2;
  for (int step = 0; step < 60; ++step) {
    if (random() % 12 == 0) around = random() % text.size();
    std::vector<Edit> edits;
    for (std::size_t count = 1 + random() % 3; count > 0; --count) {
      const auto size = static_cast<Offset>(text.size());
      const Offset begin = std::min<Offset>(around + random() % 6'000, size);
      const Offset end = std::min<Offset>(begin + random() % (random() % 8 == 0 ? 60 : 3), size);
      edits.push_back({{begin, end}, random() % 3 == 0 ? std::string() : some_text(random)});
      text.replace(begin, end - begin, edits.back().text);
    }
    file = file->with_edits(edits);
    const auto fresh = parse(text);
    REQUIRE(dump(*file, true) == dump(*fresh, true));
    if (random() % 5 == 0) REQUIRE(file->document().text() == text);
  }
}

// An editor sends the edits of a formatter at once, most of them from the last to the first.
TEST_CASE("incremental: after very many edits at once a file equals one parsed from scratch", "[syntax]") {
  std::mt19937 random(29'11);
  for (const std::string_view order : {"descending", "ascending", "any"}) {
    INFO(order);
    for (int round = 0; round < 20; ++round) {
      const auto before = parse(kLibrary);
      std::vector<Offset> places;
      for (std::size_t count = 60 + random() % 60; count > 0; --count) places.push_back(random() % kLibrary.size());
      if (order == "descending") std::ranges::sort(places, std::greater<>());
      if (order == "ascending") std::ranges::sort(places);
      std::vector<Edit> edits;
      Document document = before->document();
      Offset last = document.size();
      for (const Offset begin : places) {
        Offset end = std::min<Offset>(begin + random() % 4, document.size());
        if (order == "descending") end = std::clamp(end, begin, std::max(begin, last));
        last = begin;
        edits.push_back({{begin, end}, random() % 3 == 0 ? std::string() : some_text(random)});
        document = document.with_edit(edits.back());
      }
      const auto after = before->with_edits(edits);
      REQUIRE(after->document().text() == document.text());
      REQUIRE(dump(*after, true) == dump(*File::parse(document), true));
    }
  }
}

TEST_CASE("incremental: typing character by character equals a fresh parse at every step", "[syntax]") {
  auto file = parse("");
  for (std::size_t i = 0; i < kLibrary.size(); ++i) {
    const auto at = static_cast<Offset>(i);
    file = file->with_edits({{{at, at}, std::string(1, kLibrary[i])}});
    REQUIRE(dump(*file, true) == dump(*parse(kLibrary.substr(0, i + 1)), true));
  }
}

// tree-sitter 0.20 makes two arguments of `onDelete: Cascade` when it reuses the tree without the part.
TEST_CASE("incremental: a part taken out and put back is read as at first", "[syntax]") {
  constexpr std::string_view above = "model LlmApiKeys {\n  id        S";
  constexpr std::string_view part = R"(tring  @id @default(cuid())
  project   Project @relation(fields: [projectId], references: [id], onDelete: Cascade)

  channel NotificationChannel
  type    NotificationType
  enabled Boolean             @default(true)

  createdAt DateTime @default(now()) @map("created_at")
  updatedAt DateT)";
  constexpr std::string_view below =
      "ime @default(now()) @updatedAt @map(\"updated_at\")\n\n  @@unique([userId, projectId, channel, type])\n}";
  const std::string whole = std::string(above) + std::string(part) + std::string(below);
  const auto begin = static_cast<Offset>(above.size());
  auto file = parse(whole);
  file = file->with_edits({{{begin, begin + static_cast<Offset>(part.size())}, ""}});
  file = file->with_edits({{{begin, begin}, std::string(part)}});
  CHECK(dump(*file, true) == dump(*parse(whole), true));
}

TEST_CASE("incremental: blocks that an edit does not touch are the same objects", "[syntax]") {
  const auto before = parse(kLibrary);
  const auto after = edited(*before, "book     String", "title    String");
  REQUIRE(before->blocks().size() == after->blocks().size());
  for (std::size_t i = 0; i < before->blocks().size(); ++i) {
    const bool touched = before->blocks()[i].block->name.text == "Loan";
    CHECK((before->blocks()[i].block == after->blocks()[i].block) == !touched);
  }
}

TEST_CASE("incremental: blocks after an edit that makes the text longer move and stay shared", "[syntax]") {
  const auto before = parse(kLibrary);
  const auto after =
      edited(*before, "// The lending library.", "// The lending library of the town, with its readers.\n\n");
  for (const std::string_view name : {"client", "Reader", "Loan", "State", "Address", "Late"}) {
    INFO(name);
    REQUIRE(block_named(*before, name) != nullptr);
    CHECK(block_named(*before, name) == block_named(*after, name));
  }
}

TEST_CASE("incremental: a new block between two leaves both shared", "[syntax]") {
  const auto before = parse(kLibrary);
  const auto after = edited(*before, "model Loan", "model Shelf {\n  id Int @id\n}\nmodel Loan");
  CHECK(block_named(*before, "Reader") == block_named(*after, "Reader"));
  CHECK(block_named(*before, "State") == block_named(*after, "State"));
  CHECK(block_named(*after, "Shelf") != nullptr);
}

TEST_CASE("incremental: several edits at once share what lies between them", "[syntax]") {
  const auto before = parse(kLibrary);
  const auto at = static_cast<Offset>(kLibrary.find("street"));
  const auto after = before->with_edits({{{at, at}, "home "}, {{0, 0}, "// first\n"}});
  for (const std::string_view name : {"client", "Reader", "Loan", "State", "Late"}) {
    INFO(name);
    CHECK(block_named(*before, name) == block_named(*after, name));
  }
  CHECK(block_named(*before, "Address") != block_named(*after, "Address"));
}

TEST_CASE("incremental: what is left open depends on all that follows", "[syntax]") {
  auto file = parse("model A {\n  id Int\n\nenum E_ {\n  X\n\n// end\n");
  REQUIRE(file->blocks().size() == 1);
  CHECK(file->blocks()[0].block->kind == BlockKind::filler);
  file = edited(*file, "// end\n", "// end\n}\n");
  REQUIRE(file->blocks().size() == 1);
  CHECK(file->blocks()[0].block->kind == BlockKind::model);
}

TEST_CASE("incremental: edits outside the text are clamped to it", "[syntax]") {
  const auto before = parse("enum E {\n  A\n}\n");
  const auto after = before->with_edits({{{500, 900}, "enum F {\n  B\n}\n"}, {{3, 1}, ""}});
  CHECK(dump(*after) == "enum E\n  value A\nenum F\n  value B\n");
}
