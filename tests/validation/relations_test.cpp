#include "validation/check.h"

using refract::schema::PrismaVersion;
using refract::tests::check_diagnostics;

TEST_CASE("SetNull: what does not say which fields hold the key counts as required", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "sqlite"
}
model A {
  id Int @id
  <relation-without-fields><relation-without-references><set-null-on-required>b B? @relation(onUpdate: SetNull)
</set-null-on-required></relation-without-references></relation-without-fields>}
model B {
  id Int @id
  as A[]
}
)");
}

TEST_CASE("without `references` the types are held against the first key of required fields", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  bId Int
  <relation-field-type><relation-without-references>b B @relation(fields: [bId])
</relation-without-references></relation-field-type>}
model B {
  n Int? @unique
  s String @unique
  as A[]
}
)");
}

TEST_CASE("before a datasource is there, `references` keeps the order of the key", "[validation]") {
  const auto analysis = refract::tests::analyse(R"(model A {
  id Int @id
  x Int
  y Int
  b B @relation(fields: [x, y], references: [x, y])
}
model B {
  x Int
  y Int
  as A[]
  @@id([y, x])
}
)");
  REQUIRE(analysis->diagnostics().size() == 1);
  CHECK(analysis->diagnostics().front().code == refract::validation::Code("relation-references-order"));
}

TEST_CASE("MySQL: SetDefault is warned of even where a relation is ambiguous", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "mysql"
}
model A {
  id Int @id
  x Int
  <ambiguous-relation>b B[]
</ambiguous-relation>  c B? @relation(fields: [x], references: [id], <mysql-set-default>onDelete: SetDefault</mysql-set-default>)
}
model B {
  id Int @id
  as A[]
}
)");
}

TEST_CASE("SQL Server: two sides that both hold a key are a circle", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "sqlserver"
}
model A {
  id Int @id
  bId Int? @unique
  <self-relation-cascade>next A? @relation("n", fields: [nextId], references: [id])
</self-relation-cascade>  previous A? @relation("n")
  nextId Int? @unique
  <cascade-cycle><relation-fields-twice><relation-fields-twice><relation-references-twice><relation-references-twice>b B? @relation(fields: [bId], references: [id])
</relation-references-twice></relation-references-twice></relation-fields-twice></relation-fields-twice></cascade-cycle>}
model B {
  id Int @id
  aId Int? @unique
  <cascade-cycle><relation-fields-twice><relation-fields-twice><relation-references-twice><relation-references-twice>a A? @relation(fields: [aId], references: [id])
</relation-references-twice></relation-references-twice></relation-fields-twice></relation-fields-twice></cascade-cycle>}
)");
}

// The enum comes first, the model last: the model counts.
TEST_CASE("of several declarations with one name the last one counts", "[validation]") {
  check_diagnostics(R"(enum Role {
  USER
}
model User {
  id Int @id
  role Role <default-on-relation>@default(USER)</default-on-relation>
}
model <duplicate-name>Role</duplicate-name> {
  id Int @id
}
)");
}

TEST_CASE("a field that this version cannot read is not there for relations", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
model A {
  id Int @id
  <invalid-member>bId Int @unique(where: { id: 1 })
</invalid-member>  b B @relation(fields: <relation-unknown-field>[bId]</relation-unknown-field>, references: [id])
}
model B {
  id Int @id
  a A?
}
)",
                    PrismaVersion::v6);
}

TEST_CASE("many-to-many: none beside a view", "[validation]") {
  check_diagnostics(R"(generator g {
  provider = "x"
  previewFeatures = ["views"]
}
view V {
  id Int @unique
  <many-to-many-unsupported>as A[]
</many-to-many-unsupported>}
model A {
  id Int @id
  <many-to-many-unsupported><many-to-many-without-id>vs V[]
</many-to-many-without-id></many-to-many-unsupported>}
)");
}

// It is required, so nothing is set to null, and there is no circle.
TEST_CASE("cascades: a required relation over an optional field restricts deletion", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "sqlserver"
}
model A {
  id Int @id
  aId Int?
  <relation-required-over-optional>a A @relation("t", fields: [aId], references: [id], onUpdate: NoAction)
</relation-required-over-optional>  as A[] @relation("t")
}
)");
}

// The clash belongs to the relations of B, which come later.
TEST_CASE("one-to-one: a clash of foreign keys after it leaves the back side reported", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "mysql"
}
model A {
  id Int @id
  bId Int @unique
  b B @relation(fields: [bId], references: [id])
}
model B {
  id Int @id
  <one-to-one-back-required>a A
</one-to-one-back-required>  x Int
  y Int
  c C @relation("c", fields: [x], references: [id], <duplicate-constraint-name>map: "fk"</duplicate-constraint-name>)
  d C @relation("d", fields: [y], references: [id], <duplicate-constraint-name>map: "fk"</duplicate-constraint-name>)
}
model C {
  id Int @id
  cs B[] @relation("c")
  ds B[] @relation("d")
}
)");
}
