#include "validation/codes/examples.h"

// Attributes and their arguments.
namespace refract::validation {

namespace {

using enum schema::Provider;

constexpr Example kExamples[] = {
    {"unknown-attribute", R"(model User {
  id    Int    @id
  email String @uniqe
}
)",
     R"(model User {
  id    Int    @id
  email String @unique
}
)"},
    {"duplicate-attribute", R"(model User {
  id    Int    @id
  email String @unique @unique
}
)",
     R"(model User {
  id    Int    @id
  email String @unique
}
)"},
    {"unknown-argument", R"(model User {
  id    Int    @id
  email String @unique(mapp: "users_email")
}
)",
     R"(model User {
  id    Int    @id
  email String @unique(map: "users_email")
}
)"},
    {"duplicate-argument", R"(model User {
  id    Int    @id
  email String @unique(map: "a", map: "b")
}
)",
     R"(model User {
  id    Int    @id
  email String @unique(map: "a")
}
)"},
    {"several-unnamed-arguments", R"(model User {
  id    Int    @id
  first String
  last  String

  @@index(first, last)
}
)",
     R"(model User {
  id    Int    @id
  first String
  last  String

  @@index([first, last])
}
)"},
    {"argument-named-and-unnamed", R"(model User {
  id   Int    @id
  name String @map("full_name", name: "full_name")
}
)",
     R"(model User {
  id   Int    @id
  name String @map("full_name")
}
)"},
    {"argument-without-value", R"(model User {
  id   Int    @id
  name String

  @@index(fields:)
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@index(fields: [name])
}
)"},
    {"missing-argument", R"(model User {
  id   Int    @id
  name String @map
}
)",
     R"(model User {
  id   Int    @id
  name String @map("full_name")
}
)"},
    {"empty-argument", R"(model User {
  id    Int    @id
  email String @unique(map: "")
}
)",
     R"(model User {
  id    Int    @id
  email String @unique
}
)"},
    {"wrong-value", R"(model User {
  id   Int    @id
  name String @map(full_name)
}
)",
     R"(model User {
  id   Int    @id
  name String @map("full_name")
}
)"},
    {"attribute-on-composite-field", R"(type Address {
  street String @unique
}

model User {
  id      String  @id @map("_id")
  address Address
}
)",
     R"(type Address {
  street String
}

model User {
  id      String  @id @map("_id")
  address Address

  @@unique([address.street])
}
)",
     mongodb},
    {"block-attribute-on-composite-type", R"(type Address {
  street String

  @@index([street])
}

model User {
  id      String  @id @map("_id")
  address Address
}
)",
     R"(type Address {
  street String
}

model User {
  id      String  @id @map("_id")
  address Address

  @@index([address.street])
}
)",
     mongodb},
    {"ignore-on-unsupported", R"(model Place {
  id   Int                      @id
  area Unsupported("box") @ignore
}
)",
     R"(model Place {
  id   Int                @id
  area Unsupported("box")
}
)"},
    {"ignore-in-ignored-model", R"(model Log {
  id   Int    @id
  text String @ignore

  @@ignore
}
)",
     R"(model Log {
  id   Int    @id
  text String

  @@ignore
}
)"},
    {"updated-at-type", R"(model User {
  id      Int    @id
  changed String @updatedAt
}
)",
     R"(model User {
  id      Int      @id
  changed DateTime @updatedAt
}
)"},
    {"updated-at-list", R"(model User {
  id      Int        @id
  changed DateTime[] @updatedAt
}
)",
     R"(model User {
  id      Int      @id
  changed DateTime @updatedAt
}
)"},
};

}  // namespace

std::span<const Example> attribute_examples() {
  return kExamples;
}

}  // namespace refract::validation
