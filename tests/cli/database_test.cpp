#include <signal.h>

#include <chrono>
#include <thread>

#include "cli/program.h"
#include "support/catch.h"
#include "support/postgres.h"

// The commands that need a server, as a user meets them.
namespace refract::test {
namespace {

namespace fs = std::filesystem;

const std::string kUser = schema_text("model User {\n  id    Int    @id\n  email String @unique\n}\n");
constexpr std::string_view kCreateUser =
    "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, \"email\" TEXT NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY "
    "(\"id\"));\n"
    "CREATE UNIQUE INDEX \"User_email_key\" ON \"User\"(\"email\");\n";

// A project whose DATABASE_URL is a fresh database.
class Deployed : public Project {
 public:
  Deployed() : database(fresh_database()) {
    write("prisma/schema.prisma", kUser);
    write("prisma/migrations/1_user/migration.sql", kCreateUser);
    write("prisma/migrations/1_user/down.sql", "DROP TABLE \"User\";\n");
  }
  Ran migrate(std::vector<std::string> words) const {
    words.insert(words.begin(), "migrate");
    return refract(words, {.environment = {"DATABASE_URL=" + database.secret()}});
  }

  live::ConnectionString database;
};

}  // namespace

TEST_CASE("migrate verify: verified, and not verified", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Project project;
  project.write("prisma/schema.prisma", kUser);
  Ran ran = project.refract({"migrate", "verify"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.contains("the next migration runs"));
  CHECK(ran.out.ends_with("\nverified\n"));
  CHECK(!ran.out.contains("FAIL"));
  CHECK(ran.err.empty());

  project.write("prisma/migrations/1_user/migration.sql", kCreateUser);
  project.write("prisma/migrations/1_user/down.sql", "SELECT 1;");
  ran = project.refract({"migrate", "verify"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("FAIL  down.sql does not restore the previous structure"));
  CHECK(ran.out.contains("Drop table User"));
  CHECK(ran.out.ends_with("not verified\n"));
}

TEST_CASE("migrate verify: an interruption leaves neither server nor folder", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  for (const int signal : {SIGINT, SIGTERM, SIGKILL}) {
    INFO("signal " << signal);
    Project project;
    project.write("prisma/schema.prisma", kUser);
    project.write("prisma/migrations/1_slow/migration.sql", "SELECT pg_sleep(120);");
    const fs::path place = project / "tmp";
    fs::create_directories(place);
    fs::permissions(place, fs::perms(0777));
    pid_t server = 0;
    const auto interrupt = [&](pid_t program) {
      const auto begin = std::chrono::steady_clock::now();
      while (server == 0 && std::chrono::steady_clock::now() - begin < std::chrono::seconds(40)) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        for (const auto& entry : fs::directory_iterator(place)) {
          if (!fs::exists(entry.path() / ".s.PGSQL.5432")) continue;
          std::ifstream(entry.path() / "data/postmaster.pid") >> server;
        }
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(400));
      ::kill(program, signal);
    };
    const Ran ran =
        project.refract({"migrate", "verify"}, {.environment = {"TMPDIR=" + place.string()}, .meanwhile = interrupt});
    REQUIRE(server > 0);
    if (signal == SIGKILL) {
      for (int turn = 0; turn < 200 && !fs::is_empty(place); ++turn)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    } else {
      CHECK(ran.exit_code == 2);
      CHECK(is_one_sentence(ran.err));
      CHECK(::kill(server, 0) != 0);
    }
    CHECK(fs::is_empty(place));
  }
}

TEST_CASE("migrate deploy, status and rollback", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Deployed project;
  Ran ran = project.migrate({"status"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("  1_user  pending\n"));
  CHECK(ran.out.ends_with("1 migration to apply: run refract migrate deploy.\n"));

  ran = project.migrate({"deploy"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.starts_with("  applied 1_user\n"));
  CHECK(ran.err.empty());
  CHECK(ask(project.database, "SELECT count(*) FROM \"User\"") == "0");
  ran = project.migrate({"status"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.ends_with("  1_user  applied\nThe database is up to date.\n"));
  CHECK(project.migrate({"deploy"}).out.starts_with("Nothing to apply: "));

  ran = project.migrate({"rollback", "9_other"});
  CHECK(ran.exit_code == 1);
  CHECK(is_one_sentence(ran.err));
  ran = project.migrate({"rollback"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.starts_with("  undone  1_user\n"));
  CHECK(ask(project.database, "SELECT to_regclass('\"User\"') IS NULL") == "t");
  CHECK(project.migrate({"status"}).out.contains("  1_user  rolled back\n"));
}

TEST_CASE("migrate diff: a database on either side", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Deployed project;
  const std::string socket = project.database.secret().substr(5, project.database.secret().find(' ') - 5);
  const std::string url =
      "postgresql://postgres@localhost/" + ask(project.database, "SELECT current_database()") + "?host=" + socket;
  Ran ran = project.migrate({"diff", "--from", url, "--to", "prisma/schema.prisma", "--format", "summary"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.contains("- Create table User (id, email)\n"));
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  ran = project.migrate({"diff", "--from", url, "--to", "prisma/schema.prisma"});
  CHECK(ran.out == "-- This is an empty migration.\n");
  ran = project.migrate({"diff", "--from", "prisma/migrations", "--to", url});
  CHECK(ran.out == "-- This is an empty migration.\n");
}

TEST_CASE("migrate deploy: a failure is located, recorded, and needs nobody where nothing stayed", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Deployed project;
  project.write("prisma/migrations/2_fails/migration.sql", "INSERT INTO \"User\" VALUES (1, 'a');\nSELECT 1/0;\n");
  Ran ran = project.migrate({"deploy"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("  applied 1_user\n"));
  CHECK(ran.out.contains("  failed  2_fails: division by zero\n"));
  CHECK(ran.out.contains("prisma/migrations/2_fails/migration.sql:2:1\n"));
  CHECK(ran.out.contains("1 migration was applied before it. None of its changes remain in the database"));
  CHECK(ask(project.database,
            "SELECT logs || '|' || (finished_at IS NULL) || '|' || (rolled_back_at IS NULL) || '|' || "
            "applied_steps_count FROM _prisma_migrations WHERE migration_name = '2_fails'") ==
        "line 2, column 1: division by zero|true|false|0");

  ran = project.migrate({"status"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("  2_fails  rolled back\n    its last run failed and was rolled back:\n"));
  CHECK(ran.out.ends_with("1 migration to apply: run refract migrate deploy.\n"));
  project.write("prisma/migrations/2_fails/migration.sql", "INSERT INTO \"User\" VALUES (1, 'a');\n");
  CHECK(project.migrate({"deploy"}).exit_code == 0);
  CHECK(project.migrate({"status"}).exit_code == 0);
}

TEST_CASE("migrate deploy: a part that took effect is named, and the rest runs with --resume", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Deployed project;
  const std::string begin = "VACUUM;\nINSERT INTO \"User\" VALUES (1, 'a');\n";
  project.write("prisma/migrations/2_parts/migration.sql", "CREATE TABLE a ();\n" + begin + "SELECT 1/0;\nVACUUM;\n");
  Ran ran = project.migrate({"deploy"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("Its first 2 statements took effect; run refract migrate status to see what to do next."));
  ran = project.migrate({"deploy"});
  CHECK(ran.exit_code == 1);
  CHECK(is_one_sentence(ran.err));
  ran = project.migrate({"status"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("    line 4, column 1: division by zero\n"));
  CHECK(
      ran.out.contains("    2 of 5 statements took effect\n      statement 1 (line 1, column 1): CREATE TABLE a ()\n"));
  CHECK(ran.out.contains("run refract migrate deploy --resume"));
  project.write("prisma/migrations/2_parts/migration.sql", "CREATE TABLE a ();\n" + begin);
  ran = project.migrate({"deploy", "--resume"});
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(ask(project.database, "SELECT count(*) FROM \"User\"") == "1");
}

TEST_CASE("migrate status: the structure and the schema beside the migrations", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Deployed project;
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  run_sql(project.database, "ALTER TABLE \"User\" ADD COLUMN extra INT");
  Ran ran = project.migrate({"status"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("- Only the database has column User.extra.\n"));
  run_sql(project.database, "ALTER TABLE \"User\" DROP COLUMN extra; DROP INDEX \"User_email_key\"");
  ran = project.migrate({"status"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("- The database lacks index User_email_key of table User.\n"));
  run_sql(project.database, "CREATE UNIQUE INDEX \"User_email_key\" ON \"User\"(\"email\"); CREATE VIEW v AS SELECT 1");
  CHECK(project.migrate({"status"}).exit_code == 0);

  project.write("prisma/schema.prisma",
                schema_text("model User {\n  id    Int    @id\n  email String @unique\n  age Int?\n}\n"));
  ran = project.migrate({"status"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("Schema changes without a migration:\n- Add column age"));
  CHECK(ran.out.ends_with("1 schema change without a migration: run refract migrate new NAME.\n"));
}

TEST_CASE("migrate rollback: what would be lost is listed and has to be accepted", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Deployed project;
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  run_sql(project.database, "INSERT INTO \"User\" VALUES (1, 'a')");
  Ran ran = project.migrate({"rollback", "--dry-run"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out ==
        "  lost: Table User loses 1 row.\n1_user would be undone by:\nDROP TABLE \"User\";\n"
        "Undoing it requires --accept-data-loss.\n");
  ran = project.migrate({"rollback"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("refract migrate rollback 1_user --accept-data-loss"));
  CHECK(ask(project.database, "SELECT count(*) FROM \"User\"") == "1");
  ran = project.migrate({"rollback", "--accept-data-loss"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.contains("It is recorded as rolled back, so the next refract migrate deploy"));
}

TEST_CASE("migrate baseline: what a database has more or less, and named exceptions", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Deployed project;
  run_sql(project.database,
          "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, \"email\" TEXT, extra INT, CONSTRAINT \"User_pkey\" PRIMARY "
          "KEY (\"id\")); CREATE TABLE other (id INT)");
  CHECK(project.migrate({"status"}).out.contains("refract migrate baseline"));
  Ran ran = project.migrate({"baseline"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("- Only the database has table other.\n"));
  CHECK(ran.out.contains("- Only the database has column User.extra.\n"));
  CHECK(ran.out.contains("- The database lacks index User_email_key of table User.\n"));
  CHECK(ran.out.contains("- The database differs; required change: Make column User.email required.\n"));
  ran = project.migrate({"baseline", "--except", "other", "--except", "User.extra", "--except", "User_email_key"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("  accepted: Only the database has table other.\n"));
  CHECK(project.migrate({"baseline", "--except", "Nothing"}).exit_code == 2);
  CHECK(ask(project.database, "SELECT to_regclass('_prisma_migrations') IS NULL") == "t");
  ran = project.migrate({"baseline", "--except", "other", "--except", "User"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.contains("  recorded 1_user\n"));
}

TEST_CASE("migrate diff --exit-code: 0 empty, 2 different, 1 an error", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kUser);
  project.write("prisma/migrations/1_user/migration.sql", kCreateUser);
  const auto code = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"migrate", "diff"});
    return project.refract(words).exit_code;
  };
  CHECK(code({"--from", "prisma/migrations", "--to", "prisma/schema.prisma", "--exit-code"}) == 0);
  CHECK(code({"--from", "empty", "--to", "prisma/schema.prisma", "--exit-code"}) == 2);
  CHECK(code({"--from", "empty", "--to", "prisma/schema.prisma", "--exit-code", "--format", "json"}) == 2);
  CHECK(code({"--from", "empty", "--to", "prisma/schema.prisma"}) == 0);
  CHECK(code({"--from", "empty", "--to", "nowhere.prisma", "--exit-code"}) == 1);
  CHECK(code({"--from", "empty", "--to", "prisma/schema.prisma", "--exit-code", "--prisma", "4"}) == 1);
  CHECK(code({"--from", "postgresql://nobody@localhost:1/none", "--to", "empty", "--exit-code"}) == 1);
}

TEST_CASE("migrate down: the way back of a migration that was written by hand", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Deployed project;
  project.write("prisma/migrations/2_hand/migration.sql",
                "ALTER TABLE \"User\" RENAME COLUMN \"email\" TO \"mail\";\nALTER TABLE \"User\" ADD COLUMN \"age\" "
                "INTEGER;\nUPDATE \"User\" SET \"age\" = 1;\n");
  Ran ran = project.migrate({"down", "2_hand", "--print"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.contains("RENAME COLUMN \"mail\" TO \"email\""));
  CHECK(ran.out.contains("DROP COLUMN \"age\""));
  CHECK(ran.out.contains("-- impossible: Not undone: Run UPDATE on User."));
  CHECK(project.migrate({"down", "2_hand"}).exit_code == 0);
  CHECK(project.read("prisma/migrations/2_hand/down.sql") == ran.out);
  CHECK(project.migrate({"down", "9_none"}).exit_code == 2);
  // One that was written by hand is kept.
  CHECK(project.migrate({"down", "1_user"}).exit_code == 1);
  CHECK(project.read("prisma/migrations/1_user/down.sql") == "DROP TABLE \"User\";\n");
  CHECK(project.migrate({"down", "1_user", "--force"}).exit_code == 0);

  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  CHECK(project.migrate({"rollback", "2_hand"}).exit_code == 0);
  CHECK(
      ask(project.database,
          "SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '\"User\"'::regclass AND "
          "attnum > 0 AND NOT attisdropped") == "id email");
}

TEST_CASE("migrate lint, diff, new and verify report what deploy would run into", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Deployed project;
  project.write("prisma/migrations/2_open/migration.sql",
                "\xEF\xBB\xBF"
                "BEGIN;\nSELECT 1;\n");
  const std::string place = "prisma/migrations/2_open/migration.sql:1:1";
  Ran ran = project.migrate({"lint", "2_open"});
  CHECK(ran.exit_code == 1);
  CHECK(
      ran.out.contains("2_open/migration.sql:1: danger: PostgreSQL rejects it: this transaction is begun and never "
                       "ended. [will-fail]\n  = Add COMMIT."));
  ran = project.migrate({"diff", "--from", "prisma/migrations", "--to", "prisma/schema.prisma"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.err.contains(place + ": this transaction is begun and never ended; add COMMIT"));
  CHECK(project.migrate({"new", "more", "--dry-run"}).err.contains(place));
  CHECK(project.migrate({"verify"}).exit_code == 1);
  ran = project.migrate({"deploy"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.err.contains("nothing was run"));
  CHECK(ask(project.database, "SELECT to_regclass('\"User\"') IS NULL") == "t");

  project.write("prisma/migrations/2_open/migration.sql", "foo;\n");
  for (const std::string command : {"lint", "verify", "deploy"}) {
    ran = project.migrate({command});
    CHECK(ran.exit_code == 2);
    CHECK(ran.err.contains(place));
  }
  // What is beside others in no transaction runs, and is verified so.
  project.write("prisma/migrations/2_open/migration.sql", "SET lock_timeout = '1s';\nVACUUM;\nSELECT 1;\n");
  project.write("prisma/migrations/2_open/down.sql", "VACUUM;\nSELECT 1;\n");
  ran = project.migrate({"verify"});
  INFO(ran.out);
  CHECK(ran.exit_code == 0);
}

TEST_CASE("bad input: a role without rights", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Deployed project;
  run_sql(project.database, "CREATE ROLE guest LOGIN");
  const std::string url = as_role(project.database, "guest").secret() + " password=s3cret";
  const Ran ran = project.refract({"migrate", "deploy", "--url", url});
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 2);
  CHECK(is_one_sentence(ran.err));
  CHECK(ran.err.contains("\"guest\""));
  CHECK(ran.err.contains("public"));
  CHECK(!ran.err.contains("s3cret"));
  CHECK(ask(project.database, "SELECT to_regclass('_prisma_migrations') IS NULL") == "t");

  const Ran unknown =
      project.refract({"migrate", "status", "--url", as_role(project.database, "nobody_here").secret()});
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.err.contains("the database or the user does not exist on the server"));
}

}  // namespace refract::test
