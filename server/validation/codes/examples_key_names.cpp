#include "validation/codes/examples.h"

// Shard keys, and names in the client and the database.
namespace refract::validation {

namespace {

using enum schema::Provider;

constexpr Example kExamples[] = {
    {"client-name-characters", R"(model Seat {
  id     Int @id
  row    Int
  number Int

  @@unique([row, number], name: "row-number")
}
)",
     R"(model Seat {
  id     Int @id
  row    Int
  number Int

  @@unique([row, number], name: "row_number_key", map: "row-number")
}
)"},
    {"client-name-is-field", R"(model Seat {
  id     Int    @id
  row    Int
  number Int
  place  String

  @@unique([row, number], name: "place")
}
)",
     R"(model Seat {
  id     Int    @id
  row    Int
  number Int
  place  String

  @@unique([row, number], name: "rowAndNumber")
}
)"},
    {"duplicate-client-name", R"(model Seat {
  id     Int @id
  row    Int
  number Int
  hall   Int

  @@unique([row, number], name: "seat")
  @@unique([hall, number], name: "seat")
}
)",
     R"(model Seat {
  id     Int @id
  row    Int
  number Int
  hall   Int

  @@unique([row, number], name: "rowSeat")
  @@unique([hall, number], name: "hallSeat")
}
)"},
    {"key-name-clash", R"(model Seat {
  id         Int @id
  row        Int
  number     Int
  row_number Int

  @@unique([row, number])
}
)",
     R"(model Seat {
  id       Int @id
  row      Int
  number   Int
  position Int @map("row_number")

  @@unique([row, number])
}
)"},
    {"key-name-unsupported", R"(model User {
  id Int @id(map: "user_key")
}
)",
     R"(model User {
  id Int @id
}
)",
     mysql},
    {"compound-id-unsupported", R"(model Seat {
  row    Int
  number Int

  @@id([row, number])
}
)",
     R"(model Seat {
  id     String @id @default(auto()) @map("_id") @db.ObjectId
  row    Int
  number Int

  @@unique([row, number])
}
)",
     mongodb},
    {"id-length-unsupported", R"(model Page {
  path String @id(length: 40)
}
)",
     R"(model Page {
  path String @id
}
)"},
    {"id-sort-unsupported", R"(model Page {
  number Int @id(sort: Desc)
}
)",
     R"(model Page {
  number Int @id
}
)"},
    {"bytes-in-id", R"(model Blob {
  hash Bytes @id
}
)",
     R"(model Blob {
  id   Int   @id
  hash Bytes
}
)",
     sqlserver},
    {"several-shard-keys", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["shardKeys"]
}

model Order {
  id     Int @id
  shop   Int @shardKey
  region Int @shardKey
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["shardKeys"]
}

model Order {
  id     Int @id
  shop   Int
  region Int

  @@shardKey([shop, region])
}
)",
     mysql},
    {"optional-shard-key", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["shardKeys"]
}

model Order {
  id   Int  @id
  shop Int? @shardKey
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["shardKeys"]
}

model Order {
  id   Int @id
  shop Int @shardKey
}
)",
     mysql},
    {"optional-shard-key-field", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["shardKeys"]
}

model Order {
  id     Int  @id
  shop   Int
  region Int?

  @@shardKey([shop, region])
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["shardKeys"]
}

model Order {
  id     Int @id
  shop   Int
  region Int

  @@shardKey([shop, region])
}
)",
     mysql},
    {"unknown-shard-key-field", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["shardKeys"]
}

model Order {
  id     Int @id
  shop   Int
  region Int

  @@shardKey([shop, area])
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["shardKeys"]
}

model Order {
  id     Int @id
  shop   Int
  region Int

  @@shardKey([shop, region])
}
)",
     mysql},
    {"relation-in-shard-key", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["shardKeys"]
}

model Order {
  id     Int  @id
  shopId Int
  shop   Shop @relation(fields: [shopId], references: [id])

  @@shardKey([id, shop])
}

model Shop {
  id     Int     @id
  orders Order[]
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["shardKeys"]
}

model Order {
  id     Int  @id
  shopId Int
  shop   Shop @relation(fields: [shopId], references: [id])

  @@shardKey([id, shopId])
}

model Shop {
  id     Int     @id
  orders Order[]
}
)",
     mysql},
    {"shard-key-unsupported", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["shardKeys"]
}

model Order {
  id   Int @id
  shop Int @shardKey
}
)",
     R"(model Order {
  id   Int @id
  shop Int

  @@index([shop])
}
)"},
    {"duplicate-constraint-name", R"(model User {
  id    Int    @id
  email String @unique(map: "email_key")
}

model Shop {
  id    Int    @id
  email String @unique(map: "email_key")
}
)",
     R"(model User {
  id    Int    @id
  email String @unique(map: "user_email_key")
}

model Shop {
  id    Int    @id
  email String @unique(map: "shop_email_key")
}
)"},
    {"database-name-too-long", R"(model User {
  id    Int    @id
  email String @unique(map: "an_index_over_the_mail_addresses_of_all_the_people_who_ever_signed_up")
}
)",
     R"(model User {
  id    Int    @id
  email String @unique(map: "user_email_key")
}
)"},
    {"duplicate-table", R"(model User {
  id Int @id

  @@map("people")
}

model Person {
  id Int @id

  @@map("people")
}
)",
     R"(model User {
  id Int @id

  @@map("users")
}

model Person {
  id Int @id

  @@map("people")
}
)"},
    {"duplicate-enum-type", R"(enum Role {
  USER

  @@map("kind")
}

enum Kind {
  BIG

  @@map("kind")
}
)",
     R"(enum Role {
  USER

  @@map("role")
}

enum Kind {
  BIG

  @@map("kind")
}
)"},
    {"key-on-view", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["views"]
}

view Total {
  shop  Int @id
  total Int
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["views"]
}

view Total {
  shop  Int @unique
  total Int
}
)"},
    {"unique-argument-on-view", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["views"]
}

view Total {
  shop  Int @unique(sort: Desc)
  total Int
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["views"]
}

view Total {
  shop  Int @unique
  total Int
}
)"},
    {"view-needs-preview", R"(generator client {
  provider = "prisma-client"
  output   = "../generated"
}

view Total {
  shop  Int @unique
  total Int
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["views"]
}

view Total {
  shop  Int @unique
  total Int
}
)"},
};

}  // namespace

std::span<const Example> key_name_examples() {
  return kExamples;
}

}  // namespace refract::validation
