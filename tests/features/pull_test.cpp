#include "features/migration/pull.h"

#include "catalog/parse/sql.h"
#include "features/fixture.h"
#include "migrate/diff/diff_options.h"
#include "migrate/wanted/schema_catalog.h"

using namespace refract;
using test::fixture;

namespace {

constexpr std::string_view kHeader = "datasource db {\n  provider = \"postgresql\"\n}\n";

catalog::Catalog database(std::string_view sql) {
  catalog::Catalog made = catalog::Catalog::empty();
  const catalog::ParsedSql parsed = catalog::parse_sql(sql);
  REQUIRE(parsed.errors.empty());
  CHECK(catalog::replay(parsed.steps, made).empty());
  return made;
}

catalog::Catalog database_of(std::string_view schema) {
  const auto made = fixture(std::string(kHeader) + std::string(schema));
  return database(
      migrate::render_sql(migrate::plan(catalog::Catalog::empty(), migrate::catalog_of(*made.snapshot), {})));
}

// The schema (without its datasource) after pulling.
std::string pulled(std::string_view schema, const catalog::Catalog& catalog) {
  const auto made = fixture(std::string(kHeader) + std::string(schema));
  const auto answer = features::pull(*made.snapshot, catalog);
  INFO((answer ? "" : answer.error().message));
  REQUIRE(answer);
  const auto& result = *answer;
  if (result.files.empty()) {
    CHECK(result.changes.empty());
    return std::string(schema);
  }
  REQUIRE(result.files.size() == 1);
  CHECK(!result.changes.empty());
  CHECK(result.files[0].text.starts_with(kHeader));
  std::string text = result.files[0].text.substr(kHeader.size());
  // What was pulled asks for nothing any more.
  const auto again = fixture(result.files[0].text);
  const auto second = features::pull(*again.snapshot, catalog);
  REQUIRE(second);
  CHECK(second->files.empty());
  CHECK(migrate::plan(catalog, migrate::catalog_of(*again.snapshot), migrate::diff_options(*again.snapshot)).empty());
  return text;
}

}  // namespace

TEST_CASE("pull: into an empty schema", "[pull]") {
  CHECK(pulled("", database(R"(
CREATE TYPE "Role" AS ENUM ('ADMIN', 'guest-user');
CREATE TABLE "User" ("id" SERIAL PRIMARY KEY, "email" VARCHAR(255) NOT NULL UNIQUE, "first name" TEXT,
  "role" "Role" NOT NULL DEFAULT 'guest-user', "tags" TEXT[] DEFAULT ARRAY['a', 'b']::TEXT[],
  "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "day" DATE, "amount" DECIMAL(10,2) DEFAULT 1.50,
  "search" tsvector, "data" JSONB DEFAULT '{"a": 1}');
CREATE TABLE "Post" ("id" INTEGER NOT NULL, "author_id" INTEGER NOT NULL, "editor_id" INTEGER,
  CONSTRAINT "mine" PRIMARY KEY ("id"),
  CONSTRAINT "Post_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "Post_editor_id_fkey" FOREIGN KEY ("editor_id") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE);
CREATE INDEX "Post_author_id_idx" ON "Post"("author_id" DESC);
CREATE INDEX "kept" ON "Post" USING hash ("editor_id");
)")) == R"(
model Post {
  id                        Int   @id(map: "mine")
  author_id                 Int
  editor_id                 Int?
  User_Post_author_idToUser User  @relation("Post_author_idToUser", fields: [author_id], references: [id], onDelete: Cascade)
  User_Post_editor_idToUser User? @relation("Post_editor_idToUser", fields: [editor_id], references: [id])

  @@index([author_id(sort: Desc)])
  @@index([editor_id], map: "kept", type: Hash)
}

model User {
  id                        Int                      @id @default(autoincrement())
  email                     String                   @unique @db.VarChar(255)
  first_name                String?                  @map("first name")
  role                      Role                     @default(guest_user)
  tags                      String[]                 @default(["a", "b"])
  at                        DateTime                 @default(now())
  day                       DateTime?                @db.Date
  amount                    Decimal?                 @default(1.50) @db.Decimal(10, 2)
  search                    Unsupported("tsvector")?
  data                      Json?                    @default("{\"a\": 1}")
  Post_Post_author_idToUser Post[]                   @relation("Post_author_idToUser")
  Post_Post_editor_idToUser Post[]                   @relation("Post_editor_idToUser")
}

enum Role {
  ADMIN
  guest_user @map("guest-user")
}
)");
}

TEST_CASE("pull: self relations, one to one, and implicit many-to-many", "[pull]") {
  const std::string text = pulled("", database_of(R"(
model User {
  id       Int     @id
  bossId   Int?
  boss     User?   @relation("boss", fields: [bossId], references: [id])
  team     User[]  @relation("boss")
  profile  Profile?
  tags     Tag[]
}
model Profile {
  id     Int  @id
  userId Int  @unique
  user   User @relation(fields: [userId], references: [id])
}
model Tag {
  id    Int    @id
  users User[]
})"));
  CHECK(text.contains("  User       User?    @relation(\"UserToUser\", fields: [bossId], references: [id])\n"));
  CHECK(text.contains("  other_User User[]   @relation(\"UserToUser\")\n"));
  CHECK(text.contains("  Profile    Profile?\n"));
  CHECK(text.contains("  Tag        Tag[]\n"));
  CHECK(!text.contains("_TagToUser"));
}

TEST_CASE("pull: a database that is what the schema asks for changes nothing, however it is formatted", "[pull]") {
  const char* schema = R"(
// mine
model Account { // odd
  ident   Int @id @default(autoincrement()) @map("id") // key
  mail    String @unique   @map("email")
  changed DateTime @updatedAt
  code    String @default(uuid())
    letters Letter[] @relation("written")
  @@map("users")
}

enum Kind {
  A
    B @map("b")
}

model Letter {
  id Int @id
  by Account @relation("written", fields: [byId], references: [ident], onDelete: Cascade)
  byId Int
  kind Kind @default(B)
  @@index([byId], name: "for_client")
}
)";
  CHECK(pulled(schema, database_of(schema)) == schema);
}

TEST_CASE("pull: what differs is changed in place, comments, order and names kept", "[pull]") {
  const char* schema = R"(// head
model Account {
  ident Int    @id @map("id")
  /// spoken
  name  String // short
  gone  Int? // goes too
  old   Int?

  @@index([old])
  @@map("users")
}

/// kept
enum Kind {
  A
  B
}
)";
  const char* sql = R"(
CREATE TYPE "Kind" AS ENUM ('A', 'B', 'C');
CREATE TABLE "users" ("id" INTEGER NOT NULL PRIMARY KEY, "name" VARCHAR(20), "old" INTEGER, "fresh" BOOLEAN NOT NULL DEFAULT true);
CREATE UNIQUE INDEX "users_name_old_key" ON "users"("name", "old");
CREATE TABLE "letters" ("id" INTEGER NOT NULL PRIMARY KEY, "user_id" INTEGER NOT NULL,
  CONSTRAINT "letters_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE);
)";
  CHECK(pulled(schema, database(sql)) == R"(// head
model Account {
  ident   Int       @id @map("id")
  /// spoken
  name    String?   @db.VarChar(20) // short
  old     Int?
  fresh   Boolean   @default(true)
  letters letters[]

  @@unique([name, old])
  @@map("users")
}

/// kept
enum Kind {
  A
  B
  C
}

model letters {
  id      Int     @id
  user_id Int
  Account Account @relation(fields: [user_id], references: [ident])
}
)");
}

TEST_CASE("pull: a table that is gone takes its model and the relations to it", "[pull]") {
  CHECK(pulled("model User {\n  id    Int    @id\n  posts Post[]\n}\n\nmodel Post {\n  id     Int  @id\n  user   User "
               "@relation(fields: "
               "[userId], references: [id])\n  userId Int\n}\n",
               database("CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL PRIMARY KEY);")) ==
        "model User {\n  id Int @id\n}\n\n");
}

TEST_CASE("pull: names that a schema cannot have, and what it cannot say", "[pull]") {
  const std::string text = pulled("", database(R"(
CREATE TABLE "async" ("id" INTEGER NOT NULL PRIMARY KEY, "1st" INTEGER);
CREATE TABLE "open" ("a" INTEGER);
CREATE TABLE "checked" ("id" INTEGER NOT NULL PRIMARY KEY, CONSTRAINT "sane" CHECK ("id" > 0));
)"));
  CHECK(text.contains("model Renamedasync {"));
  CHECK(text.contains("@@map(\"async\")"));
  CHECK(text.contains("  st Int? @map(\"1st\")\n"));
  CHECK(text.contains("  @@ignore\n"));
  CHECK(text.contains("/// The table has CHECK constraints, which a schema cannot express: sane.\nmodel checked {"));
}

TEST_CASE("pull: a column whose name has no letter gets one", "[pull]") {
  const std::string text =
      pulled("", database("CREATE TABLE \"a\" (\"id\" INTEGER NOT NULL PRIMARY KEY, \"$$\" INTEGER, \"имя 2\" TEXT);"));
  CHECK(text.contains("\n  column   Int?    @map(\"$$\")\n"));
  CHECK(text.contains("\n  column_2 String? @map(\"имя 2\")\n"));
}

TEST_CASE("pull: enum values that no schema can have get a name and keep their place", "[pull]") {
  CHECK(pulled("", database(R"(
CREATE TYPE "grade" AS ENUM ('1', '2', 'ok', '401k', 'k', 'a b', 'a-b', '');
CREATE TABLE "t" ("id" INTEGER NOT NULL PRIMARY KEY, "g" "grade" DEFAULT '1', "l" "grade"[] DEFAULT ARRAY['2', 'a-b']::"grade"[]);
)")) == R"(
model t {
  id Int     @id
  g  grade?  @default(value_1)
  l  grade[] @default([value_2, a_b_2])
}

enum grade {
  value_1          @map("1")
  value_2          @map("2")
  ok
  value_401k       @map("401k")
  k
  a_b              @map("a b")
  a_b_2            @map("a-b")
  EMPTY_ENUM_VALUE @map("")
}
)");
}

TEST_CASE("pull: defaults that a schema cannot write as values", "[pull]") {
  const std::string text = pulled("", database(R"(
CREATE TABLE "t" ("id" INTEGER NOT NULL PRIMARY KEY, "a" DOUBLE PRECISION DEFAULT 'Infinity', "b" DECIMAL DEFAULT 'NaN',
  "c" REAL DEFAULT '-Infinity', "d" TEXT[] DEFAULT ARRAY['x', NULL], "e" INTEGER[] DEFAULT '{1,NULL}',
  "f" DOUBLE PRECISION DEFAULT 1e300, "g" DOUBLE PRECISION[] DEFAULT '{NaN}', "h" TEXT DEFAULT 'NULL',
  "i" TEXT[] DEFAULT '{"NULL"}');
)"));
  CHECK(text.contains(R"(@default(dbgenerated("'Infinity'::double precision")))"));
  CHECK(text.contains(R"(@default(dbgenerated("'NaN'::numeric")))"));
  CHECK(text.contains(R"(@default(dbgenerated("'-Infinity'::real")))"));
  CHECK(text.contains(R"(@default(dbgenerated("ARRAY['x', NULL]::TEXT[]")))"));
  CHECK(text.contains(R"(@default(dbgenerated("ARRAY[1, NULL]::INTEGER[]")))"));
  CHECK(text.contains("  f  Float?   @default(dbgenerated("));
  CHECK(text.contains("  g  Float[]  @default(dbgenerated("));
  CHECK(text.contains(R"(  h  String?  @default("NULL"))"));
  CHECK(text.contains(R"(  i  String[] @default(["NULL"]))"));
}

TEST_CASE("pull: a generated column is none that the client fills, and is generated again", "[pull]") {
  const std::string text = pulled("", database(R"(
CREATE TABLE "t" ("id" INTEGER NOT NULL PRIMARY KEY, "email" TEXT NOT NULL,
  "low" TEXT NOT NULL GENERATED ALWAYS AS (lower("email")) STORED, "text" TEXT DEFAULT ('a' || 'b')::text,
  "maybe" INTEGER GENERATED ALWAYS AS ("id" * 2) STORED);
)"));
  CHECK(text.contains(R"(  low   String  @default(dbgenerated("lower)"));
  CHECK(text.contains("  maybe Int?    @default(dbgenerated(\""));
  CHECK(text.contains("/// The table has generated columns, which a schema cannot express: low, maybe.\nmodel t {"));
  const auto made = fixture(std::string(kHeader) + text);
  const std::string sql =
      migrate::render_sql(migrate::plan(catalog::Catalog::empty(), migrate::catalog_of(*made.snapshot), {}));
  CHECK(sql.contains("\"low\" TEXT NOT NULL GENERATED ALWAYS AS (lower("));
  CHECK(sql.contains("\"maybe\" INTEGER GENERATED ALWAYS AS ("));
  // "text" is a type there and no column.
  CHECK(sql.contains("\"text\" TEXT DEFAULT "));
}

TEST_CASE("pull: names that clash are distinct", "[pull]") {
  const std::string text = pulled("", database(R"(
CREATE TABLE "prefs" ("id" INTEGER NOT NULL PRIMARY KEY, "1_preference" TEXT, "2_preference" TEXT, "preference" TEXT);
CREATE TABLE "a b" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE "a_b" ("id" INTEGER NOT NULL PRIMARY KEY, "other" INTEGER REFERENCES "a b" ("id"), "public_a_b" TEXT);
CREATE TABLE "имя" ("имя" TEXT NOT NULL PRIMARY KEY);
CREATE TABLE "String" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE "user" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TYPE "prefs2" AS ENUM ('a');
)"));
  CHECK(text.contains("  preference          String?\n"));
  CHECK(text.contains("@map(\"1_preference\")\n"));
  CHECK(text.contains("@map(\"2_preference\")\n"));
  // Legal as it is, it keeps its name; so it has the same one where the other table comes later.
  CHECK(text.contains("model a_b {"));
  CHECK(text.contains("model public_a_b {"));
  CHECK(text.contains("@@map(\"имя\")\n"));
  CHECK(text.contains("model RenamedString {"));
  // prisma.user would be both.
  CHECK(text.contains("model user_2 {"));
}

TEST_CASE("pull: what a schema cannot express is left out and stays", "[pull]") {
  const std::string text = pulled("", database(R"(
CREATE TABLE "a" ("id" BIGINT NOT NULL PRIMARY KEY, "code" TEXT, "at" TIMESTAMP);
CREATE TABLE "b" ("id" INTEGER NOT NULL PRIMARY KEY, "a" INTEGER REFERENCES "a" ("id"));
CREATE INDEX "twice" ON "a" ("code", "code");
CREATE INDEX "half" ON "a" ("code") WHERE "code" <> '';
CREATE INDEX "with" ON "a" ("code") INCLUDE ("at");
CREATE UNIQUE INDEX "only" ON "a" ("code") INCLUDE ("at");
CREATE TABLE "nothing" ();
CREATE TYPE "empty" AS ENUM ();
)"));
  CHECK(!text.contains("twice"));
  CHECK(!text.contains("half"));
  CHECK(!text.contains("\"with\""));
  CHECK(text.contains("@unique(map: \"only\")"));
  CHECK(!text.contains("@relation"));
  CHECK(!text.contains("nothing"));
  CHECK(!text.contains("empty"));
}

TEST_CASE("pull: of tables with one name in two schemas both get the schema's, as Prisma does", "[pull]") {
  const catalog::Catalog both = database(R"(
CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE TABLE a."user" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE b."user" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE a."solo" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE a."x_y" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE a."x y" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE b."x y" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TYPE a."mood" AS ENUM ('x');
CREATE TYPE b."mood" AS ENUM ('x');
)");
  const std::string header =
      "datasource db {\n  provider = \"postgresql\"\n  schemas  = [\"a\", \"b\"]\n}\n\ngenerator client {\n  provider "
      "= "
      "\"prisma-client-js\"\n}\n";
  const auto text_of = [&](const std::string& models) {
    const auto made = fixture(header + models);
    const auto answer = features::pull(*made.snapshot, both);
    REQUIRE(answer);
    REQUIRE(answer->files.size() == 1);
    return answer->files[0].text;
  };
  const std::string fresh = text_of("");
  for (const char* name : {"model a_user {", "model b_user {", "model solo {", "model a_x_y {", "model a_x_y_2 {",
                           "model b_x_y {", "enum a_mood {", "enum b_mood {"}) {
    INFO(name << "\n" << fresh);
    CHECK(fresh.contains(name));
  }
  // The one that the schema has already keeps its name.
  const std::string known = text_of("\nmodel user {\n  id Int @id\n\n  @@schema(\"a\")\n}\n");
  CHECK(known.contains("model user {"));
  CHECK(known.contains("model b_user {"));
  CHECK(!known.contains("a_user"));
}

TEST_CASE("pull: a sentence for each kind of thing that a schema cannot express", "[pull]") {
  const auto made = fixture(std::string(kHeader));
  const auto answer = features::pull(*made.snapshot, database(R"(
CREATE TABLE "parent" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE "child" ("extra" INTEGER) INHERITS ("parent");
CREATE DOMAIN "size" AS integer;
CREATE SEQUENCE "own";
CREATE TABLE "t" ("id" INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "b" INTEGER NOT NULL GENERATED BY DEFAULT AS
  IDENTITY, "l" TEXT[] NOT NULL, "c" TEXT COLLATE "C", "d" "size", "g" INTEGER GENERATED ALWAYS AS (1 + 1) STORED,
  CONSTRAINT "sane" CHECK ("b" > 0), CONSTRAINT "late" UNIQUE ("d") DEFERRABLE);
CREATE INDEX "lowered" ON "t" (lower("c"));
CREATE VIEW "v" AS SELECT 1 AS a;
CREATE MATERIALIZED VIEW "m" AS SELECT 1 AS a;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER "tr" BEFORE INSERT ON "t" FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE "t" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "p" ON "t" USING (true);
CREATE TABLE "c1" ("id" INTEGER NOT NULL PRIMARY KEY, CONSTRAINT "k1" CHECK ("id" > 0), CONSTRAINT "k2" CHECK ("id" > 1),
  CONSTRAINT "k3" CHECK ("id" > 2), CONSTRAINT "k4" CHECK ("id" > 3), CONSTRAINT "k5" CHECK ("id" > 4));
CREATE SCHEMA other;
CREATE TABLE other."not_ours" ("id" INTEGER NOT NULL CHECK ("id" > 0));
)"));
  REQUIRE(answer);
  std::string text;
  for (const std::string& change : answer->changes) text += change + "\n";
  INFO(text);
  for (const char* sentence :
       {"A schema cannot express table inheritance: child from parent.",
        "A schema cannot express CHECK constraints: k1 of c1, k2 of c1, k3 of c1, k4 of c1, k5 of c1 and 1 more.",
        "A schema cannot express NOT NULL on array columns: l of t.",
        "A schema cannot express collations of columns: c of t (C).",
        "A schema cannot express generated columns: g of t.", "A schema cannot express row-level security: t.",
        "A schema cannot express policies: p of t.", "A schema cannot express triggers: tr of t.",
        "A schema cannot express functions: f.", "A schema cannot express domains: size.",
        "A schema cannot express sequences that no column owns: own.",
        "A schema cannot express: index lowered of t (an expression).",
        "An index is written without the options that a schema cannot express: late of t (DEFERRABLE).",
        "GENERATED ALWAYS AS IDENTITY is written as autoincrement(): id of t.",
        "GENERATED BY DEFAULT AS IDENTITY is written as autoincrement(): b of t.",
        "A column of a domain is written with the domain's base type: d of t.",
        "Views are not pulled (Prisma: preview feature views): v.", "Materialized views are not pulled: m.",
        "Prisma Client leaves out models without a unique key over required columns of supported types: child."}) {
    INFO(sentence);
    CHECK(std::ranges::find(answer->changes, sentence) != answer->changes.end());
  }
  CHECK(!text.contains("not_ours"));
}
