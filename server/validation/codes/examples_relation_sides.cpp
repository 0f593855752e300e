#include "validation/codes/examples.h"

// Relations: both sides together.
namespace refract::validation {

namespace {

using enum schema::Provider;

constexpr Example kExamples[] = {
    {"relation-arguments-on-list", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id])
}

model User {
  id     Int    @id
  postId Int
  posts  Post[] @relation(fields: [postId], references: [id])
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
    {"relation-arguments-split", R"(model Profile {
  id     Int  @id
  userId Int  @unique
  user   User @relation(fields: [userId])
}

model User {
  id      Int      @id
  profile Profile? @relation(references: [id])
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
    {"relation-arguments-on-optional-side", R"(model Profile {
  id   Int  @id
  user User
}

model User {
  id        Int      @id
  profileId Int?     @unique
  profile   Profile? @relation(fields: [profileId], references: [id])
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
    {"relation-fields-twice", R"(model Profile {
  id     Int  @id
  userId Int  @unique
  user   User @relation(fields: [userId], references: [id])
}

model User {
  id        Int      @id
  profileId Int?     @unique
  profile   Profile? @relation(fields: [profileId], references: [id])
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
    {"relation-references-twice", R"(model Profile {
  id     Int  @id
  userId Int  @unique
  user   User @relation(fields: [userId], references: [id])
}

model User {
  id      Int      @id
  profile Profile? @relation(references: [id])
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
    {"relation-actions-twice", R"(model Profile {
  id     Int  @id
  userId Int  @unique
  user   User @relation(fields: [userId], references: [id], onDelete: Cascade)
}

model User {
  id      Int      @id
  profile Profile? @relation(onDelete: Cascade)
}
)",
     R"(model Profile {
  id     Int  @id
  userId Int  @unique
  user   User @relation(fields: [userId], references: [id], onDelete: Cascade)
}

model User {
  id      Int      @id
  profile Profile?
}
)"},
    {"relation-actions-misplaced", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id])
}

model User {
  id    Int    @id
  posts Post[] @relation(onDelete: Cascade)
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
    {"one-to-one-not-unique", R"(model Profile {
  id     Int  @id
  userId Int
  user   User @relation(fields: [userId], references: [id])
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
    {"one-to-one-back-required", R"(model Profile {
  id     Int  @id
  userId Int  @unique
  user   User @relation(fields: [userId], references: [id])
}

model User {
  id      Int     @id
  profile Profile
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
    {"ambiguous-relation", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id])
  editorId Int
  editor   User @relation(fields: [editorId], references: [id])
}

model User {
  id      Int    @id
  written Post[]
  edited  Post[]
}
)",
     R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation("author", fields: [authorId], references: [id])
  editorId Int
  editor   User @relation("editor", fields: [editorId], references: [id])
}

model User {
  id      Int    @id
  written Post[] @relation("author")
  edited  Post[] @relation("editor")
}
)"},
    {"empty-relation-name", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation("", fields: [authorId], references: [id])
}

model User {
  id    Int    @id
  posts Post[]
}
)",
     R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation("author", fields: [authorId], references: [id])
}

model User {
  id    Int    @id
  posts Post[] @relation("author")
}
)"},
    {"relation-on-scalar", R"(model Post {
  id       Int @id
  authorId Int @relation(references: [id])
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
    {"map-on-relation", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id]) @map("author_id")
}

model User {
  id    Int    @id
  posts Post[]
}
)",
     R"(model Post {
  id       Int  @id
  authorId Int  @map("author_id")
  author   User @relation(fields: [authorId], references: [id])
}

model User {
  id    Int    @id
  posts Post[]
}
)"},
    {"relation-map-unsupported", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id], map: "post_author")
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
)",
     sqlite},
    {"relation-to-ignored-model", R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id])
}

model User {
  id    Int
  posts Post[]

  @@unique([id])
  @@ignore
}
)",
     R"(model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id]) @ignore
}

model User {
  id    Int
  posts Post[]

  @@unique([id])
  @@ignore
}
)"},
};

}  // namespace

std::span<const Example> relation_side_examples() {
  return kExamples;
}

}  // namespace refract::validation
