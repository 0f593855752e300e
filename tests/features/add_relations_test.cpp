#include "features/add_relations.h"

#include <fmt/format.h>

#include "features/fixture.h"
#include "features/formatting.h"
#include "validation/core/diagnostic.h"

using namespace refract;
using test::fixture;

namespace {

// Added as the formatter adds it. Doing it again changes nothing, and there is no diagnostic that was not there.
void check(std::string_view text, std::string_view expected,
           schema::PrismaVersion version = schema::PrismaVersion::v7) {
  const auto made = fixture("//- /a.prisma\n" + std::string(text), version);
  const std::string once = text::apply_edits(made.files[0].second, features::formatting(*made.snapshot, 0, {}));
  CHECK(once == expected);
  const auto again = fixture("//- /a.prisma\n" + once, version);
  CHECK(features::formatting(*again.snapshot, 0, {}).empty());
  CHECK(validation::Analysis::run(again.snapshot)->diagnostics().size() <=
        validation::Analysis::run(made.snapshot)->diagnostics().size());
}

void check_unchanged(std::string_view text) {
  check(text, text);
}

}  // namespace

TEST_CASE("add relations: the missing side has a name that is free, and the relation's name", "[format]") {
  check(R"(model Task {
  id     Int    @id
  owner  Person @relation("owner", fields: [oId], references: [id])
  oId    Int
  author Person @relation("author", fields: [aId], references: [id])
  aId    Int
}

model Person {
  id Int @id
}
)",
        R"(model Task {
  id     Int    @id
  owner  Person @relation("owner", fields: [oId], references: [id])
  oId    Int
  author Person @relation("author", fields: [aId], references: [id])
  aId    Int
}

model Person {
  id          Int    @id
  tasks       Task[] @relation("owner")
  authorTasks Task[] @relation("author")
}
)");
  check(R"(model A {
  id  Int @id
  b   B   @relation(fields: [bId], references: [id])
  bId Int
}

model B {
  id Int @id
  as Int
}
)",
        R"(model A {
  id  Int @id
  b   B   @relation(fields: [bId], references: [id])
  bId Int
}

model B {
  id  Int @id
  as  Int
  bAs A[]
}
)");
}

TEST_CASE("add relations: several relations between two models get names", "[format]") {
  check(R"(model Task {
  id     Int     @id
  owner  Person
  author Person?
}

model Person {
  id Int @id
}
)",
        R"(model Task {
  id       Int     @id
  owner    Person  @relation("Task_owner", fields: [ownerId], references: [id])
  author   Person? @relation("Task_author", fields: [authorId], references: [id])
  ownerId  Int
  authorId Int?
}

model Person {
  id          Int    @id
  tasks       Task[] @relation("Task_owner")
  authorTasks Task[] @relation("Task_author")
}
)");
  check(R"(model Node {
  id     Int   @id
  parent Node?
}
)",
        R"(model Node {
  id       Int    @id
  parent   Node?  @relation("Node_parent", fields: [parentId], references: [id])
  nodes    Node[] @relation("Node_parent")
  parentId Int?
}
)");
}

TEST_CASE("add relations: the foreign key has the type, native type and style of what is there", "[format]") {
  check(R"(datasource db {
  provider = "postgresql"
}

model User {
  id        String @id @db.Uuid
  firstName String @map("first_name")
  posts     Post[]
}

model Post {
  id   Int  @id
  user User
}
)",
        R"(datasource db {
  provider = "postgresql"
}

model User {
  id        String @id @db.Uuid
  firstName String @map("first_name")
  posts     Post[]
}

model Post {
  id     Int    @id
  user   User   @relation(fields: [userId], references: [id])
  userId String @map("user_id") @db.Uuid
}
)");
}

TEST_CASE("add relations: the key is the field that has the relation's name", "[format]") {
  check(R"(model Code {
  id          String  @id
  createdBy   User?
  userId      String?
  createdById String?
}

model User {
  id    String @id
  codes Code[]
}
)",
        R"(model Code {
  id          String  @id
  createdBy   User?   @relation(fields: [createdById], references: [id])
  userId      String?
  createdById String?
}

model User {
  id    String @id
  codes Code[]
}
)");
  check(R"(model Post {
  id        Int @id
  author_id Int
  author    User
}

model User {
  id    Int    @id
  posts Post[]
}
)",
        R"(model Post {
  id        Int  @id
  author_id Int
  author    User @relation(fields: [author_id], references: [id])
}

model User {
  id    Int    @id
  posts Post[]
}
)");
}

TEST_CASE("add relations: a key that is there is used, whichever field is the other side", "[format]") {
  check(R"(model Code {
  id          String  @id
  user        User?
  createdBy   User?
  userId      String?
  createdById String?
}

model User {
  id    String @id
  codes Code[]
}
)",
        R"(model Code {
  id          String  @id
  user        User?   @relation(fields: [userId], references: [id])
  createdBy   User?   @relation(fields: [createdById], references: [id])
  userId      String?
  createdById String?
}

model User {
  id    String @id
  codes Code[]
}
)");
}

TEST_CASE("add relations: a one-to-one relation gets a unique key", "[format]") {
  check(R"(model User {
  id      Int      @id
  profile Profile?
}

model Profile {
  id   Int  @id
  user User
}
)",
        R"(model User {
  id      Int      @id
  profile Profile?
}

model Profile {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  userId Int  @unique
}
)");
}

TEST_CASE("add relations: a key of several fields", "[format]") {
  check(R"(model Line {
  id    Int   @id
  order Order
}

model Order {
  shop   Int
  number Int
  lines  Line[]

  @@id([shop, number])
}
)",
        R"(model Line {
  id          Int   @id
  order       Order @relation(fields: [orderShop, orderNumber], references: [shop, number])
  orderShop   Int
  orderNumber Int
}

model Order {
  shop   Int
  number Int
  lines  Line[]

  @@id([shop, number])
}
)");
}

TEST_CASE("add relations: nothing where it is not obvious what is meant", "[format]") {
  // Two fields here, one there.
  check_unchanged(R"(model Task {
  id     Int    @id
  owner  Person
  author Person
}

model Person {
  id    Int    @id
  tasks Task[]
}
)");
  // A field of the key's name has another type.
  check_unchanged(R"(model Post {
  id     Int    @id
  user   User
  userId String
}

model User {
  id    Int    @id
  posts Post[]
}
)");
  // Or another native type.
  check_unchanged(R"(model Post {
  id     Int    @id
  user   User
  userId String
}

model User {
  id    String @id @db.Uuid
  posts Post[]
}
)");
}

TEST_CASE("add relations: nothing while the names of several relations are being written", "[format]") {
  for (const bool on_key : {false, true}) {
    check_unchanged(fmt::format(R"(model User {{
  id       Int       @id
  sent     Message[]{}
  received Message[]
}}

model Message {{
  id     Int  @id
  from   User @relation({}fields: [fromId], references: [id])
  fromId Int
  to     User @relation(fields: [toId], references: [id])
  toId   Int
}}
)",
                                on_key ? "" : " @relation(\"sent\")", on_key ? "\"sent\", " : ""));
  }
  check_unchanged(R"(model Node {
  id       Int    @id
  friends  Node[] @relation("f")
  friendOf Node[]
}
)");
}

TEST_CASE("add relations: nothing that would have a diagnostic of its own", "[format]") {
  // The key is there, and rows may share it.
  check_unchanged(R"(model User {
  id      Int      @id
  profile Profile?
}

model Profile {
  id     Int  @id
  userId Int
  user   User
}
)");
  check_unchanged(R"(datasource db {
  provider = "sqlserver"
}

model Node {
  id     Int   @id
  parent Node?
}
)");
  // No id to refer to.
  check_unchanged(R"(model A {
  id Int @id
  b  B?  @relation("x")
}

model B {
  name String
  as   A[]
}
)");
}

TEST_CASE("add relations: an attribute without arguments gets them all at once", "[format]") {
  for (const std::string_view written : {"@relation", "@relation()", "@relation( )"}) {
    INFO(written);
    const auto made = fixture(fmt::format("model Node {{\n  id Int @id\n  parent Node? {}\n}}\n", written));
    const std::string once = text::apply_edits(made.files[0].second, features::formatting(*made.snapshot, 0, {}));
    CHECK(once.find("  parent   Node?  @relation(\"Node_parent\", fields: [parentId], references: [id]") !=
          std::string::npos);
  }
}

TEST_CASE("add relations: a key that has the name of what it refers to, or the relation's own", "[format]") {
  check(R"(model User {
  userId Int    @id
  posts  Post[]
}

model Post {
  postId     Int  @id
  userId     Int
  user       User
}
)",
        R"(model User {
  userId Int    @id
  posts  Post[]
}

model Post {
  postId Int  @id
  userId Int
  user   User @relation(fields: [userId], references: [userId])
}
)");
  check(R"(model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id         Int  @id
  created_by Int
  createdBy  User
}
)",
        R"(model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id         Int  @id
  created_by Int
  createdBy  User @relation(fields: [created_by], references: [id])
}
)");
}

TEST_CASE("add relations: the model that has the key by then is the one that refers", "[format]") {
  check(R"(model User {
  id      Int      @id
  profile Profile?
}

model Profile {
  id     Int @id
  userId Int @unique
}
)",
        R"(model User {
  id      Int      @id
  profile Profile?
}

model Profile {
  id     Int  @id
  userId Int  @unique
  user   User @relation(fields: [userId], references: [id])
}
)");
  check(R"(model User {
  id      Int      @id
  profile Profile?
}

model Profile {
  user_id Int @id
}
)",
        R"(model User {
  id      Int      @id
  profile Profile?
}

model Profile {
  user_id Int  @id
  user    User @relation(fields: [user_id], references: [id])
}
)");
}

TEST_CASE("add relations: a relation field that is called as its key is has none yet", "[format]") {
  for (const char* name : {"authorId", "author_id"}) {
    check_unchanged(fmt::format("model Post {{\n  id {0} Int  @id\n  {1} User\n}}\n\nmodel User {{\n  id Int @id\n}}\n",
                                std::string(std::string_view(name).size() - 3, ' '), name));
  }
}

TEST_CASE("add relations: references name the key that the given fields can refer to", "[format]") {
  check(R"(model User {
  id    Int    @id
  email String @unique
  posts Post[]
}

model Post {
  id          Int    @id
  authorEmail String
  author      User   @relation(fields: [authorEmail])
}
)",
        R"(model User {
  id    Int    @id
  email String @unique
  posts Post[]
}

model Post {
  id          Int    @id
  authorEmail String
  author      User   @relation(fields: [authorEmail], references: [email])
}
)");
  check_unchanged(R"(model User {
  a     Int
  b     String
  posts Post[]

  @@id([a, b])
}

model Post {
  id     Int    @id
  x      String
  y      Int
  author User   @relation(fields: [x, y])
}
)");
}
