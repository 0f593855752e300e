#include "features/complete_relations.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/catch.h"
#include "syntax/format.h"
#include "text/document.h"

namespace {

using namespace refract;
using schema::PrismaVersion;

using Files = std::vector<std::pair<std::string, std::string>>;

// The files completed and formatted.
Files completed(const Files& files, PrismaVersion version) {
  std::vector<schema::SourceFile> sources;
  for (const auto& [path, text] : files) sources.push_back({path, syntax::File::parse(text::Document(text))});
  const auto snapshot = schema::Snapshot::build(std::move(sources), {.version = version});
  std::vector<std::vector<text::Edit>> edits(files.size());
  for (const auto& edit : features::complete_relations(*snapshot)) edits.at(edit.file).push_back(edit.edit);
  Files out;
  for (std::size_t i = 0; i < files.size(); ++i)
    out.emplace_back(files[i].first, syntax::format(text::apply_edits(files[i].second, edits[i])));
  return out;
}

// Fixtures begin with a line break for looks. What is complete must stay as it is.
void check_completion(std::string_view input, std::string_view expected, PrismaVersion version = PrismaVersion::v7) {
  const std::string answer = completed({{"schema.prisma", std::string(input)}}, version).front().second;
  CHECK(answer == expected.substr(1));
}

}  // namespace

TEST_CASE("complete relations: a list's missing opposite is an optional field with its scalar field", "[format]") {
  check_completion(R"(
model User {
  id    String @id @db.Uuid
  posts Post[]
}
model Post {
  id Int @id
}
)",
                   R"(
model User {
  id    String @id @db.Uuid
  posts Post[]
}

model Post {
  id     Int     @id
  user   User?   @relation(fields: [userId], references: [id])
  userId String? @db.Uuid
}
)");
}

TEST_CASE("complete relations: a field's missing opposite is a list, or one where its key is unique", "[format]") {
  check_completion(R"(
model OrderStatus {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  userId Int
}
model Profile {
  id     Int  @id
  user   User @relation("mine", fields: [userId], references: [id])
  userId Int  @unique

  @@ignore
}
model User {
  id Int @id
  // the last
}
)",
                   R"(
model OrderStatus {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  userId Int
}

model Profile {
  id     Int  @id
  user   User @relation("mine", fields: [userId], references: [id])
  userId Int  @unique

  @@ignore
}

model User {
  id            Int           @id
  // the last
  orderStatuses OrderStatus[]
  profile       Profile?      @ignore
}
)");
}

TEST_CASE("complete relations: Prisma 5 names the field as the model", "[format]") {
  check_completion(R"(
model Post {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  userId Int
}
model User {
  id Int @id
}
)",
                   R"(
model Post {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  userId Int
}

model User {
  id   Int    @id
  Post Post[]
}
)",
                   PrismaVersion::v5);
}

TEST_CASE("complete relations: the whole of @relation, by a compound key", "[format]") {
  check_completion(R"(
model Seat {
  id   Int   @id
  room Room?
}
model Room {
  house  Int
  number String
  seats  Seat[]
  @@id([house, number])
}
)",
                   R"(
model Seat {
  id         Int     @id
  room       Room?   @relation(fields: [roomHouse, roomNumber], references: [house, number])
  roomHouse  Int?
  roomNumber String?
}

model Room {
  house  Int
  number String
  seats  Seat[]

  @@id([house, number])
}
)");
}

TEST_CASE("complete relations: single arguments, after those that are there", "[format]") {
  check_completion(R"(
model A {
  id  Int @id
  b   B   @relation(onDelete: Cascade, fields: [bId])
  bId Int
  c   C   @relation("x")
  d   D   @relation( )
}
model B {
  id Int @id
  as A[]
}
model C {
  id Int @id
  as A[] @relation("x")
}
model D {
  id Int @id
  as A[]
}
)",
                   R"(
model A {
  id  Int @id
  b   B   @relation(onDelete: Cascade, fields: [bId], references: [id])
  bId Int
  c   C   @relation("x", fields: [cId], references: [id])
  d   D   @relation( )(fields: [dId], references: [id])
  cId Int
  dId Int
}

model B {
  id Int @id
  as A[]
}

model C {
  id Int @id
  as A[] @relation("x")
}

model D {
  id Int @id
  as A[]
}
)");
}

TEST_CASE("complete relations: a scalar field that is there is used, whatever its type", "[format]") {
  check_completion(R"(
model A {
  id  Int @id
  b   B
  bId String
}
model B {
  id Int @id
  as A[]
}
)",
                   R"(
model A {
  id  Int    @id
  b   B      @relation(fields: [bId], references: [id])
  bId String
}

model B {
  id Int @id
  as A[]
}
)");
}

TEST_CASE("complete relations: of two sides without arguments the required or first one gets them", "[format]") {
  check_completion(R"(
model A {
  id Int @id
  b  B?
}
model B {
  id Int @id
  a  A
}
)",
                   R"(
model A {
  id Int @id
  b  B?
}

model B {
  id  Int @id
  a   A   @relation(fields: [aId], references: [id])
  aId Int
}
)");
  check_completion(R"(
model B {
  id Int @id
  a  A?
}
model A {
  id Int @id
  b  B?
}
)",
                   R"(
model B {
  id Int @id
  a  A?
}

model A {
  id  Int  @id
  b   B?   @relation(fields: [bId], references: [id])
  bId Int?
}
)");
}

TEST_CASE("complete relations: optional and unsupported keys are not referenced", "[format]") {
  check_completion(R"(
model A {
  b B
}
model B {
  code Int?               @unique
  spot Unsupported("box") @unique
  as   A[]
}
)",
                   R"(
model A {
  b     B   @relation(fields: [bCode], references: [])
  bCode Int
}

model B {
  code Int?               @unique
  spot Unsupported("box") @unique
  as   A[]
}
)");
}

TEST_CASE("complete relations: names change case by their first letter, of any alphabet", "[format]") {
  check_completion(R"(
model Ärger {
  Über Int    @id
  weg  Жук[]
}
model Жук {
  id Int @id
}
)",
                   R"(
model Ärger {
  Über Int      @id
  weg   Жук[]
}

model Жук {
  id          Int     @id
  Ärger      Ärger? @relation(fields: [ärgerÜber], references: [Über])
  ärgerÜber Int?
}
)");
}

TEST_CASE("complete relations: a list as key is referenced all the same", "[format]") {
  check_completion(R"(
model A {
  id Int @id
  b  B   @relation(fields: [id])
  as Int[]
}
model B {
  ids Int[] @unique
  as  A[]
}
)",
                   R"(
model A {
  id Int   @id
  b  B     @relation(fields: [id], references: [ids])
  as Int[]
}

model B {
  ids Int[] @unique
  as  A[]
}
)");
}

TEST_CASE("complete relations: nothing is added to what is complete, or to many-to-many relations", "[format]") {
  constexpr std::string_view kComplete = R"(
model Post {
  id   Int   @id
  tags Tag[]
}

model Tag {
  id    Int    @id
  posts Post[]
}
)";
  check_completion(kComplete, kComplete);
}

TEST_CASE("complete relations: nothing is added while a declaration has an error by itself", "[format]") {
  constexpr std::string_view kBroken = R"(
model A {
  id Int @id
  b  B
}

model B {
  id   Int  @id
  what Nope
}
)";
  check_completion(kBroken, kBroken);
}

TEST_CASE("complete relations: nothing is added while names of the configuration clash", "[format]") {
  constexpr std::string_view kModels = R"(
model A {
  id Int @id
  b  B
}

model B {
  id Int @id
}
)";
  for (const char* head : {
           "\ngenerator g {\n  provider = \"x\"\n}\n\ngenerator g {\n  provider = \"y\"\n}\n",
           "\ndatasource Int {\n  provider = \"sqlite\"\n}\n",
           "\ngenerator g {\n  provider = \"x\"\n  provider = \"y\"\n}\n",
       }) {
    const std::string text = head + std::string(kModels);
    check_completion(text, text);
  }
}

TEST_CASE("complete relations: nothing is added while a header cannot be read", "[format]") {
  const std::string text =
      "\nenum Größe {\n  A\n}\n\nmodel A {\n  id Int @id\n  b  B\n}\n\nmodel B {\n  id Int @id\n}\n";
  check_completion(text, text, PrismaVersion::v5);
}

TEST_CASE("complete relations: an error in the datasource does not matter", "[format]") {
  check_completion(R"(
datasource db {
  provider = "nosuch"
}
model A {
  id Int @id
  b  B
}
model B {
  id Int @id
}
)",
                   R"(
datasource db {
  provider = "nosuch"
}

model A {
  id  Int @id
  b   B   @relation(fields: [bId], references: [id])
  bId Int
}

model B {
  id Int @id
  as A[]
}
)");
}

TEST_CASE("complete relations: each file gets its own part", "[format]") {
  const Files answer =
      completed({{"a.prisma", "model A {\n  id Int @id\n}\n"}, {"b.prisma", "model B {\n  id Int @id\n  as A[]\n}\n"}},
                PrismaVersion::v7);
  CHECK(answer[0].second ==
        "model A {\n  id  Int  @id\n  b   B?   @relation(fields: [bId], references: [id])\n  bId Int?\n}\n");
  CHECK(answer[1].second == "model B {\n  id Int @id\n  as A[]\n}\n");
}
