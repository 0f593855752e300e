#include "operations/deployment.h"

#include "operations/status.h"
#include "support/catch.h"
#include "support/postgres.h"
#include "support/temporary_folder.h"

namespace refract::test {
namespace {

constexpr std::string_view kSchema = "datasource db {\n  provider = \"postgresql\"\n}\n";

// A project on a database of its own. The third of its three migrations needs the second one.
struct Project {
  TemporaryFolder folder;
  live::ConnectionString database = fresh_database();

  Project() {
    folder.write("schema.prisma", kSchema);
    add("1_users", "CREATE TABLE users (id INT PRIMARY KEY);", "DROP TABLE users;");
    add("2_posts", "CREATE TABLE posts (id INT PRIMARY KEY);", "DROP TABLE posts;");
    add("3_likes", "CREATE TABLE likes (post INT REFERENCES posts);", "DROP TABLE likes;");
  }

  void add(const std::string& name, std::string_view sql, std::string_view down) const {
    folder.write("migrations/" + name + "/migration.sql", sql);
    folder.write("migrations/" + name + "/down.sql", down);
  }
  operations::OpenDatabase open() const {
    auto opened = operations::open_database({.path = (folder / "schema.prisma").string()}, url_of(database),
                                            operations::Access::migrate);
    REQUIRE(opened);
    return std::move(*opened);
  }
  bool has(const std::string& table) const {
    return ask(database, "SELECT to_regclass('" + table + "') IS NOT NULL") == "t";
  }
  live::MigrationState state_of(const std::string& name) const {
    const auto opened = open();
    const auto status = operations::status(opened.project.history, opened.project.snapshot(), opened.target.database);
    REQUIRE(status);
    for (const live::MigrationStatus& migration : status->record.migrations) {
      if (migration.name == name) return migration.state;
    }
    FAIL("no migration " + name);
    return {};
  }
};

std::vector<std::string> names_of(const live::DeployReport& report) {
  std::vector<std::string> names;
  for (const live::AppliedMigration& migration : report.applied) names.push_back(migration.name);
  return names;
}

using Names = std::vector<std::string>;
using live::MigrationState;

}  // namespace

TEST_CASE("deploy: the report of three migrations of which the second fails has the first", "[operations][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Project project;
  project.add("2_posts", "CREATE TABLE posts (id INT PRIMARY KEY); SELECT 1/0;", "DROP TABLE posts;");
  const auto failed = operations::deploy(project.open());
  REQUIRE(failed);
  CHECK(names_of(*failed) == Names{"1_users"});
  REQUIRE(failed->failure);
  CHECK(failed->failure->migration == "2_posts");
  CHECK(failed->failure->rolled_back);
  CHECK_FALSE(project.has("posts"));
  CHECK(project.state_of("1_users") == MigrationState::applied);
  CHECK(project.state_of("2_posts") == MigrationState::rolled_back);
  CHECK(project.state_of("3_likes") == MigrationState::pending);

  project.add("2_posts", "CREATE TABLE posts (id INT PRIMARY KEY);", "DROP TABLE posts;");
  const auto rest = operations::deploy(project.open());
  REQUIRE(rest);
  CHECK(names_of(*rest) == Names{"2_posts", "3_likes"});
  CHECK_FALSE(rest->failure);
  const auto nothing = operations::deploy(project.open());
  REQUIRE(nothing);
  CHECK(nothing->applied.empty());
}

TEST_CASE("deploy: asked to stop between two migrations, the report has those applied", "[operations][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Project project;
  std::stop_source stop;
  live::DeployOptions options{.stop = stop.get_token()};
  options.progress = [&](const std::string& name, std::size_t number, std::size_t of) {
    CHECK(of == 3);
    if (number == 2) {
      CHECK(name == "2_posts");
      stop.request_stop();
    }
  };
  const auto report = operations::deploy(project.open(), options);
  REQUIRE(report);
  CHECK(names_of(*report) == Names{"1_users", "2_posts"});
  REQUIRE(report->ended);
  CHECK(report->ended->code == ErrorCode::cancelled);
  CHECK(project.state_of("3_likes") == MigrationState::pending);
  // Nothing is applied by one that is to stop before it begins: an error, as there is nothing to report.
  const auto none = operations::deploy(project.open(), {.stop = stop.get_token()});
  REQUIRE_FALSE(none);
  CHECK(none.error().code == ErrorCode::cancelled);
}

TEST_CASE("deploy: tables that the configuration calls external do not need a baseline", "[operations][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Project project;
  run_sql(project.database, "CREATE TABLE foreign_one (id INT)");
  const auto refused = operations::deploy(project.open());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::conflict);
  project.folder.write(
      "prisma.config.ts",
      "import { defineConfig } from 'prisma/config'\nexport default defineConfig({ schema: 'schema.prisma', "
      "experimental: { externalTables: true }, tables: { external: ['public.foreign_one'] }, datasource: { url: "
      "'postgresql://localhost/app' } })\n");
  project.folder.write("schema.prisma", kSchema);
  const auto report = operations::deploy(project.open());
  if (!report) FAIL(report.error().message);
  CHECK(report->applied.size() == 3);
}

TEST_CASE("rollback: one at a time, and a down.sql that fails halfway says how far it came", "[operations][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Project project;
  REQUIRE(operations::deploy(project.open()));
  const auto undone = operations::rollback(project.open());
  REQUIRE(undone);
  CHECK(undone->undone);
  CHECK(undone->migration == "3_likes");
  CHECK_FALSE(project.has("likes"));
  CHECK(project.state_of("3_likes") == MigrationState::rolled_back);

  project.add("2_posts", "CREATE TABLE posts (id INT PRIMARY KEY);",
              "BEGIN; DROP TABLE posts; COMMIT; DROP TABLE nowhere;");
  const auto failed = operations::rollback(project.open());
  REQUIRE(failed);
  CHECK_FALSE(failed->undone);
  CHECK(failed->migration == "2_posts");
  REQUIRE(failed->failure);
  CHECK(failed->failure->done == 3);
  CHECK(failed->failure->statement == 4);
  CHECK_FALSE(project.has("posts"));

  run_sql(project.database, "CREATE TABLE posts (id INT PRIMARY KEY); INSERT INTO posts VALUES (1)");
  project.add("2_posts", "CREATE TABLE posts (id INT PRIMARY KEY);", "DROP TABLE posts;");
  const auto kept = operations::rollback(project.open());
  REQUIRE(kept);
  CHECK_FALSE(kept->undone);
  CHECK_FALSE(kept->failure);
  CHECK(kept->losses.size() == 1);
  CHECK(operations::rollback(project.open(), {.accept_data_loss = true})->undone);
}

TEST_CASE("resolve: a failed run is recorded as rolled back, or all of it as applied, or nothing is",
          "[operations][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Project project;
  // Left in parts.
  project.add("2_posts", "BEGIN; CREATE TABLE posts (id INT PRIMARY KEY); COMMIT; SELECT 1/0;", "");
  const auto failed = operations::deploy(project.open());
  REQUIRE(failed);
  REQUIRE(failed->failure);
  CHECK_FALSE(failed->failure->rolled_back);
  CHECK(project.state_of("2_posts") == MigrationState::failed);

  // Its first step would close the failed run; the last one fails here, and takes the first one back.
  run_sql(project.database,
          "CREATE FUNCTION no_insert() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'not now'; END$$;"
          "CREATE TRIGGER no_insert BEFORE INSERT ON _prisma_migrations EXECUTE FUNCTION no_insert()");
  const auto refused = operations::resolve(project.open(), "2_posts", live::Resolution::applied);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.contains("not now"));
  CHECK(project.state_of("2_posts") == MigrationState::failed);
  run_sql(project.database, "DROP FUNCTION no_insert CASCADE");

  REQUIRE(operations::resolve(project.open(), "2_posts", live::Resolution::applied));
  CHECK(project.state_of("2_posts") == MigrationState::applied);
  const auto again = operations::resolve(project.open(), "2_posts", live::Resolution::rolled_back);
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::conflict);
  const auto unknown = operations::resolve(project.open(), "9_none", live::Resolution::applied);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == ErrorCode::not_found);
}

TEST_CASE("reset: drops and applies, and the report keeps the drop where a migration fails", "[operations][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Project project;
  REQUIRE(operations::deploy(project.open()));
  run_sql(project.database, "INSERT INTO users VALUES (1)");
  const auto plan = operations::plan_reset(project.open());
  REQUIRE(plan);
  CHECK(plan->objects.size() >= 3);

  const auto refused = operations::reset(project.open(), *plan, "another");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::usage);
  CHECK(ask(project.database, "SELECT count(*) FROM users") == "1");

  const auto done = operations::reset(project.open(), *plan, plan->database);
  REQUIRE(done);
  CHECK(done->dropped == *plan);
  CHECK_FALSE(done->deploy_error);
  CHECK(names_of(done->deployed) == Names{"1_users", "2_posts", "3_likes"});
  CHECK(ask(project.database, "SELECT count(*) FROM users") == "0");

  const auto next = operations::plan_reset(project.open());
  REQUIRE(next);
  SECTION("one fails") {
    project.add("2_posts", "CREATE TABLE posts (id INT PRIMARY KEY); SELECT 1/0;", "");
    const auto failed = operations::reset(project.open(), *next, next->database);
    REQUIRE(failed);
    CHECK(names_of(failed->deployed) == Names{"1_users"});
    REQUIRE(failed->deployed.failure);
    CHECK(failed->deployed.failure->migration == "2_posts");
  }
  SECTION("none is tried") {
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = operations::reset(project.open(), *next, next->database, live::kLockWait,
                                           [&] { return live::DeployOptions{.stop = stop.get_token()}; });
    REQUIRE(stopped);
    REQUIRE(stopped->deploy_error);
    CHECK(stopped->deploy_error->code == ErrorCode::cancelled);
    CHECK_FALSE(project.has("users"));
  }
}

TEST_CASE("status: drift, and changes of the schema without a migration", "[operations][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Project project;
  REQUIRE(operations::deploy(project.open()));
  const auto status = [&] {
    const auto opened = project.open();
    auto found = operations::status(opened.project.history, opened.project.snapshot(), opened.target.database);
    REQUIRE(found);
    return std::move(*found);
  };
  CHECK(status().drift.empty());
  CHECK(status().record.count(MigrationState::applied) == 3);
  // The schema has no model: three tables would go, and a foreign key.
  CHECK(status().unwritten.size() == 4);
  run_sql(project.database, "ALTER TABLE users ADD COLUMN extra INT");
  CHECK(status().drift.size() == 1);
  project.add("1_users", "CREATE TABLE users (id BIGINT PRIMARY KEY);", "");
  CHECK(status().drift.empty());
  CHECK(status().structure_unknown == "1_users was edited");
}

}  // namespace refract::test
