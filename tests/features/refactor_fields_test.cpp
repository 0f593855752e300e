#include "features/refactoring_fixture.h"

using namespace refract;
using test::offers;
using test::on;
using test::refactored;

namespace {

std::string with_field(std::string_view field) {
  return "model A {\n  id Int @id\n  f$0 " + std::string(field) + "\n}\n";
}

}  // namespace

TEST_CASE("refactoring: a field made optional and required", "[refactoring]") {
  CHECK(refactored("model A {\n  id Int    @id\n  b$0  String @unique\n}\n", "Make b optional") ==
        "model A {\n  id Int     @id\n  b  String? @unique\n}\n");
  CHECK(refactored("model A {\n  id Int     @id\n  b$0  String?\n}\n", "Make b required (fill") ==
        "model A {\n  id Int    @id\n  b  String\n}\n");
  CHECK(refactored("model A {\n  id Int     @id\n  b$0  String?\n}\n", "Make b required with the default \"\"") ==
        "model A {\n  id Int    @id\n  b  String @default(\"\")\n}\n");
  CHECK(refactored("enum E {\n  X\n}\n\nmodel A {\n  id Int @id\n  b$0  E?\n}\n", "Make b required with") ==
        "enum E {\n  X\n}\n\nmodel A {\n  id Int @id\n  b  E   @default(X)\n}\n");
}

TEST_CASE("refactoring: a relation changes arity with its scalars", "[refactoring]") {
  constexpr std::string_view kRequired =
      "model User {\n  id    Int    @id\n  posts Post[]\n}\n\nmodel Post {\n  id       Int  @id\n  author   User "
      "@relation(fields: "
      "[authorId], references: [id])\n  author$0Id Int\n}\n";
  constexpr std::string_view kOptional =
      "model User {\n  id    Int    @id\n  posts Post[]\n}\n\nmodel Post {\n  id       Int   @id\n  author   User? "
      "@relation(fields: "
      "[authorId], references: [id])\n  authorId Int?\n}\n";
  CHECK(refactored(kRequired, "Make author, authorId optional") == kOptional);
  std::string marked(kOptional);
  marked.insert(marked.find("author  "), "$0");
  std::string plain(kRequired);
  plain.erase(plain.find("$0"), 2);
  CHECK(refactored(marked, "Make author, authorId required") == plain);
}

TEST_CASE("refactoring: arity that has to stay", "[refactoring]") {
  CHECK(!offers("model A {\n  i$0d Int @id\n}\n", "Make"));
  CHECK(!offers("model A {\n  k$0 Int @unique\n}\n", "Make"));
  CHECK(!offers(with_field("Int[]"), "Make"));
  CHECK(!offers(with_field("Unknown?"), "Make"));
  CHECK(!offers(with_field("Bytes?"), "Make f required with"));
  CHECK(!offers(with_field("String? @unique"), "Make f required with"));
  CHECK(!offers(with_field("String? @default(\"x\")"), "Make f required with"));
  CHECK(
      !offers("model A {\n  id Int @id\n  b B? @relation(fields: [b$0Id], references: [id], onDelete: SetNull)\n  "
              "bId Int?\n}\nmodel B {\n  id Int @id\n  as A[]\n}\n",
              "Make b,"));
}

TEST_CASE("refactoring: the index that a foreign key lacks", "[refactoring]") {
  const std::string schema =
      "model User {\n  id    Int    @id\n  posts Post[]\n}\n\nmodel Post {\n  id       Int  @id\n  author   Us$0er "
      "@relation(fields: "
      "[authorId], references: [id])\n  authorId Int\n}\n";
  const std::string indexed =
      "model User {\n  id    Int    @id\n  posts Post[]\n}\n\nmodel Post {\n  id       Int  @id\n  author   User "
      "@relation(fields: "
      "[authorId], references: [id])\n  authorId Int\n\n  @@index([authorId])\n}\n";
  CHECK(refactored(on("postgresql", schema), "Add @@index([authorId])") == on("postgresql", indexed));
  CHECK(!offers(on("mysql", schema), "Add @@index"));
  CHECK(!offers(on("postgresql",
                   "model User {\n  id Int @id\n  posts Post[]\n}\nmodel Post {\n  id Int @id\n  author "
                   "Us$0er @relation(fields: [a], references: [id])\n  a Int\n  @@index([a, id])\n}\n"),
                "Add @@index"));
}

TEST_CASE("refactoring: all missing indexes of a model from its name", "[refactoring]") {
  CHECK(
      refactored(
          "model U {\n  id Int @id\n  a  P[] @relation(\"a\")\n  b  P[] @relation(\"b\")\n}\n\nmodel $0P {\n  id Int "
          "@id\n  "
          "a  U   @relation(\"a\", fields: [x], references: [id])\n  b  U   @relation(\"b\", fields: [y], references: "
          "[id])\n  x  Int\n  y  Int\n\n  @@map(\"p\")\n}\n",
          "Add the 2 missing") ==
      "model U {\n  id Int @id\n  a  P[] @relation(\"a\")\n  b  P[] @relation(\"b\")\n}\n\nmodel P {\n  id Int @id\n  "
      "a  U   "
      "@relation(\"a\", fields: [x], references: [id])\n  b  U   @relation(\"b\", fields: [y], references: [id])\n  x  "
      "Int\n  "
      "y  Int\n\n  @@index([x])\n  @@index([y])\n  @@map(\"p\")\n}\n");
}

TEST_CASE("refactoring: timestamps, named as the model names its fields", "[refactoring]") {
  CHECK(
      refactored("mod$0el A {\n  id Int @id\n\n  @@map(\"a\")\n}\n", "Add createdAt and updatedAt") ==
      "model A {\n  id        Int      @id\n  createdAt DateTime @default(now())\n  updatedAt DateTime @default(now()) "
      "@updatedAt\n\n  @@map(\"a\")\n}\n");
  CHECK(refactored("model $0A {\n  id       Int    @id\n  fullName String @map(\"full_name\")\n}\n", "Add createdAt") ==
        "model A {\n  id        Int      @id\n  fullName  String   @map(\"full_name\")\n  createdAt DateTime "
        "@default(now()) @map(\"created_at\")\n  updatedAt DateTime @default(now()) @updatedAt "
        "@map(\"updated_at\")\n}\n");
  CHECK(offers("model $0A {\n  id Int @id\n  user_name String\n  changed DateTime @updatedAt\n}\n", "Add created_at"));
  CHECK(!offers("model $0A {\n  id Int @id\n  createdAt Int\n  changed DateTime @updatedAt\n}\n", "Add created"));
}
