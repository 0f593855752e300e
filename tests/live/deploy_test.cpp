#include "live/deploy.h"

#include <thread>

#include "live/fixture.h"
#include "live/session.h"
#include "support/catch.h"
#include "support/postgres.h"

namespace refract::test {
namespace {

using live::ConnectionString;
using live::MigrationState;

const std::string kUsers = "CREATE TABLE users (id INT PRIMARY KEY);";
const std::string kPosts = "CREATE TABLE posts (id INT PRIMARY KEY);";

// The names of what a deployment applied, then "FAILED name: message".
std::string deployed(const Folder& folder, const ConnectionString& database) {
  const auto report = live::deploy(folder.history(), database);
  if (!report) return "error: " + report.error().message;
  std::string text;
  for (const live::AppliedMigration& migration : report->applied) text += migration.name + " ";
  if (report->failure) {
    text += "FAILED " + report->failure->migration + ": " + report->failure->message +
            (report->failure->rolled_back ? "" : " (in parts)");
  }
  return text;
}

std::string records(const ConnectionString& database) {
  return ask(
      database,
      "SELECT string_agg(migration_name || CASE WHEN finished_at IS NULL THEN ' unfinished' ELSE ' finished' END "
      "|| CASE WHEN rolled_back_at IS NULL THEN '' ELSE ' undone' END || ' ' || applied_steps_count || "
      "CASE WHEN logs IS NULL THEN '' ELSE ' ' || logs END, '; ' ORDER BY started_at) FROM _prisma_migrations");
}

MigrationState state(const Folder& folder, const ConnectionString& database, const std::string& name) {
  const auto report = live::status(folder.history(), database);
  if (!report) FAIL(report.error().message);
  for (const live::MigrationStatus& migration : report->migrations) {
    if (migration.name == name) return migration.state;
  }
  FAIL("status does not know " << name);
  return {};
}

}  // namespace

TEST_CASE("deploy: what is pending is applied in order and recorded as Prisma does", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers).add("2_posts", kPosts);
  CHECK(deployed(folder, database) == "1_users 2_posts ");
  CHECK(records(database) == "1_users finished 1; 2_posts finished 1");
  CHECK(ask(database, "SELECT checksum FROM _prisma_migrations WHERE migration_name = '1_users'") ==
        ask(database, "SELECT encode(sha256('" + kUsers + "'), 'hex')"));
  CHECK(deployed(folder, database).empty());
  folder.add("3_more", "ALTER TABLE users ADD COLUMN name TEXT;");
  CHECK(state(folder, database, "3_more") == MigrationState::pending);
  CHECK(deployed(folder, database) == "3_more ");
}

TEST_CASE("deploy: a failure is recorded, blocks the next run and is settled by resolve", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers).add("2_broken", kPosts + "INSERT INTO nowhere VALUES (1);").add("3_after", "SELECT 1;");
  const std::string told = deployed(folder, database);
  CHECK(told.starts_with("1_users FAILED 2_broken: relation \"nowhere\" does not exist"));
  CHECK(!told.contains("in parts"));
  CHECK(records(database).starts_with("1_users finished 1; 2_broken unfinished 0 relation \"nowhere\" does not exist"));
  CHECK(ask(database, "SELECT to_regclass('posts') IS NULL") == "t");
  CHECK(state(folder, database, "2_broken") == MigrationState::failed);

  CHECK(deployed(folder, database).starts_with("error: The migration 2_broken began at "));
  REQUIRE(live::resolve(folder.history(), database, "2_broken", live::Resolution::rolled_back));
  CHECK(state(folder, database, "2_broken") == MigrationState::rolled_back);
  folder.add("2_broken", kPosts);
  CHECK(deployed(folder, database) == "2_broken 3_after ");
  CHECK(state(folder, database, "2_broken") == MigrationState::applied);
}

TEST_CASE("deploy: resolve --applied takes a failed migration for done", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_broken", "SELECT 1/0;").add("2_users", kUsers);
  CHECK(deployed(folder, database) == "FAILED 1_broken: division by zero");
  REQUIRE(live::resolve(folder.history(), database, "1_broken", live::Resolution::applied));
  CHECK(state(folder, database, "1_broken") == MigrationState::applied);
  CHECK(deployed(folder, database) == "2_users ");
  const auto again = live::resolve(folder.history(), database, "1_broken", live::Resolution::applied);
  REQUIRE(!again);
  CHECK(again.error().code == ErrorCode::conflict);
  const auto unknown = live::resolve(folder.history(), database, "9_none", live::Resolution::rolled_back);
  REQUIRE(!unknown);
  CHECK(unknown.error().code == ErrorCode::not_found);
}

TEST_CASE("deploy: transactions of a migration's own", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_own", "BEGIN; " + kUsers + " COMMIT;");
  CHECK(deployed(folder, database) == "1_own ");
  folder.add("2_parts", "BEGIN; " + kPosts + " COMMIT; SELECT 1/0;");
  CHECK(deployed(folder, database) == "FAILED 2_parts: division by zero (in parts)");
  CHECK(ask(database, "SELECT to_regclass('posts') IS NOT NULL") == "t");
  REQUIRE(live::resolve(folder.history(), database, "2_parts", live::Resolution::applied));
  folder.add("3_open", "BEGIN; CREATE TABLE lost (id INT);");
  CHECK(deployed(folder, database) ==
        "FAILED 3_open: It begins a transaction and does not end it; add COMMIT. (in parts)");
  CHECK(records(database).ends_with("3_open unfinished 0 It begins a transaction and does not end it; add COMMIT."));
  CHECK(ask(database, "SELECT to_regclass('lost') IS NULL") == "t");
}

TEST_CASE("deploy: a single statement that refuses transactions runs", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers)
      .add("2_index", "CREATE INDEX CONCURRENTLY by_id ON users (id);", "DROP INDEX CONCURRENTLY by_id;");
  CHECK(deployed(folder, database) == "1_users 2_index ");
  REQUIRE(live::rollback(folder.history(), database));
  CHECK(ask(database, "SELECT to_regclass('by_id') IS NULL") == "t");
  CHECK(state(folder, database, "2_index") == MigrationState::rolled_back);
}

// As in Prisma's one session, which cannot even record 1_dump.
TEST_CASE("deploy: a search_path set by a migration is the next one's", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder
      .add("1_dump", "SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE public.a (id INT);",
           "SET search_path = ''; DROP TABLE public.a;")
      .add("2_users", kUsers, "DROP TABLE users;");
  CHECK(deployed(folder, database).contains("no schema has been selected to create in"));
  REQUIRE(live::resolve(folder.history(), database, "2_users", live::Resolution::rolled_back));
  // A run of its own is a session of its own.
  CHECK(deployed(folder, database) == "2_users ");
  REQUIRE(live::rollback(folder.history(), database));
  REQUIRE(live::rollback(folder.history(), database));
  CHECK(records(database).starts_with("1_dump finished undone 1; 2_users unfinished undone 0 no schema"));
  CHECK(records(database).ends_with("2_users finished undone 1"));
}

TEST_CASE("deploy: a database with tables and no record is left alone", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  run_sql(database, kUsers);
  Folder folder;
  folder.add("1_users", kUsers);
  CHECK(deployed(folder, database).contains("has tables but no record of migrations"));
  CHECK(ask(database, "SELECT to_regclass('_prisma_migrations') IS NULL") == "t");
  REQUIRE(live::resolve(folder.history(), database, "1_users", live::Resolution::applied));
  CHECK(deployed(folder, database).empty());
  CHECK(records(database) == "1_users finished 0");
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
  CHECK(ask(database,
            "SELECT to_regclass('app.users') IS NOT NULL AND to_regclass('app._prisma_migrations') IS NOT NULL "
            "AND to_regclass('public.users') IS NULL") == "t");
}

TEST_CASE("status: edited, missing and undone migrations are told apart", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder all;
  all.add("1_users", kUsers).add("2_posts", kPosts).add("3_third", "SELECT 3;");
  CHECK(deployed(all, database) == "1_users 2_posts 3_third ");
  Folder now;
  now.add("1_users", kUsers + "-- later").add("3_third", "SELECT 3;");
  CHECK(state(now, database, "1_users") == MigrationState::edited);
  CHECK(state(now, database, "2_posts") == MigrationState::missing);
  CHECK(state(now, database, "3_third") == MigrationState::applied);
}

TEST_CASE("rollback: the last applied migration is undone, with its record or not at all", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers)
      .add("2_posts", kPosts, "DROP TABLE posts; -- and no line break at the end")
      .add("3_fails", "SELECT 3;", "DROP TABLE users; DROP TABLE nowhere;");
  REQUIRE(deployed(folder, database) == "1_users 2_posts 3_fails ");

  const auto failing = live::rollback(folder.history(), database);
  REQUIRE(!failing);
  CHECK(failing.error().message ==
        "3_fails/down.sql failed and nothing of it stayed: table \"nowhere\" does not exist");
  CHECK(ask(database, "SELECT to_regclass('users') IS NOT NULL") == "t");
  CHECK(state(folder, database, "3_fails") == MigrationState::applied);

  folder.add("3_fails", "SELECT 3;", "SELECT 3;");
  const auto other = live::rollback(folder.history(), database, "2_posts");
  REQUIRE(!other);
  CHECK(other.error().code == ErrorCode::conflict);
  REQUIRE(live::rollback(folder.history(), database));
  REQUIRE(live::rollback(folder.history(), database, "2_posts"));
  CHECK(ask(database, "SELECT to_regclass('posts') IS NULL") == "t");
  const auto first = live::rollback(folder.history(), database);
  REQUIRE(!first);
  CHECK(first.error().message == "The migration 1_users has no down.sql here; write one beside its migration.sql.");
  CHECK(deployed(folder, database) == "2_posts 3_fails ");
}

TEST_CASE("rollback: transactions of down.sql's own", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers, "BEGIN; DROP TABLE users;");
  REQUIRE(deployed(folder, database) == "1_users ");
  const auto open = live::rollback(folder.history(), database);
  REQUIRE(!open);
  CHECK(open.error().message.contains("does not end it"));
  CHECK(state(folder, database, "1_users") == MigrationState::applied);
  CHECK(ask(database, "SELECT to_regclass('users') IS NOT NULL") == "t");

  folder.add("1_users", kUsers, "BEGIN; DROP TABLE users; COMMIT; SELECT 1/0;");
  const auto parts = live::rollback(folder.history(), database);
  REQUIRE(!parts);
  CHECK(parts.error().message.contains("part of it may have stayed"));
  CHECK(state(folder, database, "1_users") == MigrationState::applied);

  folder.add("1_users", kUsers, "BEGIN; DROP TABLE IF EXISTS users; COMMIT;");
  REQUIRE(live::rollback(folder.history(), database));
  CHECK(state(folder, database, "1_users") == MigrationState::rolled_back);
}

TEST_CASE("deploy: two at once apply each migration once", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers + "SELECT pg_sleep(0.5);").add("2_posts", kPosts);
  const migrate::History history = folder.history();
  Result<live::DeployReport> other = fail(ErrorCode::internal, "not run");
  std::jthread rival([&] { other = live::deploy(history, database); });
  const auto ours = live::deploy(history, database);
  rival.join();
  REQUIRE(ours.has_value());
  REQUIRE(other.has_value());
  CHECK(!ours->failure);
  CHECK(!other->failure);
  CHECK(ours->applied.size() + other->applied.size() == 2);
  CHECK(records(database) == "1_users finished 1; 2_posts finished 1");
}

TEST_CASE("deploy: the lock that another holds ends the wait", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  auto holder = live::Session::open(database);
  REQUIRE(holder);
  REQUIRE(holder->execute("SELECT pg_advisory_lock(72707369)"));
  Folder folder;
  folder.add("1_users", kUsers);
  CHECK(deployed(folder, database).contains("holds Prisma's migration lock for more than ten seconds"));
  CHECK(ask(database, "SELECT to_regclass('_prisma_migrations') IS NULL") == "t");
}

TEST_CASE("deploy: asked to stop, it ends between two migrations", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers).add("2_posts", kPosts);
  std::stop_source stop;
  const auto report = live::deploy(
      folder.history(), database, [&](const std::string&, std::size_t, std::size_t) { stop.request_stop(); },
      stop.get_token());
  REQUIRE(!report);
  CHECK(report.error().code == ErrorCode::cancelled);
  CHECK(records(database) == "1_users finished 1");
}

}  // namespace refract::test
