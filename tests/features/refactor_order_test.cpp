#include "features/refactoring_fixture.h"

using namespace refract;
using test::offers;
using test::refactored;

TEST_CASE("refactoring: fields sorted in their groups, comments along", "[refactoring]") {
  CHECK(refactored(R"(model $0User {
  posts Post[]
  // the name
  name String // of the user
  id Int @id
  age Int

  zip Int
  city Int

  @@index([zip])
}

model Post {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  userId Int
}
)",
                   "Sort the fields of User") == R"(model User {
  id    Int    @id
  age   Int
  // the name
  name  String // of the user
  posts Post[]

  city Int
  zip  Int

  @@index([zip])
}

model Post {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  userId Int
}
)");
  CHECK(refactored("model $0A {\r\n  b Int\r\n  id Int @id\r\n}\r\n", "Sort") ==
        "model A {\r\n  id Int @id\r\n  b  Int\r\n}\r\n");
  CHECK(!offers("model $0A {\n  id Int @id\n  b Int\n}\n", "Sort"));
  CHECK(!offers("enum $0A {\n  C\n  B\n}\n", "Sort"));
}
