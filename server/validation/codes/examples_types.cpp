#include "validation/codes/examples.h"

// Native types, types of a database, and MongoDB.
namespace refract::validation {

namespace {

using enum schema::Provider;

constexpr Example kExamples[] = {
    {"unknown-native-type", R"(model User {
  id   Int    @id
  name String @db.LongText
}
)",
     R"(model User {
  id   Int    @id
  name String @db.Text
}
)"},
    {"native-type-prefix", R"(model User {
  id   Int    @id
  name String @pg.Text
}
)",
     R"(model User {
  id   Int    @id
  name String @db.Text
}
)"},
    {"native-type-scalar", R"(model User {
  id   Int @id
  rank Int @db.Text
}
)",
     R"(model User {
  id   Int @id
  rank Int @db.SmallInt
}
)"},
    {"native-type-argument-count", R"(model User {
  id   Int    @id
  name String @db.VarChar(10, 20)
}
)",
     R"(model User {
  id   Int    @id
  name String @db.VarChar(20)
}
)"},
    {"native-type-argument", R"(model User {
  id   Int    @id
  name String @db.VarChar(-1)
}
)",
     R"(model User {
  id   Int    @id
  name String @db.VarChar(20)
}
)"},
    {"native-type-range", R"(model User {
  id   Int      @id
  born DateTime @db.Timestamp(9)
}
)",
     R"(model User {
  id   Int      @id
  born DateTime @db.Timestamp(6)
}
)"},
    {"native-type-scale", R"(model Item {
  id    Int     @id
  price Decimal @db.Decimal(4, 6)
}
)",
     R"(model Item {
  id    Int     @id
  price Decimal @db.Decimal(10, 2)
}
)"},
    {"native-type-not-id", R"(model Page {
  path String @id @db.Text
}
)",
     R"(model Page {
  path String @id @db.VarChar(200)
}
)",
     mysql},
    {"native-type-not-unique", R"(model Page {
  id   Int    @id
  path String @unique @db.Text
}
)",
     R"(model Page {
  id   Int    @id
  path String @unique @db.VarChar(200)
}
)",
     mysql},
    {"native-type-not-indexable", R"(model Page {
  id   Int    @id
  path String @db.Text

  @@index([path])
}
)",
     R"(model Page {
  id   Int    @id
  path String @db.Text

  @@index([path(length: 100)])
}
)",
     mysql},
    {"unsupported-is-supported", R"(model User {
  id   Int                 @id
  name Unsupported("Text")
}
)",
     R"(model User {
  id   Int    @id
  name String @db.Text
}
)"},
    {"type-unsupported", R"(model User {
  id   Int      @id
  tags String[]
}
)",
     R"(model User {
  id   Int  @id
  tags Json
}
)",
     sqlite},
    {"enum-unsupported", R"(model User {
  id   Int  @id
  role Role
}

enum Role {
  USER
}
)",
     R"(model User {
  id   Int    @id
  role String
}
)",
     sqlserver},
    {"composite-type-unsupported", R"(model User {
  id      Int     @id
  address Address
}

type Address {
  city String
}
)",
     R"(model User {
  id      Int  @id
  address Json
}
)"},
    {"empty-composite-type", R"(type Address {
}
)",
     R"(type Address {
  city String
}
)",
     mongodb},
    {"composite-type-cycle", R"(type Comment {
  text   String
  answer Comment
}
)",
     R"(type Comment {
  text   String
  answer Comment?
}
)",
     mongodb},
    {"mongodb-no-id", R"(model User {
  name String
}
)",
     R"(model User {
  id   String @id @default(auto()) @map("_id") @db.ObjectId
  name String
}
)",
     mongodb},
    {"mongodb-id-name", R"(model User {
  id String @id
}
)",
     R"(model User {
  id String @id @map("_id")
}
)",
     mongodb},
    {"mongodb-auto-type", R"(model User {
  id String @id @default(auto()) @map("_id")
}
)",
     R"(model User {
  id String @id @default(auto()) @map("_id") @db.ObjectId
}
)",
     mongodb},
    {"mongodb-auto-off-id", R"(model User {
  id  String @id @map("_id")
  ref String @default(auto()) @db.ObjectId
}
)",
     R"(model User {
  id  String @id @default(auto()) @map("_id") @db.ObjectId
  ref String @db.ObjectId
}
)",
     mongodb},
    {"mongodb-dbgenerated", R"(model User {
  id String @id @default(dbgenerated("x")) @map("_id")
}
)",
     R"(model User {
  id String @id @default(cuid()) @map("_id")
}
)",
     mongodb},
    {"mongodb-field-name", R"(model User {
  id   String @id @map("_id")
  name String @map("name.first")
}
)",
     R"(model User {
  id   String @id @map("_id")
  name String @map("first_name")
}
)",
     mongodb},
};

}  // namespace

std::span<const Example> type_examples() {
  return kExamples;
}

}  // namespace refract::validation
