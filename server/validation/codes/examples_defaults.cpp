#include "validation/codes/examples.h"

// Defaults and functions.
namespace refract::validation {

namespace {

using enum schema::Provider;

constexpr Example kExamples[] = {
    {"default-type", R"(model User {
  id   Int @id
  rank Int @default("1")
}
)",
     R"(model User {
  id   Int @id
  rank Int @default(1)
}
)"},
    {"default-boolean", R"(model User {
  id     Int     @id
  active Boolean @default(yes)
}
)",
     R"(model User {
  id     Int     @id
  active Boolean @default(true)
}
)"},
    {"default-content", R"(model User {
  id   Int      @id
  born DateTime @default("1 May 1990")
}
)",
     R"(model User {
  id   Int      @id
  born DateTime @default("1990-05-01T00:00:00Z")
}
)"},
    {"default-is-a-list", R"(model User {
  id   Int @id
  rank Int @default([1])
}
)",
     R"(model User {
  id   Int @id
  rank Int @default(1)
}
)"},
    {"default-not-a-list", R"(model User {
  id    Int   @id
  ranks Int[] @default(1)
}
)",
     R"(model User {
  id    Int   @id
  ranks Int[] @default([1])
}
)"},
    {"default-unknown-enum-value", R"(model User {
  id   Int  @id
  role Role @default(ADMIN)
}

enum Role {
  USER
}
)",
     R"(model User {
  id   Int  @id
  role Role @default(ADMIN)
}

enum Role {
  USER
  ADMIN
}
)"},
    {"default-function-type", R"(model User {
  id   Int    @id
  born String @default(now())
}
)",
     R"(model User {
  id   Int      @id
  born DateTime @default(now())
}
)"},
    {"default-on-relation", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id]) @default(1)
}

model User {
  id    Int    @id
  posts Post[]
}
)",
     R"(model Post {
  id       Int  @id
  authorId Int  @default(1)
  author   User @relation(fields: [authorId], references: [id])
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"default-on-unsupported", R"schema(model Place {
  id   Int                @id
  area Unsupported("box") @default("((0,0),(1,1))")
}
)schema",
     R"(model Place {
  id   Int                @id
  area Unsupported("box") @default(dbgenerated("'((0,0),(1,1))'::box"))
}
)"},
    {"default-on-composite", R"(model User {
  id      String  @id @map("_id")
  address Address @default("")
}

type Address {
  city String
}
)",
     R"(model User {
  id      String   @id @map("_id")
  address Address?
}

type Address {
  city String
}
)",
     mongodb},
    {"default-on-composite-field", R"(model User {
  id      String  @id @map("_id")
  address Address
}

type Address {
  key String @default(auto())
}
)",
     R"(model User {
  id      String  @id @map("_id")
  address Address
}

type Address {
  key String @default(cuid())
}
)",
     mongodb},
    {"composite-default-map", R"(model User {
  id      String  @id @map("_id")
  address Address
}

type Address {
  city String @default("", map: "city_default")
}
)",
     R"(model User {
  id      String  @id @map("_id")
  address Address
}

type Address {
  city String @default("")
}
)",
     mongodb},
    {"default-named-autoincrement", R"(model User {
  id Int @id @default(autoincrement(), map: "user_id")
}
)",
     R"(model User {
  id Int @id @default(autoincrement())
}
)",
     sqlserver},
    {"default-name-unsupported", R"(model User {
  id   Int @id
  rank Int @default(1, map: "user_rank")
}
)",
     R"(model User {
  id   Int @id
  rank Int @default(1)
}
)"},
    {"function-argument", R"(model User {
  id String @id @default(uuid(5))
}
)",
     R"(model User {
  id String @id @default(uuid(7))
}
)"},
    {"function-takes-no-argument", R"(model User {
  id   Int      @id
  born DateTime @default(now(1))
}
)",
     R"(model User {
  id   Int      @id
  born DateTime @default(now())
}
)"},
    {"unknown-function", R"(model User {
  id String @id @default(random())
}
)",
     R"schema(model User {
  id String @id @default(dbgenerated("gen_random_uuid()"))
}
)schema"},
    {"sequence-option", R"(model User {
  id Int @id @default(sequence(first: 10))
}
)",
     R"(model User {
  id Int @id @default(sequence(start: 10))
}
)",
     cockroachdb},
    {"auto-unsupported", R"(model User {
  id String @id @default(auto())
}
)",
     R"(model User {
  id String @id @default(cuid())
}
)"},
    {"autoincrement-unsupported", R"(model User {
  id Int @id @default(autoincrement()) @map("_id")
}
)",
     R"(model User {
  id String @id @default(auto()) @map("_id") @db.ObjectId
}
)",
     mongodb},
    {"autoincrement-int", R"(model User {
  id Int @id @default(autoincrement())
}
)",
     R"(model User {
  id BigInt @id @default(autoincrement())
}
)",
     cockroachdb},
    {"autoincrement-off-id", R"(model User {
  id     Int @id
  number Int @unique @default(autoincrement())
}
)",
     R"(model User {
  id     Int @id @default(autoincrement())
  number Int @unique
}
)",
     sqlite},
    {"autoincrement-unindexed", R"(model User {
  id     String @id
  number Int    @default(autoincrement())
}
)",
     R"(model User {
  id     String @id
  number Int    @default(autoincrement())

  @@index([number])
}
)",
     mysql},
    {"several-autoincrements", R"(model User {
  id     Int @id @default(autoincrement())
  number Int @unique @default(autoincrement())
}
)",
     R"(model User {
  id     Int @id @default(autoincrement())
  number Int @unique
}
)",
     mysql},
};

}  // namespace

std::span<const Example> default_examples() {
  return kExamples;
}

}  // namespace refract::validation
