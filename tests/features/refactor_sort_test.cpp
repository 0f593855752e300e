#include "features/refactoring_fixture.h"

using namespace refract;
using test::offers;
using test::refactored;

TEST_CASE("refactoring: the blocks of a file sorted, comments along", "[refactoring]") {
  CHECK(refactored(R"(// the head

enum Role {
  USER
}

/// people
model $0User {
  id   Int  @id
  role Role
}

// about accounts

// right above
model Account {
  id Int @id
}

datasource db {
  provider = "postgresql"
}

// the end
)",
                   "Sort the blocks") == R"(// the head

datasource db {
  provider = "postgresql"
}

// about accounts

// right above
model Account {
  id Int @id
}

/// people
model User {
  id   Int  @id
  role Role
}

enum Role {
  USER
}

// the end
)");
  CHECK(refactored("model $0B {\r\n  id Int @id\r\n}\r\n\r\nmodel A {\r\n  id Int @id\r\n}", "Sort the blocks") ==
        "model A {\r\n  id Int @id\r\n}\r\n\r\nmodel B {\r\n  id Int @id\r\n}\r\n");
  CHECK(!offers("model $0A {\n  id Int @id\n}\n\nmodel B {\n  id Int @id\n}\n", "Sort the blocks"));
  CHECK(!offers("model $0B {\n  id Int @id\n}\n\nmodel A {\n  id Int @\n}\n", "Sort the blocks"));
}

TEST_CASE("refactoring: a comment after a closing brace is sorted with its block", "[refactoring]") {
  CHECK(refactored("model $0B {\n  id Int @id\n} // end of B\n\nmodel A {\n  id Int @id\n} /* end of A */\n",
                   "Sort the blocks") ==
        "model A {\n  id Int @id\n} /* end of A */\n\nmodel B {\n  id Int @id\n} // end of B\n");
  CHECK(refactored("model $0B {\n  id Int @id\n} // end of B\nmodel A {\n  id Int @id\n}\n", "Sort the blocks") ==
        "model A {\n  id Int @id\n}\nmodel B {\n  id Int @id\n} // end of B\n");
}
