#include "features/navigation.h"

#include "features/fixture.h"

using namespace refract;
using test::fixture;

namespace {

// All marked places are the symbol under the cursor and nothing else is; from each of them the same is found.
void check_references(std::string_view marked) {
  const auto made = fixture(marked);
  const auto symbol = features::symbol_at(*made.snapshot, made.cursor);
  REQUIRE(symbol);
  const auto found = features::references(*made.snapshot, *symbol, true);
  CHECK(test::shown(made, found) == test::shown(made, made.ranges));
  for (const schema::FileRange& at : made.ranges) {
    const auto again = features::symbol_at(*made.snapshot, {at.file, at.range.end});
    REQUIRE(again);
    CHECK(again->declared_at == symbol->declared_at);
    CHECK(again->referred_from == at);
  }
  const auto uses = features::references(*made.snapshot, *symbol, false);
  CHECK(uses.size() + 1 == found.size());
  CHECK(std::ranges::find(uses, symbol->declared_at) == uses.end());
}

// The text of the declaration and of its name; empty: none.
std::string defined(std::string_view marked) {
  const auto made = fixture(marked);
  const auto found = features::definition(*made.snapshot, made.cursor);
  if (!found) return {};
  CHECK(found->origin.touches(made.cursor.offset));
  return test::shown(made, {found->selection});
}

}  // namespace

TEST_CASE("references: of a model, in every file, not in comments and strings", "[navigation]") {
  check_references(R"(
//- /a.prisma
/// User is not meant here.
model <ref>Us$0er</ref> {
  id    Int    @id // User
  posts Post[] @relation("User")
  boss  <ref>User</ref>?  @relation("boss", fields: [id], references: [id])

  @@map("User")
}
//- /b.prisma
model Post {
  User <ref>User</ref> @relation("User", fields: [id], references: [id])
  id   Int  @id
}
model UserGroup {
  id Int @id
}
)");
}

TEST_CASE("references: of two models with one name, types mean the last", "[navigation]") {
  check_references(R"(
model <ref>Us$0er</ref> {
  id Int @id
}
model Post {
  user User
}
model User {
  id Int @id
}
)");
  check_references(R"(
model User {
  id Int @id
}
model Post {
  user <ref>User</ref>
}
model <ref>Us$0er</ref> {
  id Int @id
}
)");
}

TEST_CASE("references: of a type, in fields with an error of their own too", "[navigation]") {
  check_references(R"(
model <ref>Us$0er</ref> {
  id Int @id
}
model Post {
  first  <ref>User</ref> @relation(fields: [
  second <ref>User</ref>[]?
}
)");
}

TEST_CASE("references: of a field, in lists of its own model and of those that refer to it", "[navigation]") {
  check_references(R"(
model User {
  <ref>id</ref>   Int    @default(autoincrement())
  name String @map("id")
  kids User[] @relation("k")
  dad  User   @relation("k", fields: [dadId], references: [<ref>i$0d</ref>])
  dadId Int
  posts Post[]
  @@id([<ref>id</ref>, name])
  @@index(fields: [<ref>id</ref>(sort: Desc), name], map: "id")
}
model Post {
  id     Int  @id
  userId Int
  user   User @relation(fields: [userId], references: [<ref>id</ref>])
}
)");
}

TEST_CASE("references: words of an index that are no fields", "[navigation]") {
  check_references(R"(
model A {
  <ref>De$0sc</ref> Int
  raw Int
  id  Int @id
  @@index([id(sort: Desc), <ref>Desc</ref>(sort: Desc, ops: raw("Desc"))], type: Brin)
}
)");
  CHECK(defined("model A {\n  id Int @id\n  raw Int\n  @@index([id(ops: ra$0w(\"x\"))])\n}\n").empty());
}

TEST_CASE("references: keys of a partial index's condition", "[navigation]") {
  check_references(R"(
model A {
  id Int @id
  <ref>liv$0e</ref> Boolean
  @@index([id], where: { <ref>live</ref>: true, id: { not: 1 } })
}
)");
}

TEST_CASE("references: of an enum's value, in defaults of its own type alone", "[navigation]") {
  check_references(R"(
enum Role {
  <ref>ADMIN</ref> @map("ADMIN")
  USER
}
enum Other {
  ADMIN
}
model User {
  id    Int    @id
  role  Role   @default(<ref>AD$0MIN</ref>)
  roles Role[] @default([USER, <ref>ADMIN</ref>])
  other Other  @default(ADMIN)
  text  String @default("ADMIN")
}
)");
}

TEST_CASE("references: through composite types", "[navigation]") {
  check_references(R"(
datasource db {
  provider = "mongodb"
}
type Address {
  <ref>street</ref> String
}
model Shop {
  id      String  @id
  street  String
  address Address
  @@index([street, address.<ref>str$0eet</ref>, address.street2])
  @@unique([address.<ref>street</ref>(sort: Desc)])
}
)");
  check_references(R"(
type Address {
  street String
}
model Shop {
  id      String  @id
  <ref>address</ref> Address
  @@index([<ref>addr$0ess</ref>.street])
}
)");
}

TEST_CASE("references: on lines around one that does not parse", "[navigation]") {
  check_references(
      "model <ref>A</ref> {\r\n  id Int @id @@\r\n  größe <ref>$0A</ref>[]\r\n  x <ref>A</ref> @relation(\r\n}\r\n");
}

TEST_CASE("definition: where a name is declared", "[navigation]") {
  CHECK(defined("model A {\n  b B$0\n}\nmodel B {\n  id Int @id\n}\n") == "0:24-25=B");
  CHECK(defined("model A {\n  b $0Int\n}\n").empty());
  CHECK(defined("model A {\n  b Missi$0ng\n}\n").empty());
  CHECK(defined("// A$0\nmodel A {\n}\n").empty());
  CHECK(defined("$0").empty());
}

TEST_CASE("references: names in strings, and the datasource's before the dot", "[navigation]") {
  check_references(R"(
//- /a.prisma
model A {
  id Int @id
  bs B[] @relation("<ref>Re$0l</ref>")
  cs B[] @relation("Other")
}
//- /b.prisma
model B {
  id  Int @id
  a   A   @relation(name: "<ref>Rel</ref>", fields: [aId], references: [id])
  aId Int
  c   A   @relation("Other", fields: [aId], references: [id])
}
model C {
  id Int @id
  up C?  @relation("Rel", fields: [id], references: [id])
  cs C[] @relation("Rel")
}
)");
  check_references(R"(
//- /a.prisma
datasource db {
  provider = "postgresql"
  schemas  = ["<ref>auth</ref>", "base"]
}
//- /b.prisma
model A {
  id String @id @default("auth")
  @@schema("<ref>au$0th</ref>")
}
enum E {
  X
  @@schema("<ref>auth</ref>")
}
enum F {
  X
  @@schema("base")
}
)");
  check_references(R"(
//- /a.prisma
datasource <ref>d$0b</ref> {
  provider = "postgresql"
}
//- /b.prisma
model db {
  id String @id @<ref>db</ref>.Uuid @map("db")
  db Int    @<ref>db</ref>.SmallInt
  x  Int    @other.SmallInt
}
)");
}

TEST_CASE("definition: of names in strings", "[navigation]") {
  const std::string datasource = "datasource db {\n  schemas = [\"auth\"]\n}\n";
  CHECK(defined(datasource + "model A {\n  id Int @id\n  @@schema(\"au$0th\")\n}\n") == "0:30-34=auth");
  CHECK(defined(datasource + "model A {\n  id Int @id @d$0b.Integer\n}\n") == "0:11-13=db");
  CHECK(defined("model A {\n  id Int @id @map(\"a$0_id\")\n}\n") == "0:12-14=id");
  CHECK(defined("model A {\n  id Int @id\n  @@map(\"$0as\")\n}\n") == "0:6-7=A");
  CHECK(defined("enum E {\n  X @map(\"$0x\")\n}\n") == "0:11-12=X");
  CHECK(
      defined(
          "model A {\n  b B[] @relation(\"R$0\")\n}\nmodel B {\n  a A @relation(\"R\", fields: [x], references: [y])\n"
          "}\n") == "0:62-63=R");
  CHECK(defined("model A {\n  id String @default(\"x$0\")\n}\n").empty());
}
