#include "features/refactoring_fixture.h"

using namespace refract;
using test::offered;
using test::offers;
using test::on;
using test::refactored;

TEST_CASE("refactoring: a relation to another model, its names free", "[refactoring]") {
  CHECK(refactored(R"(model $0Post {
  id Int @id
}

model User {
  id    String @id @db.Uuid
  posts Int
}
)",
                   "Add a relation to User") == R"(model Post {
  id     Int     @id
  user   User?   @relation(fields: [userId], references: [id])
  userId String? @db.Uuid
}

model User {
  id     String @id @db.Uuid
  posts  Int
  posts2 Post[]
}
)");
}

TEST_CASE("refactoring: a second relation between two models gets a name", "[refactoring]") {
  CHECK(refactored(R"(model $0Post {
  id       Int  @id
  author   User @relation(fields: [authorId], references: [id])
  authorId Int
}

model User {
  id    Int    @id
  posts Post[]
}
)",
                   "Add a relation to User") == R"(model Post {
  id       Int   @id
  author   User  @relation(fields: [authorId], references: [id])
  authorId Int
  user     User? @relation("Post_user", fields: [userId], references: [id])
  userId   Int?
}

model User {
  id     Int    @id
  posts  Post[]
  posts2 Post[] @relation("Post_user")
}
)");
}

TEST_CASE("refactoring: a relation through the scalar that looks like its key", "[refactoring]") {
  CHECK(refactored("model Post {\n  id      Int @id\n  user$0_id Int @unique\n}\n\nmodel User {\n  id Int @id\n}\n",
                   "Add a relation to User through user_id") ==
        "model Post {\n  id      Int  @id\n  user_id Int  @unique\n  user    User @relation(fields: [user_id], "
        "references: [id])\n}\n\nmodel User {\n  id   Int   @id\n  post Post?\n}\n");
  CHECK(!offers("model Post {\n  id Int @id\n  user$0Id String\n}\nmodel User {\n  id Int @id\n}\n", "Add a rel"));
}

TEST_CASE("refactoring: of many models, only selected ones are offered for a relation", "[refactoring]") {
  std::string many = "model <ref>A {\n  id Int @id\n}\nmodel B</ref> {\n  id Int @id\n}\n";
  for (char name = 'C'; name < 'Z'; ++name) many += std::string("model ") + name + " {\n  id Int @id\n}\n";
  CHECK(offers(many, "Add a relation to B"));
  CHECK(!offers(many, "Add a relation to C"));
  std::string cursor = many;
  cursor.erase(cursor.find("<ref>"), 5);
  cursor.replace(cursor.find("</ref>"), 6, "$0");
  CHECK(!offers(cursor, "Add a relation"));
}

TEST_CASE("refactoring: one-to-many and one-to-one, there and back", "[refactoring]") {
  const std::string many = R"(model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  userId Int
}
)";
  const std::string one = R"(model User {
  id   Int   @id
  post Post?
}

model Post {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  userId Int  @unique
}
)";
  const auto at = [](std::string schema, std::string_view word) { return schema.insert(schema.find(word), "$0"); };
  CHECK(refactored(at(many, "Post[]"), "Make it a one-to-one") == one);
  CHECK(refactored(at(one, "User @rel"), "Make it a one-to-many") == many);
}

TEST_CASE("refactoring: a one-to-one relation over several fields, or over the only key", "[refactoring]") {
  CHECK(refactored(R"(model A {
  x  Int
  y  Int
  bs B$0[]

  @@id([x, y])
}

model B {
  id Int  @id
  a  A?   @relation(fields: [x, y], references: [x, y])
  x  Int?
  y  Int?
}
)",
                   "Make it a one-to-one") == R"(model A {
  x Int
  y Int
  b B?

  @@id([x, y])
}

model B {
  id Int  @id
  a  A?   @relation(fields: [x, y], references: [x, y])
  x  Int?
  y  Int?

  @@unique([x, y])
}
)");
  CHECK(
      !offers("model A {\n  id Int @id\n  b B$0?\n}\nmodel B {\n  a A @relation(fields: [aId], references: [id])\n  "
              "aId Int @id\n}\n",
              "Make it"));
}
