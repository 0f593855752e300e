#include "validation/check.h"

// Names in the database: of tables, columns, keys, indexes and foreign keys.
using refract::schema::PrismaVersion;
using refract::tests::check_diagnostics;

TEST_CASE("foreign keys that lists want count among the names of the whole database", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "mysql"
}
<duplicate-constraint-name><duplicate-constraint-name>model A {
  id Int @id
  <relation-without-opposite>bs B[] @relation("x")
</relation-without-opposite>  <relation-without-opposite>cs B[] @relation("y")
</relation-without-opposite>}</duplicate-constraint-name></duplicate-constraint-name>
model B {
  id Int @id
}
)");
}

TEST_CASE("foreign keys that lists want do not clash with the names of one table", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  <relation-without-opposite>b B @relation("x")
</relation-without-opposite>}
model B {
  id Int @id
  <relation-without-opposite>as A[]
</relation-without-opposite>}
)");
}

TEST_CASE("an ambiguous relation keeps the names after it from being compared", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "mysql"
}
model A {
  id Int @id
  <ambiguous-relation>b B
</ambiguous-relation>  c B
  @@index([id], map: "x")
  @@unique([id], map: "x")
}
model B {
  id Int @id
  as A[]
}
)");
}

TEST_CASE("a view's unique keys take names, and only the model's is marked", "[validation]") {
  check_diagnostics(R"(generator g {
  provider = "x"
  previewFeatures = ["views"]
}
model A {
  id Int @id
  n Int @unique(<duplicate-constraint-name>map: "n"</duplicate-constraint-name>)
}
view V {
  n Int <unique-argument-on-view>@unique(map: "n")</unique-argument-on-view>
}
)");
}

TEST_CASE("@@schema names its schema by `map` too", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "postgresql"
  schemas  = ["a", "b"]
}
model A {
  id Int @id
  @@map("T")
  @@schema(map: "a")
}
model T {
  id Int @id
  @@schema("b")
}
)");
}

TEST_CASE("an empty name in @@map is a name", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "mysql"
}
model A {
  id Int @id
  @@map("")
}
model B {
  id Int @id
  <duplicate-table>@@map("")</duplicate-table>
}
)");
}
