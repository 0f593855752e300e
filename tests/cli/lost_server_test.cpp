#include <chrono>
#include <csignal>
#include <fstream>
#include <optional>
#include <thread>

#include "cli/program.h"
#include "cli/server_process.h"
#include "live/temporary_server.h"
#include "support/catch.h"
#include "support/postgres.h"

// A server that goes away while a command uses it: what is said then, and what there is once it is back.
namespace refract::test {
namespace {

// Of a server in a folder of its own.
pid_t postmaster_of(const std::string& folder) {
  pid_t process = 0;
  std::ifstream(folder + "/data/postmaster.pid") >> process;
  return process;
}

// Sleeps at the COMMIT of a transaction that writes into it.
constexpr std::string_view kSleepsAtCommit = R"(CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$;
CREATE TABLE slow (id INT);
CREATE CONSTRAINT TRIGGER waits AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait();
)";

struct Lost {
  Ran deploy;          // of the command that lost its server
  Ran while_away;      // status, before the server is back
  Ran status;          // once it is
  Ran after;           // deploy, without the sleep
  std::string tables;  // that the migrations made before that
};

// A server that is stopped and comes back.
class Losable {
 public:
  Losable() : first_(live::TemporaryServer::start()) { REQUIRE(first_); }

  // Deploys `sql` after a first migration, and stops the server once a session runs `statement`.
  Lost lose_at(const std::string& name, std::string_view sql, const std::string& statement);

 private:
  Result<live::TemporaryServer> first_;
  std::optional<ServerProcess> server_;  // after the first time
};

Lost Losable::lose_at(const std::string& name, std::string_view sql, const std::string& statement) {
  const auto app = first_->create_database(name);
  REQUIRE(app);
  // The temporary server loses what it committed last.
  run_sql(*app, "ALTER DATABASE " + name + " SET synchronous_commit = on");
  const std::string folder = socket_folder(*app);
  Project project;
  project.write("schema.prisma", "datasource db {\n  provider = \"postgresql\"\n}\n");
  project.write("migrations/migration_lock.toml", "provider = \"postgresql\"\n");
  project.write("migrations/1_first/migration.sql", "CREATE TABLE first (id INT);\n");
  project.write("migrations/2_lost/migration.sql", sql);
  const std::string url = url_of(*app);
  const auto run = [&](const std::string& command, const Setting& setting = {}) {
    return project.refract({"migrate", command, "--schema", "schema.prisma", "--url", url}, setting);
  };
  Lost lost;
  bool stopped = false;
  const auto stop_server = [&](pid_t) {
    for (int attempt = 0; attempt < 400 && !stopped; ++attempt) {
      std::this_thread::sleep_for(std::chrono::milliseconds(25));
      const std::string sleeping = ask(*app,
                                       "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND wait_event = "
                                       "'PgSleep' AND query LIKE '" +
                                           statement + "'");
      if (sleeping == "0") continue;
      stopped = true;
      ::kill(postmaster_of(folder), SIGQUIT);
    }
  };
  lost.deploy = run("deploy", {.meanwhile = stop_server});
  REQUIRE(stopped);
  lost.while_away = run("status");
  server_.reset();
  server_.emplace(folder + "/data", folder);
  const live::ConnectionString back = server_->database(*app);
  lost.status = run("status");
  lost.tables = ask(back,
                    "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND "
                    "relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'");
  // The folder without the sleep.
  const std::string sleep = "SELECT pg_sleep(60);";
  std::string awake(sql);
  if (const std::size_t at = awake.find(sleep); at != std::string::npos) awake.replace(at, sleep.size(), "SELECT 1;");
  if (const std::size_t at = awake.find("PERFORM pg_sleep(60); "); at != std::string::npos) awake.erase(at, 22);
  project.write("migrations/2_lost/migration.sql", awake);
  lost.after = run("deploy");
  return lost;
}

void check_lost(const Lost& lost, const std::string& name) {
  INFO(lost.deploy.out << lost.deploy.err << "--\n" << lost.while_away.err << "--\n" << lost.status.out);
  CHECK(lost.deploy.exit_code == 2);
  CHECK(is_one_sentence(lost.deploy.err));
  CHECK(lost.deploy.err.contains("The connection to the database \"" + name + "\" at "));
  CHECK(lost.deploy.err.contains("was lost while 2_lost ran, and its result is unknown"));
  CHECK(lost.deploy.err.contains("refract migrate status"));
  CHECK(lost.while_away.exit_code == 2);
  CHECK(is_one_sentence(lost.while_away.err));
  CHECK(lost.while_away.err.contains("Cannot connect to the database"));
  CHECK(lost.status.exit_code == 1);
  CHECK(lost.status.out.contains("  1_first  applied\n"));
}

}  // namespace

TEST_CASE("lost server: the sentence then, and what status says once the server is back", "[cli][.lost_server_long]") {
  REFRACT_NEEDS_POSTGRES();
  Losable server;
  {
    const Lost lost =
        server.lose_at("statement", "CREATE TABLE second (id INT);\nSELECT pg_sleep(60);\n", "%sleep(60)%");
    check_lost(lost, "statement");
    CHECK(lost.tables == "first");
    CHECK(lost.status.out.contains("  2_lost  pending\n"));
    INFO(lost.after.err);
    CHECK(lost.after.exit_code == 0);
  }
  {
    const Lost lost =
        server.lose_at("commit", std::string(kSleepsAtCommit) + "INSERT INTO slow VALUES (1);\n", "COMMIT%");
    check_lost(lost, "commit");
    CHECK(lost.tables == "first");
    CHECK(lost.status.out.contains("  2_lost  pending\n"));
    INFO(lost.after.err);
    CHECK(lost.after.exit_code == 0);
  }
  {
    const Lost lost = server.lose_at(
        "alone", "CREATE TABLE second (id INT);\nVACUUM second;\nSELECT pg_sleep(60);\nVACUUM first;\n", "%sleep(60)%");
    check_lost(lost, "alone");
    CHECK(lost.tables == "first second");
    CHECK(lost.status.out.contains("  2_lost  failed\n"));
    CHECK(lost.status.out.contains("2 of 4 statements took effect"));
    CHECK(lost.status.out.contains("refract migrate deploy --resume"));
    INFO(lost.after.err);
    CHECK(lost.after.exit_code != 0);
  }
}

}  // namespace refract::test
