#include "validation/codes/examples.h"

// Relations: what one side says.
namespace refract::validation {

namespace {

using enum schema::Provider;

constexpr Example kExamples[] = {
    {"relation-without-opposite", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id])
}

model User {
  id Int @id
}
)",
     R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id])
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"relation-without-fields", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(references: [id])
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
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"relation-without-references", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId])
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
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"relation-unknown-field", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [author_id], references: [id])
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
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"relation-unknown-reference", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [userId])
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
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"relation-over-relation", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [author], references: [id])
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
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"relation-references-relation", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [posts])
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
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"relation-field-count", R"(model Ticket {
  id     Int  @id
  row    Int
  number Int
  seat   Seat @relation(fields: [row, number], references: [row])
}

model Seat {
  row     Int      @unique
  number  Int
  tickets Ticket[]

  @@id([row, number])
}
)",
     R"(model Ticket {
  id     Int  @id
  row    Int
  number Int
  seat   Seat @relation(fields: [row, number], references: [row, number])
}

model Seat {
  row     Int      @unique
  number  Int
  tickets Ticket[]

  @@id([row, number])
}
)"},
    {"relation-field-type", R"(model Post {
  id       Int    @id
  authorId String
  author   User   @relation(fields: [authorId], references: [id])
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
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"relation-references-not-unique", R"(model Post {
  id     Int    @id
  author String
  user   User   @relation(fields: [author], references: [email])
}

model User {
  id    Int    @id
  email String
  posts Post[]
}
)",
     R"(model Post {
  id     Int    @id
  author String
  user   User   @relation(fields: [author], references: [email])
}

model User {
  id    Int    @id
  email String @unique
  posts Post[]
}
)"},
    {"relation-references-order", R"(model Ticket {
  id     Int  @id
  row    Int
  number Int
  seat   Seat @relation(fields: [number, row], references: [number, row])
}

model Seat {
  row     Int
  number  Int
  tickets Ticket[]

  @@id([row, number])
}
)",
     R"(model Ticket {
  id     Int  @id
  row    Int
  number Int
  seat   Seat @relation(fields: [row, number], references: [row, number])
}

model Seat {
  row     Int
  number  Int
  tickets Ticket[]

  @@id([row, number])
}
)",
     sqlserver},
    {"relation-required-over-optional", R"(model Post {
  id       Int  @id
  authorId Int?
  author   User @relation(fields: [authorId], references: [id])
}

model User {
  id    Int    @id
  posts Post[]
}
)",
     R"(model Post {
  id       Int   @id
  authorId Int?
  author   User? @relation(fields: [authorId], references: [id])
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
};

}  // namespace

std::span<const Example> relation_examples() {
  return kExamples;
}

}  // namespace refract::validation
