#include <unistd.h>

#include <chrono>
#include <optional>
#include <thread>

#include "cli/program.h"
#include "cli/server_process.h"
#include "live/process.h"
#include "live/temporary_server.h"
#include "support/catch.h"
#include "support/postgres.h"

// Commands on a hot standby, which can be read and takes no writes.
namespace refract::test {
namespace {

// A copy of a server that follows it.
class Standby {
 public:
  explicit Standby(const live::TemporaryServer& primary) {
    const live::Account account = server_account();
    if (account.user != 0) REQUIRE(::chown(folder_.path().c_str(), account.user, account.group) == 0);
    const std::string data = (folder_ / "data").string();
    const auto copied = live::run(server_programs() / "pg_basebackup",
                                  {"-h", socket_folder(primary.connection()), "-p", "5432", "-U", "postgres", "-D",
                                   data, "-R", "-X", "stream", "-c", "fast", "--no-sync"},
                                  folder_ / "backup.log", account);
    REQUIRE(copied);
    INFO(copied->output);
    REQUIRE(copied->exit_code == 0);
    server_.emplace(data, folder_.path());
  }

  // The primary's database here.
  live::ConnectionString database(const live::ConnectionString& on_primary) const {
    return server_->database(on_primary);
  }

 private:
  TemporaryFolder folder_;
  std::optional<ServerProcess> server_;
};

const std::string kSchema = "datasource db {\n  provider = \"postgresql\"\n}\n\nmodel User {\n  id Int @id\n}\n";
constexpr std::string_view kUser =
    "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));\n";

}  // namespace

TEST_CASE("standby: what writes is refused in one sentence, what reads works", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const TemporaryFolder scratch;
  const auto version = live::run(server_programs() / "pg_basebackup", {"--version"}, scratch / "version.log", {});
  if (!version || version->exit_code != 0) {
    WARN("pg_basebackup is not installed, or does not run here");
    return;
  }
  const auto primary = live::TemporaryServer::start();
  REQUIRE(primary);
  const auto app = primary->create_database("app");
  const auto fresh = primary->create_database("fresh");
  const auto foreign = primary->create_database("foreign");
  REQUIRE((app && fresh && foreign));
  Project project;
  project.write("schema.prisma", kSchema);
  project.write("migrations/1_user/migration.sql", kUser);
  project.write("migrations/1_user/down.sql", "DROP TABLE \"User\";\n");
  project.write("migrations/migration_lock.toml", "provider = \"postgresql\"\n");
  const Ran deployed = project.refract({"migrate", "deploy", "--schema", "schema.prisma", "--url", url_of(*app)});
  INFO(deployed.err);
  REQUIRE(deployed.exit_code == 0);
  run_sql(*app, "INSERT INTO \"User\" VALUES (1)");
  run_sql(*foreign, std::string(kUser));
  const Standby standby(*primary);
  const live::ConnectionString here = standby.database(*app);
  REQUIRE(ask(here, "SELECT pg_is_in_recovery()") == "t");
  const std::string before = dump(*app).value_or("");
  const auto run = [&](std::vector<std::string> arguments, const live::ConnectionString& database) {
    arguments.insert(arguments.begin(), "migrate");
    arguments.insert(arguments.end(), {"--schema", "schema.prisma", "--url", url_of(database)});
    return project.refract(arguments);
  };
  const auto check_refused = [&](const std::vector<std::string>& arguments, const live::ConnectionString& database) {
    const Ran ran = run(arguments, database);
    INFO(arguments.front() << ": " << ran.exit_code << "\n" << ran.out << ran.err);
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    CHECK(is_one_sentence(ran.err));
    CHECK(ran.err.contains("is a standby"));
    CHECK(ran.err.contains("connect to its primary"));
  };

  // With nothing to do and with a migration that is not applied.
  CHECK(run({"status"}, here).exit_code == 0);
  CHECK(run({"deploy"}, here).exit_code == 0);
  project.write("migrations/2_more/migration.sql", "ALTER TABLE \"User\" ADD COLUMN \"name\" TEXT;\n");
  project.write("migrations/2_more/down.sql", "ALTER TABLE \"User\" DROP COLUMN \"name\";\n");
  const Ran status = run({"status"}, here);
  INFO(status.out << status.err);
  CHECK(status.exit_code == 1);
  CHECK(status.out.contains("2_more"));
  check_refused({"deploy"}, here);
  check_refused({"deploy", "--force"}, here);
  check_refused({"rollback", "--accept-data-loss"}, here);
  check_refused({"reset", "--force", "--database", "app"}, here);
  check_refused({"resolve", "--applied", "2_more"}, here);
  // Never migrated: one that is empty, and one that has the tables.
  check_refused({"deploy"}, standby.database(*fresh));
  check_refused({"baseline", "1_user"}, standby.database(*foreign));

  const Ran diff = project.refract({"migrate", "diff", "--from", url_of(here), "--to", "schema.prisma", "--exit-code"});
  CHECK(diff.exit_code == 0);
  const Ran agreed = run({"pull"}, here);
  CHECK(agreed.exit_code == 0);
  CHECK(project.read("schema.prisma") == kSchema);
  run_sql(*app, "ALTER TABLE \"User\" ADD COLUMN age INT");
  for (int attempt = 0; attempt < 200; ++attempt) {
    if (ask(here, "SELECT count(*) FROM pg_attribute WHERE attname = 'age'") == "1") break;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  CHECK(run({"pull"}, here).exit_code == 0);
  CHECK(project.read("schema.prisma").contains("  age Int?\n"));
  run_sql(*app, "ALTER TABLE \"User\" DROP COLUMN age");
  CHECK(dump(*app).value_or("") == before);
}

}  // namespace refract::test
