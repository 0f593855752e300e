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

TEST_CASE("migrate verify: proven, and not proven", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Project project;
  project.write("prisma/schema.prisma", kUser);
  Ran ran = project.refract({"migrate", "verify"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.contains("the next migration runs on top"));
  CHECK(ran.out.ends_with("proven\n"));
  CHECK(!ran.out.contains("FAIL"));
  CHECK(ran.err.empty());

  project.write("prisma/migrations/1_user/migration.sql", kCreateUser);
  project.write("prisma/migrations/1_user/down.sql", "SELECT 1;");
  ran = project.refract({"migrate", "verify"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("FAIL  down.sql does not bring back the structure from before"));
  CHECK(ran.out.contains("Drop table User"));
  CHECK(ran.out.ends_with("not proven\n"));
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
  CHECK(ran.out.starts_with("  applied 1_user ("));
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
  CHECK(ran.out.starts_with("  undone  1_user ("));
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

TEST_CASE("migrate deploy: a failure half way, told, recorded and settled", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const Deployed project;
  project.write("prisma/migrations/2_fails/migration.sql", "INSERT INTO \"User\" VALUES (1, 'a');\nSELECT 1/0;\n");
  Ran ran = project.migrate({"deploy"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("  applied 1_user ("));
  CHECK(ran.out.contains("  failed  2_fails: division by zero\n"));
  CHECK(ran.out.contains("refract migrate resolve --rolled-back 2_fails"));
  CHECK(ask(project.database,
            "SELECT logs || '|' || (finished_at IS NULL) || '|' || (rolled_back_at IS NULL) || '|' || "
            "applied_steps_count FROM _prisma_migrations WHERE migration_name = '2_fails'") ==
        "division by zero|true|true|0");

  ran = project.migrate({"deploy"});
  CHECK(ran.exit_code == 1);
  CHECK(is_one_sentence(ran.err));
  CHECK(ran.err.contains("2_fails"));
  ran = project.migrate({"status"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("PostgreSQL said: division by zero\n"));
  CHECK(ran.out.contains("run refract migrate resolve --rolled-back 2_fails"));

  ran = project.migrate({"resolve", "2_fails", "--rolled-back"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out == "2_fails is recorded as rolled back.\n");
  project.write("prisma/migrations/2_fails/migration.sql", "INSERT INTO \"User\" VALUES (1, 'a');\n");
  CHECK(project.migrate({"deploy"}).exit_code == 0);
  CHECK(project.migrate({"status"}).exit_code == 0);
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
  CHECK(unknown.err.contains("the server knows no such database or user"));
}

}  // namespace refract::test
