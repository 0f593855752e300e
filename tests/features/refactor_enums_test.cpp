#include "features/refactoring_fixture.h"

using namespace refract;
using test::offers;
using test::on;
using test::refactored;

TEST_CASE("refactoring: a String field becomes an enum of its default", "[refactoring]") {
  CHECK(refactored(on("postgresql", R"(model Post {
  id     Int    @id
  st$0atus String @default("in progress") @db.VarChar(20) // state
}
)"),
                   "Turn status into") == on("postgresql", R"(model Post {
  id     Int    @id
  status Status @default(in_progress) // state
}

enum Status {
  in_progress @map("in progress")
}
)"));
}

TEST_CASE("refactoring: an enum's values from the comment of the line, its name free", "[refactoring]") {
  CHECK(refactored(on("postgresql", R"(model Post {
  id     Int      @id
  <ref>status</ref> String[] @default(["draft"]) // draft | published | 'gone'
}

model Status {
  id Int @id
}
)"),
                   "Turn status into") == on("postgresql", R"(model Post {
  id     Int          @id
  status PostStatus[] @default([draft]) // draft | published | 'gone'
}

enum PostStatus {
  draft
  published
  gone
}

model Status {
  id Int @id
}
)"));
}

TEST_CASE("refactoring: what no enum can represents stays a String", "[refactoring]") {
  const auto is_offered = [](std::string_view provider, std::string_view field) {
    return offers(on(provider, "model Post {\n  id Int @id\n  na$0me " + std::string(field) + "\n}\n"), "Turn name");
  };
  CHECK(is_offered("postgresql", "String?"));
  CHECK(is_offered("mysql", "String @unique"));
  CHECK(!is_offered("sqlserver", "String"));
  CHECK(!is_offered("postgresql", "Int"));
  CHECK(!is_offered("postgresql", "String @default(cuid())"));
  CHECK(!is_offered("postgresql", "String @default(\"\")"));
  CHECK(!is_offered("postgresql", "String @db.Uuid"));
  CHECK(!is_offered("postgresql", "String\n  @@index([name], type: Hash)"));
  CHECK(!is_offered("postgresql",
                    "String @unique\n  others Other[]\n}\nmodel Other {\n  id Int @id\n  post Post "
                    "@relation(fields: [n], references: [name])\n  n String"));
}

TEST_CASE("refactoring: an enum inlined in every file, by the database's names", "[refactoring]") {
  constexpr std::string_view kBefore = R"(//- /a.prisma
datasource db {
  provider = "postgresql"
}

/// Who
enum Ro$0le {
  ADMIN @map("the admin")
  GUEST
}

model User {
  id   Int  @id
  role Role @default(ADMIN)
}
//- /b.prisma
model Guest {
  id    Int    @id
  roles Role[] @default([GUEST, ADMIN])
}
)";
  constexpr std::string_view kAfter = R"(//- /a.prisma
datasource db {
  provider = "postgresql"
}

model User {
  id   Int    @id
  role String @default("the admin")
}
//- /b.prisma
model Guest {
  id    Int      @id
  roles String[] @default(["GUEST", "the admin"])
}
)";
  CHECK(refactored(kBefore, "Replace the enum Role by String") == kAfter);
}

TEST_CASE("refactoring: an enum at the file's end, CRLF kept, other blocks left alone", "[refactoring]") {
  CHECK(refactored("model User {\r\n  id Int @id\r\n  role Ro$0le\r\n}\r\n\r\nmodel  Other  {\r\n  id Int "
                   "@id\r\n}\r\n\r\nenum Role {\r\n  ADMIN\r\n}\r\n",
                   "Replace") ==
        "model User {\r\n  id   Int    @id\r\n  role String\r\n}\r\n\r\nmodel  Other  {\r\n  id Int @id\r\n}\r\n");
}

TEST_CASE("refactoring: nothing in a broken block, nor where an edit would reach into one", "[refactoring]") {
  CHECK(!offers("model User {\n  id Int @id\n  na$0me String\n  ???\n}\n", "Turn"));
  CHECK(!offers("enum Ro$0le {\n  A\n}\nmodel User {\n  id Int @id\n  role Role\n  ???\n}\n", "Replace"));
  CHECK(offers("model User {\n  id Int @id\n  na$0me String\n}\nmodel Broken {\n  ???\n}\n", "Turn"));
}
