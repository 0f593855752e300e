#include "validation/codes/examples.h"

// Ids and unique keys.
namespace refract::validation {

namespace {

constexpr Example kExamples[] = {
    {"no-unique-criterion", R"(model User {
  email String
}
)",
     R"(model User {
  email String @unique
}
)"},
    {"several-ids", R"(model User {
  id    Int    @id
  email String @id
}
)",
     R"(model User {
  id    Int    @id
  email String @unique
}
)"},
    {"optional-id", R"(model User {
  id Int? @id
}
)",
     R"(model User {
  id Int @id
}
)"},
    {"optional-id-field", R"(model Seat {
  row    Int
  number Int?

  @@id([row, number])
}
)",
     R"(model Seat {
  row    Int
  number Int

  @@id([row, number])
}
)"},
    {"unknown-id-field", R"(model Seat {
  row    Int
  number Int

  @@id([row, seat])
}
)",
     R"(model Seat {
  row    Int
  number Int

  @@id([row, number])
}
)"},
    {"unknown-index-field", R"(model User {
  id   Int    @id
  name String

  @@index([fullName])
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@index([name])
}
)"},
    {"relation-in-id", R"(model Profile {
  userId Int  @unique
  user   User @relation(fields: [userId], references: [id])

  @@id([user])
}

model User {
  id      Int      @id
  profile Profile?
}
)",
     R"(model Profile {
  userId Int  @id
  user   User @relation(fields: [userId], references: [id])
}

model User {
  id      Int      @id
  profile Profile?
}
)"},
    {"relation-in-index", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id])

  @@index([author])
}

model User {
  id    Int    @id
  posts Post[]
}
)",
     R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id])

  @@index([authorId])
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"repeated-field", R"(model Seat {
  row    Int
  number Int

  @@id([row, row])
}
)",
     R"(model Seat {
  row    Int
  number Int

  @@id([row, number])
}
)"},
    {"empty-field-list", R"(model User {
  id   Int    @id
  name String

  @@index([])
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@index([name])
}
)"},
    {"id-on-relation", R"(model Profile {
  userId Int  @unique
  user   User @id @relation(fields: [userId], references: [id])
}

model User {
  id      Int      @id
  profile Profile?
}
)",
     R"(model Profile {
  userId Int  @id
  user   User @relation(fields: [userId], references: [id])
}

model User {
  id      Int      @id
  profile Profile?
}
)"},
    {"unique-on-relation", R"(model Profile {
  id     Int  @id
  userId Int
  user   User @unique @relation(fields: [userId], references: [id])
}

model User {
  id      Int      @id
  profile Profile?
}
)",
     R"(model Profile {
  id     Int  @id
  userId Int  @unique
  user   User @relation(fields: [userId], references: [id])
}

model User {
  id      Int      @id
  profile Profile?
}
)"},
    {"sort-order", R"(model User {
  id   Int    @id
  name String

  @@index([name(sort: Down)])
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@index([name(sort: Desc)])
}
)"},
};

}  // namespace

std::span<const Example> key_examples() {
  return kExamples;
}

}  // namespace refract::validation
