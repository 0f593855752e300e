#include "live/deploy.h"

#include <thread>

#include "live/fixture.h"
#include "live/resolve.h"
#include "live/session.h"
#include "support/catch.h"
#include "support/postgres.h"

namespace refract::test {
namespace {

using live::ConnectionString;
using live::MigrationState;

const std::string kUsers = "CREATE TABLE users (id INT PRIMARY KEY);";
const std::string kPosts = "CREATE TABLE posts (id INT PRIMARY KEY);";

MigrationState state(const Folder& folder, const ConnectionString& database, const std::string& name) {
  return status_of(folder, database, name).state;
}

bool exists(const ConnectionString& database, const std::string& relation) {
  return ask(database, "SELECT to_regclass('" + relation + "') IS NOT NULL") == "t";
}

}  // namespace

TEST_CASE("deploy: what is pending is applied in order and recorded as Prisma does", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers).add("2_posts", kPosts);
  CHECK(deployed(folder, database) == "1_users 2_posts ");
  CHECK(records_of(database) == "1_users finished 1; 2_posts finished 1");
  CHECK(ask(database, "SELECT checksum FROM _prisma_migrations WHERE migration_name = '1_users'") ==
        ask(database, "SELECT encode(sha256('" + kUsers + "'), 'hex')"));
  CHECK(deployed(folder, database).empty());
  folder.add("3_more", "ALTER TABLE users ADD COLUMN name TEXT;");
  CHECK(state(folder, database, "3_more") == MigrationState::pending);
  CHECK(deployed(folder, database) == "3_more ");
  folder.add("4_comment", "-- This is an empty migration.");
  CHECK(deployed(folder, database) == "4_comment ");
}

TEST_CASE("deploy: a migration and its record are one transaction", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers).add("2_broken", kPosts + "\nSELECT 1/0;").add("3_after", "SELECT 1;");
  CHECK(deployed(folder, database) == "1_users FAILED 2_broken: line 2, column 1: division by zero");
  CHECK(!exists(database, "posts"));
  // Nothing of it stayed, so that nobody has to resolve it.
  CHECK(records_of(database) == "1_users finished 1; 2_broken unfinished undone 0 line 2, column 1: division by zero");
  CHECK(state(folder, database, "2_broken") == MigrationState::rolled_back);
  CHECK(deployed(folder, database) == "FAILED 2_broken: line 2, column 1: division by zero");
  folder.add("2_broken", kPosts);
  CHECK(deployed(folder, database) == "2_broken 3_after ");
  CHECK(state(folder, database, "2_broken") == MigrationState::applied);

  // What only COMMIT finds out.
  folder.add(
      "4_deferred",
      "CREATE TABLE child (id INT REFERENCES users DEFERRABLE INITIALLY DEFERRED); INSERT INTO child VALUES (7);");
  CHECK(deployed(folder, database).starts_with("FAILED 4_deferred: insert or update on table \"child\" violates"));
  CHECK(!exists(database, "child"));
  CHECK(state(folder, database, "4_deferred") == MigrationState::rolled_back);
}

TEST_CASE("deploy: a failure is located by line and column", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  const auto failure = [&](const std::string& sql) {
    folder.add("1_fails", sql);
    return deployed(folder, database, {.force = true});
  };
  CHECK(failure("SELECT 1;\n\n  SELECT\n    missing;") ==
        "FAILED 1_fails: line 4, column 5: column \"missing\" does not exist");
  CHECK(failure("SELECT 'ä', missing;").starts_with("FAILED 1_fails: line 1, column 13: column"));
  CHECK(failure("\xEF\xBB\xBFSELECT missing;").starts_with("FAILED 1_fails: line 1, column 8: column"));
  CHECK(failure("SELECT 1; /* two */ SELECT 2;\r\nSELECT 1/0;") ==
        "FAILED 1_fails: line 2, column 1: division by zero");
  CHECK(failure("SELECT 1;\nSELEC 2;").starts_with("FAILED 1_fails: line 2, column 1: syntax error"));
  CHECK(failure("CREATE TABLE t (id INT UNIQUE);\nINSERT INTO t VALUES (1);\nINSERT INTO t VALUES (1);")
            .starts_with("FAILED 1_fails: line 3, column 1: duplicate key value"));
}

TEST_CASE("deploy: what refuses a transaction runs alone, the rest together", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", "CREATE TABLE users (id INT PRIMARY KEY, x INT, y INT);")
      .add("2_two", "CREATE INDEX CONCURRENTLY by_x ON users (x);\nCREATE INDEX CONCURRENTLY by_y ON users (y);")
      .add("3_settings", "SET lock_timeout = '5s';\nDROP INDEX CONCURRENTLY by_y;")
      .add("4_vacuum", "VACUUM users;\n" + kPosts + "\nREINDEX INDEX CONCURRENTLY by_x;")
      .add("5_lone", "CREATE INDEX CONCURRENTLY by_z ON users (x, y);");
  CHECK(deployed(folder, database) == "1_users 2_two 3_settings 4_vacuum 5_lone ");
  CHECK(records_of(database) ==
        "1_users finished 1; 2_two finished 1; 3_settings finished 1; 4_vacuum finished 1; 5_lone finished 1");
  CHECK(exists(database, "by_x"));
  CHECK(!exists(database, "by_y"));
  CHECK(exists(database, "posts"));
}

TEST_CASE("deploy: a failure between statements that run alone names those that took effect, and is resumed",
          "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  const std::string begin =
      "SET search_path = public;\nCREATE TABLE a (x INT);\nCREATE INDEX CONCURRENTLY by_x ON a (x);\n";
  folder.add("1_parts", begin + "CREATE TABLE b ();\nSELECT 1/0;\nVACUUM;").add("2_after", "SELECT 1;");
  CHECK(deployed(folder, database) == "FAILED 1_parts: line 5, column 1: division by zero (in parts)");
  CHECK(exists(database, "by_x"));
  CHECK(!exists(database, "b"));

  live::MigrationStatus status = status_of(folder, database, "1_parts");
  CHECK(status.state == MigrationState::failed);
  REQUIRE(status.progress);
  CHECK(status.progress->done == 3);
  CHECK(status.progress->of == 6);
  REQUIRE(status.effective.size() == 3);
  CHECK(status.effective[2].text == "CREATE INDEX CONCURRENTLY by_x ON a (x)");
  CHECK(status.effective[2].place.line == 3);
  CHECK(!status.uncertain);
  CHECK(status.resumable);
  CHECK(deployed(folder, database).starts_with("error: The migration 1_parts began at "));

  // What took effect may not change; what comes after may.
  folder.add("1_parts", "-- edited\n" + begin + "CREATE TABLE b ();");
  CHECK(deployed(folder, database, {.resume = true}).contains("were edited afterwards"));
  const std::string corrected = begin + "CREATE TABLE b ();\nSELECT 1;\nVACUUM;";
  folder.add("1_parts", corrected);
  CHECK(deployed(folder, database, {.resume = true}) == "1_parts 2_after ");
  CHECK(exists(database, "b"));
  CHECK(records_of(database) == "1_parts finished 1; 2_after finished 1");
  CHECK(state(folder, database, "1_parts") == MigrationState::applied);
  CHECK(deployed(folder, database, {.resume = true}).contains("no unfinished migration to resume"));
}

TEST_CASE("deploy: an index that could not be built is named, and built again by --resume", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  run_sql(database, "CREATE SCHEMA side; CREATE TABLE side.t (x INT); INSERT INTO side.t VALUES (1), (1)");
  Folder folder;
  folder.add("1_unique", "CREATE UNIQUE INDEX CONCURRENTLY by_x ON side.t (x);");
  const auto report = live::deploy(folder.history(), database);
  REQUIRE(report);
  REQUIRE(report->failure);
  CHECK(!report->failure->rolled_back);
  CHECK(report->failure->why.left == std::vector<std::string>{"the invalid index side.by_x"});
  CHECK(state(folder, database, "1_unique") == MigrationState::failed);
  run_sql(database, "DELETE FROM side.t");
  CHECK(deployed(folder, database, {.resume = true}) == "1_unique ");
  CHECK(ask(database, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'side.by_x'::regclass") == "t");

  // One that failed before it left anything needs nobody.
  folder.add("2_missing", "CREATE INDEX CONCURRENTLY by_z ON side.t (z);");
  CHECK(deployed(folder, database, {.force = true}).starts_with("FAILED 2_missing: line 1, column"));
  CHECK(state(folder, database, "2_missing") == MigrationState::rolled_back);
}

TEST_CASE("deploy: transactions of a migration's own", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_own", "BEGIN ISOLATION LEVEL SERIALIZABLE; " + kUsers + " COMMIT;");
  CHECK(deployed(folder, database) == "1_own ");
  CHECK(records_of(database) == "1_own finished 1");
  folder.add("2_parts", "BEGIN; " + kPosts + " COMMIT; SELECT 1/0;");
  CHECK(deployed(folder, database) == "FAILED 2_parts: line 1, column 57: division by zero (in parts)");
  CHECK(exists(database, "posts"));
  CHECK(status_of(folder, database, "2_parts").progress->done == 3);
  REQUIRE(live::resolve(folder.history(), database, "2_parts", live::Resolution::applied));
  folder.add("3_before", "BEGIN; CREATE TABLE lost (id INT); SELECT 1/0; COMMIT;");
  CHECK(deployed(folder, database) == "FAILED 3_before: line 1, column 36: division by zero");
  CHECK(!exists(database, "lost"));
  CHECK(state(folder, database, "3_before") == MigrationState::rolled_back);
  folder.add("3_before", "SELECT 1; BEGIN; SELECT 2; ROLLBACK; SELECT 3;");
  CHECK(deployed(folder, database) == "3_before ");

  folder.add("4_open", "BEGIN; CREATE TABLE lost (id INT);");
  CHECK(deployed(folder, database).contains("this transaction is begun and never ended; add COMMIT; nothing was run"));
  CHECK(deployed(folder, database, {.force = true}) ==
        "FAILED 4_open: It begins a transaction and does not end it; add COMMIT.");
  CHECK(!exists(database, "lost"));
  CHECK(state(folder, database, "4_open") == MigrationState::rolled_back);
}

TEST_CASE("deploy: procedures that end transactions", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_do", "DO $$ BEGIN CREATE TABLE a (); COMMIT; CREATE TABLE b (); END $$;")
      .add("2_procedure", "CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN CREATE TABLE c (); COMMIT; END';")
      .add("3_call", "CALL p();")
      .add("4_beside", "CREATE TABLE d ();\nDO $$ BEGIN CREATE TABLE e (); COMMIT; END $$;");
  CHECK(deployed(folder, database) == "1_do 2_procedure 3_call 4_beside ");
  CHECK(exists(database, "c"));
  CHECK(exists(database, "e"));
  // What such a one left is not known.
  folder.add("5_fails", "DO $$ BEGIN CREATE TABLE f (); COMMIT; PERFORM 1/0; END $$;");
  CHECK(deployed(folder, database) == "FAILED 5_fails: line 1, column 1: division by zero (in parts)");
  CHECK(exists(database, "f"));
  CHECK(state(folder, database, "5_fails") == MigrationState::failed);
  const auto report = live::status(folder.history(), database);
  REQUIRE(report);
  const live::MigrationStatus& failed = report->migrations.back();
  CHECK_FALSE(failed.resumable);
  REQUIRE(failed.uncertain);
  CHECK(failed.uncertain->number == 1);
}

TEST_CASE("deploy: a block without COMMIT leaves nothing where it fails", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_do", "DO $$ BEGIN CREATE TABLE a (); PERFORM 1/0; END $$;");
  CHECK(deployed(folder, database) == "FAILED 1_do: line 1, column 1: division by zero");
  CHECK(state(folder, database, "1_do") == MigrationState::rolled_back);
}

TEST_CASE("deploy: what is known to fail is refused before anything runs", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers);
  const auto refused = [&](const std::string& sql, const std::string& why) {
    INFO(sql);
    folder.add("2_bad", sql);
    const std::string said = deployed(folder, database);
    INFO(said);
    CHECK(said.starts_with("error: "));
    CHECK(said.contains(why));
    CHECK(said.contains("nothing was run"));
    CHECK(!exists(database, "users"));
    CHECK(!exists(database, "_prisma_migrations"));
  };
  refused("SELEC 1;", "2_bad/migration.sql:1:1: the SQL does not parse");
  refused("SELECT 1;\nfoo;", "2_bad/migration.sql:2:1: the SQL does not parse");
  refused("\\d users", "a psql command");
  refused("BEGIN;\nVACUUM;\nCOMMIT;", "2_bad/migration.sql:2:1: VACUUM cannot run inside a transaction block");
  refused("COPY users FROM STDIN;", "COPY FROM STDIN");
  refused("ALTER TABLE nowhere ADD COLUMN x INT;", "nowhere");
  refused(std::string("CREATE TABLE a ();\n-- a\0b\nCREATE TABLE b ();", 43), "NUL byte");
  // A NUL byte ends what can be sent, so that this alone is refused always.
  CHECK(deployed(folder, database, {.force = true}).starts_with("error: "));
  folder.add("2_bad", "COPY users FROM STDIN;");
  CHECK(deployed(folder, database, {.force = true})
            .starts_with("1_users FAILED 2_bad: line 1, column 1: COPY from stdin failed"));
  // What hand-made objects of the database make possible is not known to fail.
  run_sql(database, "CREATE TABLE nowhere ()");
  folder.add("2_bad", "ALTER TABLE nowhere ADD COLUMN x INT;");
  CHECK(deployed(folder, database) == "2_bad ");
}

TEST_CASE("deploy: resolve --applied records a migration as done", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_broken", "SELECT 1/0;").add("2_users", kUsers);
  CHECK(deployed(folder, database) == "FAILED 1_broken: line 1, column 1: division by zero");
  REQUIRE(live::resolve(folder.history(), database, "1_broken", live::Resolution::applied));
  CHECK(state(folder, database, "1_broken") == MigrationState::applied);
  CHECK(status_of(folder, database, "1_broken").only_recorded);
  CHECK(deployed(folder, database) == "2_users ");
  const auto again = live::resolve(folder.history(), database, "1_broken", live::Resolution::applied);
  REQUIRE(!again);
  CHECK(again.error().code == ErrorCode::conflict);
  const auto unknown = live::resolve(folder.history(), database, "9_none", live::Resolution::rolled_back);
  REQUIRE(!unknown);
  CHECK(unknown.error().code == ErrorCode::not_found);
}

TEST_CASE("deploy: a failed migration of Prisma's is in the way until it is resolved", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers);
  REQUIRE(deployed(folder, database) == "1_users ");
  run_sql(database,
          "INSERT INTO _prisma_migrations (id, checksum, migration_name, logs) VALUES ('x', 'y', '2_posts', 'ERROR')");
  folder.add("2_posts", kPosts);
  CHECK(state(folder, database, "2_posts") == MigrationState::failed);
  CHECK(deployed(folder, database).starts_with("error: The migration 2_posts began at "));
  CHECK(deployed(folder, database, {.resume = true}).contains("does not name the statements that took effect"));
  REQUIRE(live::resolve(folder.history(), database, "2_posts", live::Resolution::rolled_back));
  CHECK(deployed(folder, database) == "2_posts ");
}

TEST_CASE("deploy: a database with tables and no record is directed to baseline", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  run_sql(database, kUsers);
  Folder folder;
  folder.add("1_users", kUsers);
  CHECK(deployed(folder, database).contains("has tables but no record of migrations"));
  CHECK(deployed(folder, database).contains("refract migrate baseline"));
  CHECK(!exists(database, "_prisma_migrations"));
  REQUIRE(live::resolve(folder.history(), database, "1_users", live::Resolution::applied));
  CHECK(deployed(folder, database).empty());
  CHECK(records_of(database) == "1_users finished 0");
}

TEST_CASE("deploy: tables of extensions do not make a database full", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  run_sql(database,
          "CREATE EXTENSION citext; CREATE TABLE spatial_ref_sys (srid INT PRIMARY KEY); "
          "ALTER EXTENSION citext ADD TABLE spatial_ref_sys");
  Folder folder;
  folder.add("1_users", kUsers);
  CHECK(deployed(folder, database) == "1_users ");
}

TEST_CASE("deploy: the schema of the URL is where it works", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  const std::string socket = database.secret().substr(5, database.secret().find(' ') - 5);
  const std::string name = ask(database, "SELECT current_database()");
  const auto target = ConnectionString::parse("postgresql://postgres@localhost/" + name + "?schema=app&host=" + socket +
                                              "&connection_limit=1");
  REQUIRE(target);
  Folder folder;
  folder.add("1_users", kUsers);
  CHECK(deployed(folder, *target) == "1_users ");
  CHECK(exists(database, "app.users"));
  CHECK(exists(database, "app._prisma_migrations"));
  CHECK(!exists(database, "public.users"));
}

TEST_CASE("status: edited, missing and undone migrations are distinct", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder all;
  all.add("1_users", kUsers).add("2_posts", kPosts).add("3_third", "SELECT 3;\n");
  CHECK(deployed(all, database) == "1_users 2_posts 3_third ");
  Folder now;
  now.add("1_users", kUsers + "-- later").add("3_third", "SELECT 3;\r\n");
  CHECK(state(now, database, "1_users") == MigrationState::edited);
  CHECK(state(now, database, "2_posts") == MigrationState::missing);
  CHECK(state(now, database, "3_third") == MigrationState::applied);
}

TEST_CASE("deploy and status: migrations out of order are reported", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers).add("3_posts", kPosts);
  REQUIRE(deployed(folder, database) == "1_users 3_posts ");
  folder.add("2_late", "SELECT 2;");
  auto status = live::status(folder.history(), database);
  REQUIRE(status);
  CHECK(status->out_of_order == std::vector<live::OutOfOrder>{{"2_late", "3_posts", true}});
  const auto report = live::deploy(folder.history(), database);
  REQUIRE(report);
  CHECK(report->out_of_order == std::vector<live::OutOfOrder>{{"2_late", "3_posts", true}});
  status = live::status(folder.history(), database);
  REQUIRE(status);
  CHECK(status->out_of_order == std::vector<live::OutOfOrder>{{"2_late", "3_posts", false}});
  CHECK(status->applied == std::vector<std::string>{"1_users", "3_posts", "2_late"});
}

TEST_CASE("deploy: asked to stop, it ends between two migrations", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers).add("2_posts", kPosts);
  std::stop_source stop;
  const auto report =
      live::deploy(folder.history(), database,
                   {.progress = [&](const std::string&, std::size_t, std::size_t) { stop.request_stop(); },
                    .stop = stop.get_token()});
  REQUIRE(report);
  REQUIRE(report->ended);
  CHECK(report->ended->code == ErrorCode::cancelled);
  CHECK(report->applied.size() == 1);
  CHECK(records_of(database) == "1_users finished 1");
}

}  // namespace refract::test
