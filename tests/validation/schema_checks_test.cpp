#include "validation/check.h"

using refract::tests::check_diagnostics;

TEST_CASE("stages: errors of local checks suppress the schema checks", "[validation]") {
  check_diagnostics(R"(<no-unique-criterion>model A {
  a Int
}</no-unique-criterion>
)");
  check_diagnostics(R"(model A {
  a <unknown-type>Itn</unknown-type>
}
)");
}

TEST_CASE("stages: warnings of local checks do not suppress the schema checks", "[validation]") {
  check_diagnostics(R"(generator g {
  provider = "x"
  previewFeatures = <deprecated-preview-feature>["tracing"]</deprecated-preview-feature>
}
<no-unique-criterion>model A {
  a Int
}</no-unique-criterion>
)");
}

TEST_CASE("relations: a side is missing", "[validation]") {
  check_diagnostics(R"(model Post {
  id Int @id
  authorId Int
  <relation-without-opposite>author User @relation(fields: [authorId], references: [id]) // who wrote it
</relation-without-opposite>}
model User {
  id Int @id
}
)");
}

TEST_CASE("relations: keys, types and uniqueness", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  bId String
  <one-to-one-not-unique><relation-field-type>b B @relation(fields: [bId], references: [id])
</relation-field-type></one-to-one-not-unique>}
model B {
  id Int @id
  a A?
}
)");
  check_diagnostics(R"(model A {
  id Int @id
  <relation-without-fields><relation-without-references>b B
</relation-without-references></relation-without-fields>}
model B {
  id Int @id
  as A[]
}
)");
}

TEST_CASE("relations: an ambiguous one ends the schema checks", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  x Int
  y Int
  <ambiguous-relation>b1 B @relation(fields: [x], references: [id])
</ambiguous-relation>  b2 B @relation(fields: [y], references: [id])
}
model B {
  id Int @id
  as A[]
}
model C {
  noId Int
}
)");
}

TEST_CASE("relations: without foreign keys an index is advised", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "mysql"
  relationMode = "prisma"
}
model A {
  id Int @id
  bId Int
  b B <relation-without-index>@relation(fields: [bId], references: [id])</relation-without-index>
}
model B {
  id Int @id
  as A[]
}
)");
}

TEST_CASE("native types: names, scalars, ranges", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  a String <unknown-native-type>@db.Txt</unknown-native-type>
  b Int <native-type-scalar>@db.Text</native-type-scalar>
  c DateTime <native-type-range>@db.Timestamp(7)</native-type-range>
  d Decimal <native-type-scale>@db.Decimal(2, 4)</native-type-scale>
  e String <native-type-prefix>@pg.Text</native-type-prefix>
}
)");
}

TEST_CASE("indexes: types and operator classes against fields", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id
  s String
  j Json
  @@index([j(ops: JsonbPathOps)], type: Gin)
  <index-type-field>@@index([s], type: Gin, map: "i1")</index-type-field>
  <operator-class-index-type>@@index([s(ops: TextOps)], type: Gist, map: "i2")</operator-class-index-type>
  <hash-index-sort>@@index([s(sort: Desc)], type: Hash)</hash-index-sort>
}
)");
}

// Both tables are called A, and so both primary keys A_pkey.
TEST_CASE("names in the database: two constraints, two tables", "[validation]") {
  check_diagnostics(R"(model A {
  id Int <duplicate-constraint-name>@id</duplicate-constraint-name>
  a Int @unique(<duplicate-constraint-name>map: "x"</duplicate-constraint-name>)
}
model B {
  id Int <duplicate-constraint-name>@id</duplicate-constraint-name>
  @@index([id], <duplicate-constraint-name>map: "x"</duplicate-constraint-name>)
  <duplicate-table>@@map("A")</duplicate-table>
}
)");
}

TEST_CASE("names in the database: a view has no keys, but takes their names", "[validation]") {
  check_diagnostics(R"(generator g {
  provider = "x"
  previewFeatures = ["views"]
}
model A {
  id Int <duplicate-constraint-name>@id</duplicate-constraint-name>
  s Int
}
view B {
  id Int <key-on-view>@id</key-on-view>
  s Int <unique-argument-on-view><unique-argument-on-view>@unique(map: "x", sort: Desc)</unique-argument-on-view></unique-argument-on-view>
  <duplicate-table>@@map("A")</duplicate-table>
}
)");
}

TEST_CASE("names in the database: no schema is another than one without a name", "[validation]") {
  check_diagnostics(R"(model A {
  id Int @id(map: "a")
  @@schema(<unknown-schema>""</unknown-schema>)
  @@map("B")
}
model B {
  id Int @id(map: "b")
}
)");
}

TEST_CASE("indexes: a native type that does not exist counts as none", "[validation]") {
  check_diagnostics(R"(model A {
  id String @id <unknown-native-type>@db.Nope</unknown-native-type>
  @@index([id], type: SpGist)
}
)");
}

TEST_CASE("models: a partial unique key identifies rows to Prisma", "[validation]") {
  check_diagnostics(R"(generator g {
  provider = "x"
  previewFeatures = ["partialIndexes"]
}
model A {
  a Int @unique(where: raw("a > 0"))
}
)");
}

TEST_CASE("providers: what each cannot do", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "sqlite"
}
model A {
  id Int @id
  <type-unsupported>tags String[]
</type-unsupported>  <autoincrement-off-id>n Int @unique @default(autoincrement())
</autoincrement-off-id>}
)");
}

TEST_CASE("providers: SQL Server refuses cascades in a circle", "[validation]") {
  check_diagnostics(R"(datasource db {
  provider = "sqlserver"
}
model A {
  id Int @id
  pId Int
  <self-relation-cascade>p A @relation("t", fields: [pId], references: [id], onDelete: Cascade)
</self-relation-cascade>  c A[] @relation("t")
}
)");
}

TEST_CASE("a valid schema has no diagnostics", "[validation]") {
  check_diagnostics(R"(generator client {
  provider = "prisma-client"
  output   = "../generated"
}
enum Role {
  USER
  ADMIN
}
model User {
  id        String   @id @default(cuid())
  email     String   @unique @db.VarChar(320)
  role      Role     @default(USER)
  createdAt DateTime @default(now()) @map("created_at")
  posts     Post[]
  tags      Tag[]
  @@index([createdAt(sort: Desc)])
  @@map("users")
}
model Post {
  id       Int    @id @default(autoincrement())
  title    String
  meta     Json?  @default("{}")
  authorId String
  author   User   @relation(fields: [authorId], references: [id], onDelete: Cascade)
  @@unique([authorId, title], name: "titles")
  @@index([meta(ops: JsonbPathOps)], type: Gin)
}
model Tag {
  name  String @id
  users User[]
}
)");
}
