#include "features/refactoring_fixture.h"

using namespace refract;
using test::offers;
using test::on;
using test::refactored;

TEST_CASE("refactoring: selected fields move to a model of their own", "[refactoring]") {
  CHECK(refactored(on("postgresql", R"(model User {
  id    String @id @db.Uuid
  name  String
  // where
  <ref>city  String @map("town") // to
  zip   Int?</ref>
  other Int
}
)"),
                   "Move city, zip to a new model UserDetails") == on("postgresql", R"(model User {
  id      String       @id @db.Uuid
  name    String
  other   Int
  details UserDetails?
}

model UserDetails {
  userId String @id @db.Uuid
  // where
  city   String @map("town") // to
  zip    Int?
  user   User   @relation(fields: [userId], references: [id], onDelete: Cascade)
}
)"));
}

TEST_CASE("refactoring: selected fields move to a composite type on MongoDB alone", "[refactoring]") {
  constexpr std::string_view kBefore = R"(model User {
  id   String @id @map("_id")
  <ref>city String @default("x")
  zip  Int</ref>
}
)";
  CHECK(refactored(on("mongodb", kBefore), "Move city, zip to a composite type UserDetails") ==
        on("mongodb", R"(model User {
  id      String       @id @map("_id")
  details UserDetails?
}

type UserDetails {
  city String @default("x")
  zip  Int
}
)"));
  CHECK(refactored(on("mongodb", kBefore), "Move city, zip to a new model UserDetails") != "not offered");
  CHECK(!offers(on("postgresql", kBefore), "Move city, zip to a composite"));
}

TEST_CASE("refactoring: fields that something else names stay", "[refactoring]") {
  const auto moves = [](std::string_view field) {
    return offers("model A {\n  id Int @id\n  <ref>f " + std::string(field) + "</ref>\n  g Int\n}\n", "Move");
  };
  CHECK(moves("Int"));
  CHECK(!moves("Int @unique"));
  CHECK(!moves("Int\n  @@index([g, f])"));
  CHECK(!moves("Int\n  self A? @relation(\"s\", fields: [f], references: [id])\n  selves A[] @relation(\"s\")"));
  CHECK(!offers("model A {\n  id Int @id\n  f$0 Int\n}\n", "Move"));
  CHECK(!offers("model A {\n  <ref>id Int @id\n  f</ref> Int\n}\n", "Move"));
}
