#include <algorithm>

#include "catalog/parse/sql.h"
#include "migrate/diff/describe.h"
#include "migrate/fixture.h"
#include "migrate/hazards/hazards.h"
#include "support/catch.h"

using refract::test::check_hazards;

TEST_CASE("hazards: a new table has none", "[migrate]") {
  check_hazards(R"(
model A {
  id Int @id
}
+model B {
+  id Int    @id
+  n  String @unique
+})",
                {});
}

TEST_CASE("hazards: dropped tables and columns, recreated columns", "[migrate]") {
  check_hazards(
      R"(
model A {
  id Int @id
-  gone String
-  s    String
+  s    Int
}
-model B {
-  id Int @id
-})",
      {"drop-column: Column A.gone is dropped with all its values.",
       "recreate-column: Column A.s is dropped and recreated as integer; its values are lost.",
       "required-column-without-default: Fails if A has rows: the new column s is required and has no default.",
       "drop-table: Table B is dropped with all its rows."});
}

TEST_CASE("hazards: what fails on rows", "[migrate]") {
  check_hazards(
      R"(
model A {
  id Int @id
-  n  Int?
-  u  Int
-  v  String
+  n  Int
+  u  Int @unique
+  v  String @db.VarChar(5)
+  r  String
+  d  String @default("x")
})",
      {"required-column-without-default: Fails if A has rows: the new column r is required and has no default.",
       "set-not-null: Fails if a row of A has NULL in n.",
       "risky-cast: Values of A.v that do not fit varchar(5) are truncated or make the statement fail.",
       "table-rewrite: Table A is rewritten: column v changes from text to varchar(5).",
       "new-unique: Fails if A has duplicates in u.",
       "index-blocks-writes: Writes to A wait while index A_u_key is built."});
}

TEST_CASE("hazards: a type change that keeps the stored bytes is none", "[migrate]") {
  check_hazards(R"(
model A {
  id Int @id
-  v  String @db.VarChar(5)
+  v  String
})",
                {});
}

TEST_CASE("hazards: foreign keys, but not over a new and empty column", "[migrate]") {
  check_hazards(
      R"(
model A {
  id Int @id
+  x B[] @relation("x")
+  y B[] @relation("y")
}
model B {
  id Int @id
  p  Int
+  q  Int?
+  x A @relation("x", fields: [p], references: [id])
+  y A? @relation("y", fields: [q], references: [id])
})",
      {"new-foreign-key: Fails if a row of B refers to a missing row of A by p; writes to both tables wait while the "
       "rows are checked."});
}

TEST_CASE("hazards: enums", "[migrate]") {
  check_hazards(R"(
enum E {
  A
-  B
}
enum F {
  A
+  B
}
model T {
  id Int @id
  e  E
-  f  F @default(A)
+  f  F @default(B)
})",
                // The new value, which is a default at once, comes in a transaction before.
                {"enum-value-removed: Fails if a row of T has B in e."});
}

TEST_CASE("hazards: a wider autoincrement() is written as PostgreSQL takes it, and rewrites its table", "[migrate]") {
  check_hazards(
      R"(
model A {
-  id Int @id @default(autoincrement())
+  id BigInt @id @default(autoincrement())
})",
      {"table-rewrite: Table A is rewritten: column id changes from integer to bigint."});
}

TEST_CASE("hazards: SQL written by hand has the same table", "[migrate]") {
  const auto before = refract::test::deployed("model A {\n  id Int @id\n}");
  const auto parsed = refract::catalog::parse_sql(R"(DELETE FROM "A";
CREATE INDEX CONCURRENTLY i ON "A"(id);
ALTER TABLE "A" RENAME TO "B";
ALTER TABLE "A" DROP COLUMN id;
DO $$ BEGIN EXECUTE 'DROP TABLE x'; END $$;)");
  std::vector<std::string> codes;
  for (const auto& hazard : refract::migrate::hazards(parsed.steps, before)) codes.emplace_back(hazard.code);
  // The last one: what EXECUTE is given is plain text, and there is no table x.
  CHECK(codes == std::vector<std::string>{"data-deleted", "rename-table", "drop-column", "will-fail", "drop-table",
                                          "opaque", "will-fail"});
}

TEST_CASE("hazards: what one statement does is judged as one", "[migrate]") {
  const auto before = refract::test::deployed(
      "model A {\n  id Int @id\n  b B[]\n}\nmodel B {\n  id Int @id\n  a A @relation(fields: [aId], references: [id])\n"
      "  aId Int\n}");
  const auto codes_of = [&](std::string_view sql) {
    const auto parsed = refract::catalog::parse_sql(sql);
    std::vector<std::string> codes;
    for (const auto& hazard : refract::migrate::hazards(parsed.steps, before)) codes.emplace_back(hazard.code);
    return codes;
  };
  CHECK(codes_of(R"(DROP TABLE "A", "B";)") == std::vector<std::string>{"drop-table", "drop-table"});
  CHECK(codes_of(R"(DROP TABLE "A";)") == std::vector<std::string>{"drop-table", "will-fail"});
  const std::string fill = "CREATE FUNCTION fill() RETURNS void LANGUAGE sql AS $$ UPDATE \"A\" SET id = 1 $$;";
  CHECK(codes_of(fill + "SELECT fill();").empty());
  CHECK(codes_of("SELECT fill();") == std::vector<std::string>{"opaque"});
}

TEST_CASE("hazards: every code is there once, with a title", "[migrate]") {
  std::vector<std::string_view> codes;
  for (const refract::migrate::HazardSpec& spec : refract::migrate::hazard_specs()) {
    CHECK_FALSE(spec.title.empty());
    CHECK(std::find(codes.begin(), codes.end(), spec.code) == codes.end());
    codes.push_back(spec.code);
  }
}

TEST_CASE("describe: one sentence a step", "[migrate]") {
  const auto next = refract::migrate::next_migration(
      refract::test::deployed("model User {\n  id Int @id\n}"),
      *refract::test::snapshot_of("enum Role {\n  USER\n}\nmodel User {\n  id Int @id\n  bio String?\n  role Role "
                                  "@default(USER)\n  @@index([bio])\n}"),
      {});
  CHECK(next.summary == std::vector<std::string>{"Create enum Role (USER)", "Add column bio (text, optional) to User",
                                                 "Add column role (Role, required, default 'USER') to User",
                                                 "Create index User_bio_idx on User (bio)"});
  const auto said = [](std::string_view sql) {
    return refract::migrate::describe(refract::catalog::parse_sql(sql).steps.front().change);
  };
  CHECK(said("COMMENT ON VIEW v IS 'a'") == "Run COMMENT ON VIEW v IS 'a'");
  CHECK(said("GRANT SELECT ON v TO PUBLIC") == "Run GRANT SELECT ON v TO PUBLIC");
  CHECK(said("CREATE POLICY p ON t USING (true)") == "Create policy p on t");
  CHECK(said("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'") == "Create function f");
}

namespace refract::test {
namespace {

std::vector<std::string> dependents_reported(std::string_view sql, std::string_view schema) {
  std::vector<std::string> found;
  for (const migrate::Hazard& hazard :
       migrate::next_migration(run(sql, catalog::Catalog::empty()), *snapshot_of(schema), {}).hazards) {
    if (hazard.code.starts_with("dependents-")) found.push_back(std::string(hazard.code) + ": " + hazard.message);
  }
  return found;
}

}  // namespace

TEST_CASE("hazards: what hangs on a dropped table and no schema describes", "[migrate]") {
  CHECK(dependents_reported(R"(
CREATE TABLE "Room" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE FUNCTION rooms() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM "Room"';
CREATE TRIGGER "changed" BEFORE UPDATE ON "Room" FOR EACH ROW EXECUTE FUNCTION touch();
CREATE POLICY "own" ON "Room" USING ("id" > 1);)",
                            "") ==
        std::vector<std::string>{
            "dependents-dropped: Dropped together with Room, although no schema describes it: trigger changed, policy "
            "own.",
            "dependents-broken: These use Room and will fail when they are called: function rooms."});
}

TEST_CASE("hazards: what hangs on a dropped or changed column", "[migrate]") {
  const char* sql = R"(
CREATE TABLE "Room" ("id" INTEGER NOT NULL PRIMARY KEY, "size" INTEGER, "name" TEXT, CONSTRAINT "sane" CHECK ("size" > 0));
CREATE INDEX "big" ON "Room"("id") WHERE "size" > 9;
CREATE VIEW "sizes" AS SELECT "size" FROM "Room";)";
  CHECK(dependents_reported(sql, "model Room {\n  id   Int     @id\n  name String?\n}") ==
        std::vector<std::string>{
            "dependents-dropped: Dropped together with Room.size, although no schema describes it: check sane, index "
            "big.",
            "dependents-block: PostgreSQL rejects the statement while these objects use Room.size: view sizes."});
  // A view is recreated around a type change, a materialized one is not.
  const std::string wider = "model Room {\n  id   Int     @id\n  size BigInt?\n  name String?\n}";
  CHECK(dependents_reported(sql, wider).empty());
  CHECK(dependents_reported(std::string(sql) + "CREATE MATERIALIZED VIEW \"kept\" AS SELECT \"size\" FROM \"Room\";",
                            wider) ==
        std::vector<std::string>{
            "dependents-block: PostgreSQL rejects the statement while these objects use Room.size: view kept."});
  CHECK(dependents_reported(sql, "model Room {\n  id   Int     @id\n  size Int?\n}").empty());
}

TEST_CASE("hazards: what a session holds is there for the next statement", "[migrate]") {
  const auto parsed = catalog::parse_sql(
      "CREATE TEMP TABLE moved (id INT);\nINSERT INTO moved VALUES (1);\nSET search_path = audit;\n"
      "INSERT INTO entries VALUES (1);\n");
  const catalog::Catalog before =
      run("CREATE SCHEMA audit; CREATE TABLE audit.entries (id INT);", catalog::Catalog::empty());
  CHECK(std::ranges::count(migrate::hazards(parsed.steps, before), "will-fail", &migrate::Hazard::code) == 0);
}

}  // namespace refract::test
