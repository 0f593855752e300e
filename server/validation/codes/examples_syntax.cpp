#include "validation/codes/examples.h"

// Syntax, names and types.
namespace refract::validation {

namespace {

using enum schema::Provider;

constexpr Example kExamples[] = {
    {"invalid-line", R"(User has many posts

model User {
  id Int @id
}
)",
     R"(// User has many posts

model User {
  id Int @id
}
)"},
    {"invalid-member", R"(model User {
  id Int @id
  name is String
}
)",
     R"(model User {
  id   Int    @id
  name String
}
)"},
    {"unknown-block", R"(model {
  id Int @id
}
)",
     R"(model User {
  id Int @id
}
)"},
    {"unterminated-block", R"(model User {
  id Int @id
)",
     R"(model User {
  id Int @id
}
)"},
    {"field-without-type", R"(model User {
  id   Int @id
  name
}
)",
     R"(model User {
  id   Int    @id
  name String
}
)"},
    {"legacy-required", R"(model User {
  id   Int     @id
  name String!
}
)",
     R"(model User {
  id   Int    @id
  name String
}
)"},
    {"legacy-list", R"(model User {
  id   Int      @id
  tags [String]
}
)",
     R"(model User {
  id   Int      @id
  tags String[]
}
)"},
    {"legacy-colon", R"(model User {
  id   Int    @id
  name: String
}
)",
     R"(model User {
  id   Int    @id
  name String
}
)"},
    {"optional-list", R"(model User {
  id   Int       @id
  tags String[]?
}
)",
     R"(model User {
  id   Int      @id
  tags String[]
}
)"},
    {"type-alias", R"(type Email = String @db.VarChar(320)

model User {
  id Int @id
}
)",
     R"(model User {
  id    Int    @id
  email String @db.VarChar(320)
}
)"},
    {"invalid-escape", R"(model User {
  id   Int    @id
  path String @default("C:\temp\data")
}
)",
     R"(model User {
  id   Int    @id
  path String @default("C:\\temp\\data")
}
)"},
    {"trailing-comma", R"(model User {
  id   Int @id
  rank Int @default(1,)
}
)",
     R"(model User {
  id   Int @id
  rank Int @default(1)
}
)"},
    {"name-starts-with-digit", R"(model User {
  id       Int    @id
  2faToken String
}
)",
     R"(model User {
  id             Int    @id
  twoFactorToken String @map("2faToken")
}
)"},
    {"name-with-hyphen", R"(model User {
  id         Int    @id
  first-name String
}
)",
     R"(model User {
  id        Int    @id
  firstName String @map("first-name")
}
)"},
    {"reserved-name", R"(model async {
  id Int @id
}
)",
     R"(model AsyncJob {
  id Int @id

  @@map("async")
}
)"},
    {"reserved-scalar-name", R"(model String {
  id Int @id
}
)",
     R"(model Text {
  id Int @id

  @@map("String")
}
)"},
    {"duplicate-name", R"(model Role {
  id Int @id
}

enum Role {
  ADMIN
}
)",
     R"(model Role {
  id Int @id
}

enum RoleKind {
  ADMIN
}
)"},
    {"duplicate-field", R"(model User {
  id   Int    @id
  name String
  name String
}
)",
     R"(model User {
  id       Int    @id
  name     String
  fullName String
}
)"},
    {"duplicate-column", R"(model User {
  id       Int    @id
  name     String
  fullName String @map("name")
}
)",
     R"(model User {
  id       Int    @id
  name     String
  fullName String @map("full_name")
}
)"},
    {"duplicate-enum-value", R"(enum Role {
  ADMIN
  ADMIN
}
)",
     R"(enum Role {
  ADMIN
  USER
}
)"},
    {"empty-enum", R"(enum Role {
}
)",
     R"(enum Role {
  USER
}
)"},
    {"unknown-type", R"(model User {
  id   Int    @id
  name string
}
)",
     R"(model User {
  id   Int    @id
  name String
}
)"},
    {"relation-in-composite-type", R"(type Address {
  city City
}

model City {
  id String @id @map("_id")
}
)",
     R"(type Address {
  city String
}

model City {
  id String @id @map("_id")
}
)",
     mongodb},
};

}  // namespace

std::span<const Example> syntax_examples() {
  return kExamples;
}

}  // namespace refract::validation
