#include "live/rollback.h"

#include "live/fixture.h"
#include "live/resolve.h"
#include "support/catch.h"
#include "support/postgres.h"

namespace refract::test {
namespace {

using live::ConnectionString;
using live::MigrationState;

const std::string kUsers = "CREATE TABLE users (id INT PRIMARY KEY);";
const std::string kPosts = "CREATE TABLE posts (id INT PRIMARY KEY);";

// "undone NAME", or "kept NAME" with what would be lost, or "failed NAME: message" with how many statements took
// effect, or "error: message".
std::string undone(const Folder& folder, const ConnectionString& database, const live::RollbackOptions& options = {}) {
  const auto report = live::rollback(folder.history(), database, options);
  if (!report) return "error: " + report.error().message;
  if (report->failure) {
    return "failed " + report->migration + ": " + report->failure->message() + "; " +
           std::to_string(report->failure->done - report->failure->taken_back) + " took effect";
  }
  std::string text = (report->undone ? "undone " : "kept ") + report->migration;
  for (const std::string& loss : report->losses) text += "; " + loss;
  return text;
}

bool exists(const ConnectionString& database, const std::string& relation) {
  return ask(database, "SELECT to_regclass('" + relation + "') IS NOT NULL") == "t";
}

}  // namespace

TEST_CASE("rollback: the last migration is undone, with its record or not at all", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers)
      .add("2_posts", kPosts, "DROP TABLE posts; -- and no line break at the end")
      .add("3_fails", "SELECT 3;", "DROP TABLE users;\nDROP TABLE nowhere;");
  REQUIRE(deployed(folder, database) == "1_users 2_posts 3_fails ");

  CHECK(undone(folder, database) ==
        "failed 3_fails: line 2, column 1: table \"nowhere\" does not exist; 0 took effect");
  CHECK(exists(database, "users"));
  CHECK(status_of(folder, database, "3_fails").state == MigrationState::applied);

  folder.add("3_fails", "SELECT 3;", "SELECT 3;");
  CHECK(undone(folder, database, {.name = "2_posts"}) ==
        "error: The migration 3_fails finished after 2_posts and is applied; undo that one first.");
  CHECK(undone(folder, database, {.name = "9_none"}).contains("is not applied"));
  CHECK(undone(folder, database) == "undone 3_fails");
  CHECK(undone(folder, database, {.name = "2_posts"}) == "undone 2_posts");
  CHECK(!exists(database, "posts"));
  CHECK(undone(folder, database).contains("has no down.sql here; write one with: refract migrate down 1_users"));
  CHECK(status_of(folder, database, "2_posts").state == MigrationState::rolled_back);
  CHECK(deployed(folder, database) == "2_posts 3_fails ");
}

TEST_CASE("rollback: last is what finished last, not the greatest name", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers).add("3_b", "CREATE TABLE b (id INT);", "DROP TABLE b;");
  REQUIRE(deployed(folder, database) == "1_users 3_b ");
  folder.add("2_a", "ALTER TABLE b ADD COLUMN y INT;", "ALTER TABLE b DROP COLUMN y;");
  REQUIRE(deployed(folder, database) == "2_a ");
  CHECK(undone(folder, database, {.name = "3_b"}).contains("2_a finished after 3_b"));
  CHECK(undone(folder, database) == "undone 2_a");
  CHECK(undone(folder, database) == "undone 3_b");

  // Of those that finished at once the greater name goes first.
  folder.add("2_a", "SELECT 2;", "SELECT 2;");
  REQUIRE(deployed(folder, database) == "2_a 3_b ");
  run_sql(database, "UPDATE _prisma_migrations SET finished_at = '2026-01-01' WHERE rolled_back_at IS NULL");
  CHECK(undone(folder, database, {.dry_run = true}) == "kept 3_b");
}

TEST_CASE("rollback: rows and values that would be lost are counted and have to be accepted", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_a", "CREATE TABLE \"A\" (id INT PRIMARY KEY);")
      .add("2_x", "ALTER TABLE \"A\" ADD COLUMN x INT;", "ALTER TABLE \"A\" DROP COLUMN x;");
  REQUIRE(deployed(folder, database) == "1_a 2_x ");
  run_sql(database, "INSERT INTO \"A\" VALUES (1, NULL)");
  CHECK(undone(folder, database, {.dry_run = true}) == "kept 2_x");
  run_sql(database, "INSERT INTO \"A\" VALUES (2, 7), (3, 8)");
  CHECK(undone(folder, database) == "kept 2_x; Column A.x is dropped with 2 values.");
  CHECK(undone(folder, database, {.dry_run = true, .accept_data_loss = true}) ==
        "kept 2_x; Column A.x is dropped with 2 values.");
  CHECK(ask(database, "SELECT sum(x) FROM \"A\"") == "15");
  CHECK(undone(folder, database, {.accept_data_loss = true}) == "undone 2_x; Column A.x is dropped with 2 values.");
  CHECK(ask(database, "SELECT count(*) FROM \"A\"") == "3");
}

TEST_CASE("rollback: every way in which a script loses rows", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  struct Case {
    std::string down;
    std::string said;
  };
  const Case cases[] = {
      {"DROP TABLE posts;", "Table posts loses 2 rows."},
      {"DROP TABLE IF EXISTS public.posts CASCADE;", "Table posts loses 2 rows."},
      {"ALTER TABLE posts RENAME TO old; DROP TABLE old;", "Table posts loses 2 rows."},
      {"TRUNCATE posts;", "Table posts loses 2 rows."},
      {"DELETE FROM posts WHERE id > 1;", "Rows are deleted from table posts, which has 2 rows."},
      {"ALTER TABLE posts RENAME COLUMN body TO text; ALTER TABLE posts DROP COLUMN text;",
       "Column posts.body is dropped with 1 value."},
      {"DROP SCHEMA side CASCADE;", "Table side.notes loses 1 row."},
      {"DROP TYPE mood CASCADE;", "Column posts.mood is dropped with 2 values."},
      {"ALTER TABLE posts ALTER COLUMN rating TYPE INT;",
       "The type of column posts.rating changes, which may change 2 values."},
      {"DO $$ BEGIN EXECUTE 'DROP TABLE posts'; END $$;", "What would be lost is unknown:"},
      {"BEGIN; DROP TABLE posts; COMMIT;", "Table posts loses 2 rows."},
      {"DROP INDEX CONCURRENTLY by_body; DROP TABLE posts;", "Table posts loses 2 rows."},
      {"UPDATE posts SET body = '';", "Column posts.body is overwritten; it has 1 value."},
      {"WITH u AS (UPDATE posts SET rating = 0 RETURNING id) SELECT * FROM u;",
       "Column posts.rating is overwritten; it has 2 values."},
      {"INSERT INTO posts (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET mood = NULL;",
       "Column posts.mood is overwritten; it has 2 values."},
      {"MERGE INTO posts USING side.notes ON posts.id = notes.id WHEN MATCHED THEN UPDATE SET body = 'b';",
       "Column posts.body is overwritten; it has 1 value."},
      {"ALTER TABLE posts ALTER COLUMN at TYPE date;",
       "The type of column posts.at changes, which may change 2 values."},
      {"ALTER TABLE posts ALTER COLUMN at TYPE timestamptz(0);", "The type of column posts.at changes"},
      {"TRUNCATE authors CASCADE;", "Table posts loses 2 rows."},
      {"DELETE FROM authors;", "Rows are deleted from table posts, which has 2 rows."},
      {"DELETE FROM editors;", "Column posts.editor is overwritten; it has 1 value."},
  };
  for (const Case& one : cases) {
    INFO(one.down);
    const ConnectionString database = fresh_database();
    Folder folder;
    folder.add("1_all",
               "CREATE SCHEMA side; CREATE TABLE side.notes (id INT); INSERT INTO side.notes VALUES (1);"
               "CREATE TYPE mood AS ENUM ('good');"
               "CREATE TABLE authors (id INT PRIMARY KEY); CREATE TABLE editors (id INT PRIMARY KEY);"
               "CREATE TABLE posts (id INT PRIMARY KEY, body TEXT, mood mood, rating FLOAT, at TIMESTAMPTZ DEFAULT "
               "now(), author INT REFERENCES authors ON DELETE CASCADE, editor INT REFERENCES editors ON DELETE SET "
               "NULL); CREATE INDEX by_body ON posts (body); INSERT INTO authors VALUES (1); INSERT INTO editors "
               "VALUES (1); INSERT INTO posts (id, body, mood, rating, author, editor) VALUES (1, 'a', 'good', 1.5, "
               "1, 1), (2, NULL, 'good', 2, NULL, NULL);",
               one.down);
    REQUIRE(deployed(folder, database) == "1_all ");
    const std::string said = undone(folder, database);
    INFO(said);
    CHECK(said.starts_with("kept 1_all; "));
    CHECK(said.contains(one.said));
    CHECK(ask(database, "SELECT count(*) FROM posts") == "2");
    CHECK(undone(folder, database, {.accept_data_loss = true}).starts_with("undone 1_all"));
  }
}

TEST_CASE("rollback: what cannot be read to lose nothing is taken for a loss", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const std::string before =
      "CREATE TABLE posts (id INT PRIMARY KEY, body TEXT); CREATE TABLE ruled (id INT); CREATE TABLE logged (id INT);"
      "CREATE TABLE stamped (id INT, at TIMESTAMPTZ); CREATE VIEW shown AS SELECT * FROM posts;"
      "CREATE RULE gone AS ON INSERT TO ruled DO ALSO DELETE FROM posts;"
      "CREATE TYPE pair AS (a INT, b INT); CREATE TABLE pairs (p pair);"
      "CREATE FUNCTION purge() RETURNS INT LANGUAGE sql AS 'DELETE FROM posts RETURNING 1';"
      "CREATE FUNCTION twice(n INT) RETURNS INT LANGUAGE sql AS 'SELECT 2 * n';"
      "CREATE FUNCTION on_logged() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN DELETE FROM posts; RETURN NEW; END$$;"
      "CREATE FUNCTION on_stamped() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF TG_OP = 'UPDATE' THEN NEW.at = "
      "now(); END IF; RETURN NEW; END$$;"
      "CREATE TRIGGER hook BEFORE INSERT ON logged FOR EACH ROW EXECUTE FUNCTION on_logged();"
      "CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON stamped FOR EACH ROW EXECUTE FUNCTION on_stamped();"
      "INSERT INTO posts VALUES (1, 'a'); INSERT INTO pairs VALUES ('(1,2)');";
  const auto said = [&](const std::string& down) {
    const ConnectionString database = fresh_database();
    Folder folder;
    folder.add("1_all", before, down);
    REQUIRE(deployed(folder, database) == "1_all ");
    return undone(folder, database);
  };
  const std::string deleted = "kept 1_all; Rows are deleted from table posts, which has 1 row.";
  CHECK(said("EXPLAIN ANALYZE DELETE FROM posts;") == deleted);
  CHECK(said("EXPLAIN (ANALYZE, COSTS off) WITH d AS (DELETE FROM posts RETURNING id) SELECT * FROM d;") == deleted);
  CHECK(said("EXPLAIN ANALYZE INSERT INTO stamped (id) WITH d AS (DELETE FROM posts RETURNING id) SELECT * FROM d;") ==
        deleted);
  CHECK(said("COPY (DELETE FROM posts RETURNING id) TO '/dev/null';") == deleted);
  CHECK(said("EXPLAIN ANALYZE UPDATE posts SET body = '';").contains("Column posts.body is overwritten"));
  const std::pair<std::string, std::string> unknown[] = {
      {"PREPARE p AS DELETE FROM posts; EXECUTE p;", "EXECUTE runs a prepared statement"},
      {"PREPARE p AS DELETE FROM posts RETURNING id; EXPLAIN ANALYZE EXECUTE p;", "EXECUTE runs a prepared statement"},
      {"INSERT INTO ruled VALUES (1);", "rule gone of table ruled runs"},
      {"INSERT INTO logged VALUES (1);", "trigger hook of table logged runs"},
      {"DELETE FROM shown;", "rows of view shown are written"},
      {"UPDATE shown SET body = '';", "rows of view shown are written"},
      {"UPDATE pg_catalog.pg_class SET reltuples = 0 WHERE false;", "is not a table of this database"},
      {"INSERT INTO stamped (id) SELECT purge();", "the function purge is called"},
      {"EXPLAIN ANALYZE SELECT purge();", "calls the function \"purge\""},
      {"CREATE TABLE made AS SELECT purge() AS n;", "the function purge is called"},
      {"ALTER TYPE pair DROP ATTRIBUTE b;", "the attributes of a composite type change"},
  };
  for (const auto& [down, why] : unknown) {
    INFO(down);
    const std::string answer = said(down);
    INFO(answer);
    CHECK(answer.starts_with("kept 1_all; What would be lost is unknown: "));
    CHECK(answer.contains(why));
  }
  for (const std::string down :
       {"EXPLAIN DELETE FROM posts;", "PREPARE p AS DELETE FROM posts;", "INSERT INTO stamped (id) VALUES (1);",
        "INSERT INTO posts (id) SELECT twice(id) FROM posts;", "COPY posts TO '/dev/null';",
        "CREATE TABLE made (id INT); INSERT INTO made SELECT id FROM posts; DELETE FROM made;",
        "CREATE RULE none AS ON DELETE TO posts DO INSTEAD NOTHING;"}) {
    INFO(down);
    CHECK(said(down) == "undone 1_all");
  }
}

TEST_CASE("rollback: what loses nothing asks for nothing", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  for (const std::string down :
       {"ALTER TABLE posts RENAME COLUMN body TO text;", "DROP INDEX by_body;", "DROP TABLE empty;",
        "ALTER TABLE posts DROP COLUMN note;", "ALTER TABLE posts ALTER COLUMN id TYPE BIGINT;",
        "ALTER TABLE posts ALTER COLUMN body SET NOT NULL;", "CREATE TABLE t (); DROP TABLE t;"}) {
    INFO(down);
    const ConnectionString database = fresh_database();
    Folder folder;
    folder.add("1_all",
               "CREATE TABLE empty (id INT); CREATE TABLE posts (id INT, body TEXT, note TEXT);"
               "CREATE INDEX by_body ON posts (body); INSERT INTO posts VALUES (1, 'a');",
               down);
    REQUIRE(deployed(folder, database) == "1_all ");
    CHECK(undone(folder, database) == "undone 1_all");
  }
}

TEST_CASE("rollback: what was only recorded has to be named", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers, "DROP TABLE users;").add("2_posts", kPosts, "DROP TABLE posts;");
  REQUIRE(deployed(folder, database) == "1_users 2_posts ");
  run_sql(database, "DELETE FROM _prisma_migrations WHERE migration_name = '2_posts'");
  REQUIRE(live::resolve(folder.history(), database, "2_posts", live::Resolution::applied));
  CHECK(undone(folder, database).contains("2_posts is the last one, and was only recorded"));
  CHECK(exists(database, "posts"));
  CHECK(undone(folder, database, {.name = "2_posts"}) == "undone 2_posts");
  CHECK(undone(folder, database) == "undone 1_users");
}

TEST_CASE("rollback: where clocks differ, the last one is named", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers, "DROP TABLE users;").add("2_posts", kPosts, "DROP TABLE posts;");
  REQUIRE(deployed(folder, database) == "1_users 2_posts ");
  run_sql(database, "UPDATE _prisma_migrations SET finished_at = now() + '1 hour' WHERE migration_name = '1_users'");
  CHECK(undone(folder, database).contains("the clocks differ"));
  CHECK(exists(database, "posts"));
  // The one that is last by its name may be named all the same.
  CHECK(undone(folder, database, {.name = "2_posts"}) == "undone 2_posts");
  CHECK(undone(folder, database, {.name = "1_users"}) == "undone 1_users");
}

TEST_CASE("rollback: transactions of down.sql's own", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers, "BEGIN; DROP TABLE users;");
  REQUIRE(deployed(folder, database) == "1_users ");
  CHECK(undone(folder, database).contains("does not end it"));
  CHECK(status_of(folder, database, "1_users").state == MigrationState::applied);
  CHECK(exists(database, "users"));

  folder.add("1_users", kUsers, "BEGIN; DROP TABLE users; COMMIT; SELECT 1/0;");
  CHECK(undone(folder, database).ends_with("; 3 took effect"));
  folder.add("1_users", kUsers, "BEGIN; DROP TABLE users; ROLLBACK; SELECT 1/0;");
  CHECK(undone(folder, database).ends_with("; 0 took effect"));
  folder.add("1_users", kUsers, "BEGIN; DROP TABLE IF EXISTS users; ROLLBACK; BEGIN; SELECT 1; COMMIT; SELECT 1/0;");
  CHECK(undone(folder, database).ends_with("; 5 took effect"));
  CHECK(status_of(folder, database, "1_users").state == MigrationState::applied);

  folder.add("1_users", kUsers, "BEGIN; DROP TABLE IF EXISTS users; COMMIT;");
  CHECK(undone(folder, database) == "undone 1_users");
  CHECK(status_of(folder, database, "1_users").state == MigrationState::rolled_back);
}

}  // namespace refract::test
