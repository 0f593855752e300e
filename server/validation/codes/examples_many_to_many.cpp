#include "validation/codes/examples.h"

// Referential actions, and many-to-many relations.
namespace refract::validation {

namespace {

using enum schema::Provider;

constexpr Example kExamples[] = {
    {"unknown-referential-action", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id], onDelete: Delete)
}

model User {
  id    Int    @id
  posts Post[]
}
)",
     R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id], onDelete: Cascade)
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"referential-action-unsupported", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id], onDelete: Restrict)
}

model User {
  id    Int    @id
  posts Post[]
}
)",
     R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id], onDelete: NoAction)
}

model User {
  id    Int    @id
  posts Post[]
}
)",
     sqlserver},
    {"set-null-on-required", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id], onDelete: SetNull)
}

model User {
  id    Int    @id
  posts Post[]
}
)",
     R"(model Post {
  id       Int   @id
  authorId Int?
  author   User? @relation(fields: [authorId], references: [id], onDelete: SetNull)
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"mysql-set-default", R"(model Post {
  id       Int  @id
  authorId Int  @default(1)
  author   User @relation(fields: [authorId], references: [id], onDelete: SetDefault)
}

model User {
  id    Int    @id
  posts Post[]
}
)",
     R"(model Post {
  id       Int  @id
  authorId Int  @default(1)
  author   User @relation(fields: [authorId], references: [id], onDelete: Restrict)
}

model User {
  id    Int    @id
  posts Post[]
}
)",
     mysql},
    {"relation-without-index", R"(datasource db {
  provider     = "mysql"
  relationMode = "prisma"
}

model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id])
}

model User {
  id    Int    @id
  posts Post[]
}
)",
     R"(datasource db {
  provider     = "mysql"
  relationMode = "prisma"
}

model Post {
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
    {"self-relation-cascade", R"(model Page {
  id       Int    @id
  parentId Int?
  parent   Page?  @relation("tree", fields: [parentId], references: [id])
  children Page[] @relation("tree")
}
)",
     R"(model Page {
  id       Int    @id
  parentId Int?
  parent   Page?  @relation("tree", fields: [parentId], references: [id], onDelete: NoAction, onUpdate: NoAction)
  children Page[] @relation("tree")
}
)",
     sqlserver},
    {"cascade-cycle", R"(model Shop {
  id      Int   @id
  ownerId Int   @unique
  owner   User  @relation("owner", fields: [ownerId], references: [id])
  staff   User? @relation("staff")
}

model User {
  id     Int   @id
  shopId Int   @unique
  shop   Shop  @relation("staff", fields: [shopId], references: [id])
  owns   Shop? @relation("owner")
}
)",
     R"(model Shop {
  id      Int   @id
  ownerId Int   @unique
  owner   User  @relation("owner", fields: [ownerId], references: [id], onDelete: NoAction, onUpdate: NoAction)
  staff   User? @relation("staff")
}

model User {
  id     Int   @id
  shopId Int   @unique
  shop   Shop  @relation("staff", fields: [shopId], references: [id])
  owns   Shop? @relation("owner")
}
)",
     sqlserver},
    {"several-cascade-paths", R"(model Comment {
  id     Int  @id
  postId Int
  post   Post @relation(fields: [postId], references: [id])
  userId Int
  user   User @relation(fields: [userId], references: [id])
}

model Post {
  id       Int       @id
  authorId Int
  author   User      @relation(fields: [authorId], references: [id])
  comments Comment[]
}

model User {
  id       Int       @id
  posts    Post[]
  comments Comment[]
}
)",
     R"(model Comment {
  id     Int  @id
  postId Int
  post   Post @relation(fields: [postId], references: [id])
  userId Int
  user   User @relation(fields: [userId], references: [id], onDelete: NoAction, onUpdate: NoAction)
}

model Post {
  id       Int       @id
  authorId Int
  author   User      @relation(fields: [authorId], references: [id])
  comments Comment[]
}

model User {
  id       Int       @id
  posts    Post[]
  comments Comment[]
}
)",
     sqlserver},
    {"many-to-many-unsupported", R"(model Post {
  id   String @id @map("_id")
  tags Tag[]
}

model Tag {
  id    String @id @map("_id")
  posts Post[]
}
)",
     R"(model Post {
  id     String   @id @map("_id")
  tagIds String[]
  tags   Tag[]    @relation(fields: [tagIds], references: [id])
}

model Tag {
  id      String   @id @map("_id")
  postIds String[]
  posts   Post[]   @relation(fields: [postIds], references: [id])
}
)",
     mongodb},
    {"many-to-many-without-id", R"(model Post {
  slug String
  lang String
  tags Tag[]

  @@id([slug, lang])
}

model Tag {
  id    Int    @id
  posts Post[]
}
)",
     R"(model Post {
  id   Int    @id
  slug String
  lang String
  tags Tag[]

  @@unique([slug, lang])
}

model Tag {
  id    Int    @id
  posts Post[]
}
)"},
    {"many-to-many-references", R"(model Post {
  id   Int    @id
  slug String @unique
  tags Tag[]
}

model Tag {
  id    Int    @id
  posts Post[] @relation(references: [slug])
}
)",
     R"(model Post {
  id   Int    @id
  slug String @unique
  tags Tag[]
}

model Tag {
  id    Int    @id
  posts Post[]
}
)"},
    {"many-to-many-actions", R"(model Post {
  id   Int   @id
  tags Tag[] @relation(onDelete: Restrict)
}

model Tag {
  id    Int    @id
  posts Post[]
}
)",
     R"(model Post {
  id   Int   @id
  tags Tag[]
}

model Tag {
  id    Int    @id
  posts Post[]
}
)"},
    {"many-to-many-keys", R"(model Post {
  id     String   @id @map("_id")
  tagIds String[]
  tags   Tag[]    @relation(references: [id])
}

model Tag {
  id      String   @id @map("_id")
  postIds String[]
  posts   Post[]   @relation(fields: [postIds], references: [id])
}
)",
     R"(model Post {
  id     String   @id @map("_id")
  tagIds String[]
  tags   Tag[]    @relation(fields: [tagIds], references: [id])
}

model Tag {
  id      String   @id @map("_id")
  postIds String[]
  posts   Post[]   @relation(fields: [postIds], references: [id])
}
)",
     mongodb},
    {"many-to-many-key-type", R"(model Post {
  id     String @id @map("_id")
  tagIds Int[]
  tags   Tag[]  @relation(fields: [tagIds], references: [id])
}

model Tag {
  id      String   @id @map("_id")
  postIds String[]
  posts   Post[]   @relation(fields: [postIds], references: [id])
}
)",
     R"(model Post {
  id     String   @id @map("_id")
  tagIds String[]
  tags   Tag[]    @relation(fields: [tagIds], references: [id])
}

model Tag {
  id      String   @id @map("_id")
  postIds String[]
  posts   Post[]   @relation(fields: [postIds], references: [id])
}
)",
     mongodb},
    {"mongodb-relation-native-type", R"(model Post {
  id       String @id @map("_id") @db.ObjectId
  authorId String
  author   User   @relation(fields: [authorId], references: [id])
}

model User {
  id    String @id @map("_id") @db.ObjectId
  posts Post[]
}
)",
     R"(model Post {
  id       String @id @map("_id") @db.ObjectId
  authorId String @db.ObjectId
  author   User   @relation(fields: [authorId], references: [id])
}

model User {
  id    String @id @map("_id") @db.ObjectId
  posts Post[]
}
)",
     mongodb},
};

}  // namespace

std::span<const Example> many_to_many_examples() {
  return kExamples;
}

}  // namespace refract::validation
