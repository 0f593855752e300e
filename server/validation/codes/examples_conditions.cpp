#include "validation/codes/examples.h"

// Conditions of partial indexes.
namespace refract::validation {

namespace {

using enum schema::Provider;

constexpr Example kExamples[] = {
    {"partial-index-unsupported", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["partialIndexes"]
}

model User {
  id      Int     @id
  name    String
  deleted Boolean

  @@index([name], where: { deleted: false })
}
)",
     R"(model User {
  id      Int     @id
  name    String
  deleted Boolean

  @@index([name, deleted])
}
)",
     mysql},
    {"condition-form", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["partialIndexes"]
}

model User {
  id      Int     @id
  name    String
  deleted Boolean

  @@index([name], where: sql("deleted = false"))
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["partialIndexes"]
}

model User {
  id      Int     @id
  name    String
  deleted Boolean

  @@index([name], where: raw("deleted = false"))
}
)"},
    {"condition-empty", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["partialIndexes"]
}

model User {
  id   Int    @id
  name String

  @@index([name], where: raw(""))
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@index([name])
}
)"},
    {"condition-unknown-field", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["partialIndexes"]
}

model User {
  id      Int     @id
  name    String
  deleted Boolean

  @@index([name], where: { removed: false })
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["partialIndexes"]
}

model User {
  id      Int     @id
  name    String
  deleted Boolean

  @@index([name], where: { deleted: false })
}
)"},
    {"condition-relation-field", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["partialIndexes"]
}

model Post {
  id       Int    @id
  title    String
  authorId Int?
  author   User?  @relation(fields: [authorId], references: [id])

  @@index([title], where: { author: null })
}

model User {
  id    Int    @id
  posts Post[]
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["partialIndexes"]
}

model Post {
  id       Int    @id
  title    String
  authorId Int?
  author   User?  @relation(fields: [authorId], references: [id])

  @@index([title], where: { authorId: null })
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"condition-value", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["partialIndexes"]
}

model User {
  id   Int      @id
  name String
  born DateTime

  @@index([name], where: { born: now() })
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["partialIndexes"]
}

model User {
  id   Int      @id
  name String
  born DateTime

  @@index([name], where: { born: "2000-01-01T00:00:00Z" })
}
)"},
    {"condition-type", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["partialIndexes"]
}

model User {
  id      Int     @id
  name    String
  deleted Boolean

  @@index([name], where: { deleted: "no" })
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["partialIndexes"]
}

model User {
  id      Int     @id
  name    String
  deleted Boolean

  @@index([name], where: { deleted: false })
}
)"},
};

}  // namespace

std::span<const Example> condition_examples() {
  return kExamples;
}

}  // namespace refract::validation
