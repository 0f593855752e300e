#include "live/migration_lock.h"

#include <cstdlib>
#include <thread>

#include "live/fixture.h"
#include "support/catch.h"
#include "support/postgres.h"

// Prisma's migration lock: who waits, who holds it, and what is said meanwhile.
namespace refract::test {
namespace {

using live::ConnectionString;
using live::MigrationState;
using namespace std::chrono_literals;

const std::string kUsers = "CREATE TABLE users (id INT PRIMARY KEY, x INT);";

live::Session holder_of_lock(const ConnectionString& database) {
  auto holder = live::Session::open(database);
  REQUIRE(holder);
  REQUIRE(holder->execute("SET application_name = 'a deployment'; SELECT pg_advisory_lock(72707369)"));
  return std::move(*holder);
}

class Disabled {
 public:
  explicit Disabled(const char* value) { ::setenv("PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK", value, 1); }
  ~Disabled() { ::unsetenv("PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK"); }
};

}  // namespace

TEST_CASE("migration lock: two deployments at once apply each migration once", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers + "SELECT pg_sleep(0.5);").add("2_posts", "CREATE TABLE posts ();");
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
  CHECK(records_of(database) == "1_users finished 1; 2_posts finished 1");
}

TEST_CASE("migration lock: who waits does not hold up CREATE INDEX CONCURRENTLY", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers).add("2_index", "SELECT pg_sleep(0.5);\nCREATE INDEX CONCURRENTLY by_x ON users (x);");
  const migrate::History history = folder.history();
  Result<live::DeployReport> other = fail(ErrorCode::internal, "not run");
  std::jthread rival([&] { other = live::deploy(history, database); });
  const auto ours = live::deploy(history, database);
  rival.join();
  REQUIRE(ours.has_value());
  REQUIRE(other.has_value());
  CHECK(!ours->failure);
  CHECK(!other->failure);
}

TEST_CASE("migration lock: the wait is the one asked for, and names the holder", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  const live::Session holder = holder_of_lock(database);
  Folder folder;
  folder.add("1_users", kUsers);
  const auto begin = std::chrono::steady_clock::now();
  const std::string said = deployed(folder, database, {.lock_wait = 300ms});
  CHECK(std::chrono::steady_clock::now() - begin < 5s);
  INFO(said);
  CHECK(said.contains("is held by process "));
  CHECK(said.contains("(\"a deployment\")"));
  CHECK(said.contains("within 0.3 seconds"));
  CHECK(ask(database, "SELECT to_regclass('_prisma_migrations') IS NULL") == "t");
}

TEST_CASE("migration lock: Prisma's variable disables it", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  const live::Session holder = holder_of_lock(database);
  Folder folder;
  folder.add("1_users", kUsers);
  {
    const Disabled off("0");
    CHECK(deployed(folder, database, {.lock_wait = 0ms}).contains("is held by"));
  }
  const Disabled on("1");
  CHECK(deployed(folder, database, {.lock_wait = 0ms}) == "1_users ");
}

TEST_CASE("migration lock: the lock timeout of the role holds for migrations", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers);
  REQUIRE(deployed(folder, database) == "1_users ");
  run_sql(database,
          "ALTER DATABASE " + ask(database, "SELECT quote_ident(current_database())") + " SET lock_timeout = '200ms'");
  auto reader = live::Session::open(database);
  REQUIRE(reader);
  REQUIRE(reader->execute("BEGIN; SELECT * FROM users"));
  folder.add("2_column", "ALTER TABLE users ADD COLUMN y INT;");
  CHECK(deployed(folder, database).contains("canceling statement due to lock timeout"));
  CHECK(status_of(folder, database, "2_column").state == MigrationState::rolled_back);
}

TEST_CASE("migration lock: it is taken again if a migration releases it", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers)
      .add("2_unlocks", "SELECT pg_advisory_unlock_all();")
      .add("3_discards", "DISCARD ALL;")
      .add("4_posts",
           "SELECT 1/(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid());");
  CHECK(deployed(folder, database) == "1_users 2_unlocks 3_discards 4_posts ");
}

TEST_CASE("migration lock: released at the end of its scope, while the session is still open", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  auto session = live::Session::open(database);
  auto other = live::Session::open(database);
  REQUIRE(session);
  REQUIRE(other);
  {
    const auto lock = live::take_migration_lock(*session);
    REQUIRE(lock);
    CHECK(live::lock_holder(*other).value());
    // A migration that gives it away does not leave it held twice.
    REQUIRE(session->query("SELECT pg_advisory_unlock_all()"));
    CHECK(live::keep_migration_lock(*session, 1s).value());
    CHECK(live::lock_holder(*other).value());
  }
  CHECK(!live::lock_holder(*other).value());
}

TEST_CASE("status: a migration of another process runs", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers).add("2_slow", "SELECT pg_sleep(1.5);").add("3_after", "SELECT 1;");
  const migrate::History history = folder.history();
  std::jthread other([&] { (void)live::deploy(history, database); });
  Result<live::StatusReport> status = fail(ErrorCode::internal, "not asked");
  for (int turn = 0; turn < 40; ++turn) {
    std::this_thread::sleep_for(50ms);
    status = live::status(history, database);
    REQUIRE(status);
    if (status->count(MigrationState::running) > 0) break;
  }
  REQUIRE(status->running_by);
  CHECK(status->running_by->application.starts_with("refract migrate deploy: "));
  CHECK(status->count(MigrationState::running) == 1);
  other.join();
  status = live::status(history, database);
  REQUIRE(status);
  CHECK(!status->running_by);
  CHECK(status->count(MigrationState::applied) == 3);

  // A row that did not finish, as Prisma writes it, is no failure while the lock is held.
  run_sql(database, "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '3_after'");
  CHECK(status_of(folder, database, "3_after").state == MigrationState::failed);
  const live::Session holder = holder_of_lock(database);
  CHECK(status_of(folder, database, "3_after").state == MigrationState::running);
}

}  // namespace refract::test
