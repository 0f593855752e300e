#include "features/rename.h"

#include "features/fixture.h"
#include "validation/core/diagnostic.h"

using namespace refract;
using features::DatabaseName;
using test::fixture;

namespace {

std::string renamed(std::string_view marked, const std::string& name, DatabaseName database = DatabaseName::keep,
                    schema::PrismaVersion version = schema::PrismaVersion::v7) {
  const auto made = fixture(marked, version);
  const auto edits = features::rename(*made.snapshot, made.cursor, name, database);
  return edits ? test::applied(made, *edits) : "refused: " + edits.error().message;
}

// Both texts may begin with a line break for looks.
void check_rename(std::string_view before, const std::string& name, std::string_view after,
                  DatabaseName database = DatabaseName::keep) {
  CHECK(renamed(before, name, database) == after.substr(after.starts_with('\n') ? 1 : 0));
}

constexpr std::string_view kField = "model A {\n  id Int @id\n  n$0ame String\n}\n";

}  // namespace

TEST_CASE("rename: a model in every file keeps its table", "[rename]") {
  check_rename(R"(
//- /a.prisma
/// User: "User"
model Us$0er {
  id    Int    @id // User
  posts Post[]
}
//- /b.prisma
model Post {
  id     Int   @id
  userId Int
  user   User? @relation("User", fields: [userId], references: [id])
}
)",
               "Person", R"(
//- /a.prisma
/// User: "User"
model Person {
  id    Int    @id // User
  posts Post[]

  @@map("User")
}
//- /b.prisma
model Post {
  id     Int   @id
  userId Int
  user   Person? @relation("User", fields: [userId], references: [id])
}
)");
}

TEST_CASE("rename: the database's name is kept once, or follows", "[rename]") {
  check_rename("model A$0 {\n  id Int @id\n\n  @@map(\"a\")\n}\n", "B",
               "model B {\n  id Int @id\n\n  @@map(\"a\")\n}\n");
  check_rename("model A$0 {\n  id Int @id\n\n  @@index([id])\n}\n", "B",
               "model B {\n  id Int @id\n\n  @@index([id])\n  @@map(\"A\")\n}\n");
  check_rename("model A$0 {\n    id Int @id\n\n}\n", "B", "model B {\n    id Int @id\n\n    @@map(\"A\")\n}\n");
  check_rename("/// a\nmodel A$0 {\n}\n", "B", "/// a\nmodel B {\n  @@map(\"A\")\n}\n");
  check_rename("model A$0 { // c\n  id Int @id\n\n  /// last\n}\n", "B",
               "model B { // c\n  id Int @id\n\n  @@map(\"A\")\n\n  /// last\n}\n");
  check_rename("model A$0 {\n  id Int @id // c\n  // last\n}\n", "B",
               "model B {\n  id Int @id // c\n  // last\n\n  @@map(\"A\")\n}\n");
  check_rename("model A$0 {\r\n  id Int @id\r\n}\r\n", "B", "model B {\r\n  id Int @id\r\n\r\n  @@map(\"A\")\r\n}\r\n");
  check_rename("model A$0 {\n  id Int @id\n}\n", "B", "model B {\n  id Int @id\n}\n", DatabaseName::follow);
  check_rename("type A$0 {\n  x Int\n}\nmodel M {\n  a A\n}\n", "B", "type B {\n  x Int\n}\nmodel M {\n  a B\n}\n");
}

TEST_CASE("rename: a field keeps its column, a relation has none", "[rename]") {
  check_rename(R"(
model User {
  i$0d    Int    @id // the id
  posts Post[]
  @@index([id(sort: Desc)])
}
model Post {
  id     Int  @id
  user   User @relation(fields: [id], references: [id])
}
)",
               "key", R"(
model User {
  key    Int    @id @map("id") // the id
  posts Post[]
  @@index([key(sort: Desc)])
}
model Post {
  id     Int  @id
  user   User @relation(fields: [id], references: [key])
}
)");
  check_rename("model A {\n  na$0me String @map(\"n\")\n}\n", "title", "model A {\n  title String @map(\"n\")\n}\n");
  check_rename("model A {\n  id Int @id\n  a$0s A[]\n}\n", "others", "model A {\n  id Int @id\n  others A[]\n}\n");
}

TEST_CASE("rename: an enum and its values with the defaults that name them", "[rename]") {
  check_rename(
      "enum Role {\n  ADMIN\n}\nmodel U {\n  id Int @id\n  r Role @default(ADM$0IN)\n  s String "
      "@default(\"ADMIN\")\n}\n",
      "BOSS",
      "enum Role {\n  BOSS @map(\"ADMIN\")\n}\nmodel U {\n  id Int @id\n  r Role @default(BOSS)\n  s String "
      "@default(\"ADMIN\")\n}\n");
  check_rename("enum Ro$0le {\n  ADMIN\n}\nmodel U {\n  r Role[] @default([ADMIN])\n}\n", "Rank",
               "enum Rank {\n  ADMIN\n\n  @@map(\"Role\")\n}\nmodel U {\n  r Rank[] @default([ADMIN])\n}\n");
}

TEST_CASE("rename: the table of an implicit many-to-many relation is kept", "[rename]") {
  check_rename(
      "model Po$0st {\n  id Int @id\n  tags Tag[]\n}\nmodel Tag {\n  id Int @id\n  posts Post[] @relation()\n}\n",
      "Article",
      "model Article {\n  id Int @id\n  tags Tag[] @relation(\"PostToTag\")\n\n  @@map(\"Post\")\n}\n"
      "model Tag {\n  id Int @id\n  posts Article[] @relation(\"PostToTag\")\n}\n");
}

TEST_CASE("rename: the schema that was valid stays valid and its database the same", "[rename]") {
  const auto before = fixture(R"(
datasource db {
  provider = "postgresql"
}
enum Role {
  ADMIN
}
model User {
  id    Int    @id
  role  Role   @default(ADMIN)
  posts Post[]
  tags  Tag[]
}
model Tag {
  id    Int    @id
  users User[]
}
model Post {
  id     Int  @id
  userId Int
  user   User @relation(fields: [userId], references: [id], onDelete: Cascade)

  @@unique([id, userId])
  @@index([userId])
}
)");
  const std::string& text = before.files[0].second;
  int renames = 0;
  for (text::Offset at = 0; at < text.size(); ++at) {
    const auto edits = features::rename(*before.snapshot, {0, at}, "Zebra");
    if (!edits) continue;
    ++renames;
    const auto after = fixture(test::applied(before, *edits));
    INFO(after.files[0].second);
    CHECK_FALSE(validation::Analysis::run(after.snapshot)->has_errors());
    for (std::size_t i = 0; i < before.snapshot->declarations().size(); ++i) {
      const schema::Declaration& old_one = *before.snapshot->declarations()[i];
      const schema::Declaration& new_one = *after.snapshot->declarations()[i];
      CHECK(old_one.database_name == new_one.database_name);
      REQUIRE(old_one.fields.size() == new_one.fields.size());
      for (std::size_t j = 0; j < old_one.fields.size(); ++j) {
        if (old_one.fields[j].is_stored()) CHECK(old_one.fields[j].database_name == new_one.fields[j].database_name);
      }
      for (std::size_t j = 0; j < old_one.values.size(); ++j)
        CHECK(old_one.values[j].database_name == new_one.values[j].database_name);
    }
  }
  CHECK(renames > 100);
}

TEST_CASE("rename: refused with the reason", "[rename]") {
  CHECK(renamed(kField, "id") == "refused: The name id is taken; choose another.");
  CHECK(renamed(kField, "").starts_with("refused: "));
  CHECK(renamed(kField, "1a").starts_with("refused: "));
  CHECK(renamed(kField, "a-b").starts_with("refused: "));
  CHECK(renamed(kField, "a b").starts_with("refused: "));
  CHECK(renamed(kField, "_a").starts_with("refused: "));
  CHECK(renamed(kField, "größe", DatabaseName::keep, schema::PrismaVersion::v5).starts_with("refused: "));
  CHECK(renamed(kField, "größe") == "model A {\n  id Int @id\n  größe String @map(\"name\")\n}\n");
  CHECK(renamed(kField, "class") == "model A {\n  id Int @id\n  class String @map(\"name\")\n}\n");
  CHECK(renamed("model A$0 {\n  id Int @id\n}\n", "class").starts_with("refused: "));
  CHECK(renamed("model A$0 {\n  id Int @id\n}\n", "String").starts_with("refused: "));
  CHECK(renamed("model A$0 {\n  id Int @id\n}\nenum B {\n  X\n}\n", "B").starts_with("refused: "));
  CHECK(renamed("mod$0el A {\n}\n", "B").starts_with("refused: "));
  CHECK(renamed("datasource db {\n  provider = \"mongodb\"\n}\nmodel A {\n  id String @id @map(\"_i$0d\")\n}\n", "id")
            .contains("always _id"));
  // A side on a line that is not read would keep the old name.
  CHECK(renamed("model A {\n  id Int @id\n  bs B[] @relation(\"r$0\")\n}\nmodel B {\n  id Int @id\n  aId Int\n"
                "  a A @relation(\"r\", fields: [aId], references: [id]\n}\n",
                "s") == "refused: A line with a syntax error in B names the relation r; correct that line first.");
  CHECK(renamed("model A {\n  id In$0t\n}\n", "B").starts_with("refused: "));
}

TEST_CASE("rename: prepare gives the word and its text", "[rename]") {
  const auto made = fixture(
      "model A {\n  id Int @id\n  bs B[]\n}\nmodel B {\n  id Int @id\n  a A @relation(fields: [id], references: "
      "[<ref>i$0d</ref>])\n}\n");
  const auto target = features::prepare_rename(*made.snapshot, made.cursor);
  REQUIRE(target);
  CHECK(target->range == made.ranges[0].range);
  CHECK(target->placeholder == "id");
  CHECK_FALSE(features::prepare_rename(*made.snapshot, {0, 0}));
}

namespace {

const std::string kPostgres = "datasource db {\n  provider = \"postgresql\"\n}\n";

// Refused while the database's names are kept, with the words in the message; allowed where they follow.
void check_kept_back(const std::string& marked, const std::string& name, const std::vector<std::string>& words) {
  INFO(marked);
  const std::string answer = renamed(marked, name);
  for (const std::string& word : words) CHECK(answer.contains(word));
  CHECK(answer.starts_with("refused: "));
  CHECK(!renamed(marked, name, DatabaseName::follow).starts_with("refused: "));
}

}  // namespace

TEST_CASE("rename: what would exchange the columns of a relation table is refused while the database is kept",
          "[rename]") {
  const std::string tags =
      "model Post {\n  id Int @id\n  tags Tag[]\n}\nmodel T$0ag {\n  id Int @id\n  posts Post[]\n}\n";
  check_kept_back(kPostgres + tags, "Label", {"_PostToTag", "relation PostToTag", "follow", "A and B"});
  CHECK(renamed(kPostgres + tags, "Topic").contains("@relation(\"PostToTag\")"));
  check_kept_back(kPostgres +
                      "model P$0ost {\n  id Int @id\n  tags Tag[] @relation(\"T\")\n  @@map(\"posts\")\n}\n"
                      "model Tag {\n  id Int @id\n  posts Post[] @relation(\"T\")\n}\n",
                  "Zine", {"_T", "relation T"});
  const std::string self =
      "model User {\n  id Int @id\n  foll$0owers User[] @relation(\"F\")\n  following User[] @relation(\"F\")\n}\n";
  check_kept_back(kPostgres + self, "zfollowers", {"_F", "relation F"});
  CHECK(!renamed(kPostgres + self, "fans").contains("refused"));
  // Other databases have the table too; MongoDB has none.
  check_kept_back("datasource db {\n  provider = \"mysql\"\n}\n" + tags, "Label", {"_PostToTag"});
  CHECK(!renamed("datasource db {\n  provider = \"mongodb\"\n}\n" + tags, "Label").contains("refused"));
  // One-to-many: no table.
  CHECK(!renamed(kPostgres +
                     "model Post {\n  id Int @id\n  tagId Int\n  tag Tag @relation(fields: [tagId], references: "
                     "[id])\n}\nmodel T$0ag {\n  id Int @id\n  posts Post[]\n}\n",
                 "Label")
             .contains("refused"));
}

TEST_CASE("rename: a relation's name on both sides, in all files", "[rename]") {
  check_rename(R"(
//- /a.prisma
model Q {
  id Int @id
  zs Z[] @relation("Q$0Z")
  other Z[] @relation("Other")
}
//- /b.prisma
model Z {
  id  Int @id
  qId Int
  oId Int
  q   Q   @relation(name: "QZ", fields: [qId], references: [id])
  o   Q   @relation("Other", fields: [oId], references: [id])
}
model Elsewhere {
  id  Int @id
  up  Int
  e   Elsewhere   @relation("QZ", fields: [up], references: [id])
  es  Elsewhere[] @relation("QZ")
}
)",
               "Owns \"it\"", R"(
//- /a.prisma
model Q {
  id Int @id
  zs Z[] @relation("Owns \"it\"")
  other Z[] @relation("Other")
}
//- /b.prisma
model Z {
  id  Int @id
  qId Int
  oId Int
  q   Q   @relation(name: "Owns \"it\"", fields: [qId], references: [id])
  o   Q   @relation("Other", fields: [oId], references: [id])
}
model Elsewhere {
  id  Int @id
  up  Int
  e   Elsewhere   @relation("QZ", fields: [up], references: [id])
  es  Elsewhere[] @relation("QZ")
}
)");
  const std::string two =
      "model A {\n  id Int @id\n  b B[] @relation(\"o$0ne\")\n  c B[] @relation(\"two\")\n}\n"
      "model B {\n  id Int @id\n  a A[] @relation(\"one\")\n  d A[] @relation(\"two\")\n}\n";
  check_kept_back(kPostgres + two, "three", {"_one", "relation one", "follow"});
  CHECK(renamed(two, "two").contains("taken"));
  CHECK(renamed(two, "").contains("not empty"));
}

TEST_CASE("rename: the datasource's name, names of schemas and names of the database", "[rename]") {
  check_rename(
      "datasource d$0b {\n  provider = \"postgresql\"\n}\nmodel A {\n  id String @id @db.Uuid\n  t String "
      "@db.VarChar(20)\n}\nview V {\n  i Int @unique @db.Integer\n}\n",
      "pg",
      "datasource pg {\n  provider = \"postgresql\"\n}\nmodel A {\n  id String @id @pg.Uuid\n  t String "
      "@pg.VarChar(20)\n}\nview V {\n  i Int @unique @pg.Integer\n}\n");
  check_rename("datasource db {\n  provider = \"postgresql\"\n}\ntype T {\n  s String @d$0b.Text\n}\n", "d",
               "datasource d {\n  provider = \"postgresql\"\n}\ntype T {\n  s String @d.Text\n}\n");
  check_rename(
      "datasource db {\n  schemas = [\"a\", \"b\"]\n}\nmodel M {\n  id Int @id\n  @@schema(\"$0a\")\n}\nenum E "
      "{\n  X\n  @@schema(map: \"a\")\n}\nmodel N {\n  id Int @id\n  @@schema(\"b\")\n}\n",
      "c",
      "datasource db {\n  schemas = [\"c\", \"b\"]\n}\nmodel M {\n  id Int @id\n  @@schema(\"c\")\n}\nenum E "
      "{\n  X\n  @@schema(map: \"c\")\n}\nmodel N {\n  id Int @id\n  @@schema(\"b\")\n}\n");
  for (const std::string_view cursors : {"$0a|a", "a|$0a"}) {
    const std::string list(cursors.substr(0, cursors.find('|')));
    const std::string extension(cursors.substr(cursors.find('|') + 1));
    check_rename("datasource db {\n  schemas = [\"" + list + "\"]\n  extensions = [citext, pg_trgm(schema: \"" +
                     extension + "\")]\n}\n",
                 "c", "datasource db {\n  schemas = [\"c\"]\n  extensions = [citext, pg_trgm(schema: \"c\")]\n}\n");
  }
  CHECK(renamed("datasource db {\n  schemas = [\"a$0\", \"b\"]\n}\n", "b").contains("taken"));
  CHECK(renamed("datasource d$0b {\n}\n", "2x").contains("not a valid name"));
  check_rename("model M {\n  id Int @id @map(\"m$0_id\")\n  x Int @map(\"x_\")\n\n  @@map(\"ms\")\n}\n", "mid",
               "model M {\n  id Int @id @map(\"mid\")\n  x Int @map(\"x_\")\n\n  @@map(\"ms\")\n}\n");
  check_rename("model M {\n  id Int @id\n\n  @@map(\"$0ms\")\n}\n", "all of them",
               "model M {\n  id Int @id\n\n  @@map(\"all of them\")\n}\n");
  check_rename("model M {\n  id Int @id(map: \"p$0k\")\n}\n", "m_pk", "model M {\n  id Int @id(map: \"m_pk\")\n}\n");
  check_rename("enum E {\n  A @map(\"a$0\")\n  B @map(\"b\")\n}\n", "c",
               "enum E {\n  A @map(\"c\")\n  B @map(\"b\")\n}\n");
  CHECK(renamed("enum E {\n  A @map(\"a$0\")\n  B @map(\"b\")\n}\n", "b").contains("taken"));
  CHECK(renamed("model M {\n  id Int @id @map(\"m$0\")\n  x Int @map(\"x_\")\n}\n", "x_").contains("taken"));
  // Other texts are no names.
  CHECK(renamed("model M {\n  id String @id @default(\"te$0xt\")\n}\n", "x").starts_with("refused"));
  CHECK(renamed("generator g {\n  provider = \"pri$0sma-client\"\n}\n", "x").starts_with("refused"));
  CHECK(renamed("model M {\n  id String @id @db.Te$0xt\n}\ndatasource db {\n}\n", "x").starts_with("refused"));
}
