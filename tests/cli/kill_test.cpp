#include <signal.h>

#include <chrono>
#include <optional>
#include <thread>

#include "cli/program.h"
#include "live/session.h"
#include "support/catch.h"
#include "support/postgres.h"

// SIGKILL during deploy: what status then says is true, and its advice leads to a good end. Each statement works on a
// table of its own, gate_1 to gate_10, and waits there for the test to open it.
namespace refract::test {
namespace {

using namespace std::chrono_literals;

constexpr int kStatements = 10;

enum class Mode {
  one_transaction,  // ten inserts
  own_blocks,       // with transactions of the script's own
  alone,            // some statements refuse a transaction
};

std::string gate(int number) {
  return "gate_" + std::to_string(number);
}

bool is_index(Mode mode, int number) {
  return mode == Mode::alone && number % 3 == 2;
}

std::string statement(Mode mode, int number) {
  if (is_index(mode, number))
    return "CREATE INDEX CONCURRENTLY \"" + gate(number) + "_n_idx\" ON \"" + gate(number) + "\"(\"n\");\n";
  if (mode == Mode::alone && number == 7) return "VACUUM \"" + gate(number) + "\";\n";
  return "INSERT INTO \"" + gate(number) + "\" VALUES (" + std::to_string(number) + ");\n";
}

std::string script(Mode mode) {
  std::string sql;
  for (int number = 1; number <= kStatements; ++number) {
    const bool block = mode == Mode::own_blocks && number % 3 == 1;
    if (block) sql += "BEGIN;\n";
    sql += statement(mode, number);
    if (mode == Mode::own_blocks && (number % 3 == 0 || number == kStatements)) sql += "COMMIT;\n";
  }
  return sql;
}

class Killed : public Project {
 public:
  explicit Killed(Mode mode) : database(fresh_database()), mode_(mode) {
    std::string models, tables;
    for (int number = 1; number <= kStatements; ++number) {
      models +=
          "model " + gate(number) + " {\n  n Int @id\n" + (is_index(mode, number) ? "  @@index([n])\n" : "") + "}\n";
      tables += "CREATE TABLE \"" + gate(number) + "\" (\"n\" INTEGER NOT NULL, CONSTRAINT \"" + gate(number) +
                "_pkey\" PRIMARY KEY (\"n\"));\n";
    }
    write("prisma/schema.prisma", schema_text(models));
    write("prisma/migrations/1_gates/migration.sql", tables);
    REQUIRE(migrate({"deploy"}).exit_code == 0);
    write("prisma/migrations/2_ten/migration.sql", script(mode));
  }
  Ran migrate(std::vector<std::string> words, std::function<void(pid_t)> meanwhile = {}) const {
    words.insert(words.begin(), "migrate");
    return refract(words, {.environment = {"DATABASE_URL=" + database.secret()}, .meanwhile = std::move(meanwhile)});
  }

  // Deploys, kills the program while the statement waits at its gate, and waits until the server has done with it.
  void deploy_and_kill(int number) const {
    auto holder = live::Session::open(database);
    REQUIRE(holder);
    REQUIRE(holder->execute("BEGIN; LOCK TABLE \"" + gate(number) + "\" IN ACCESS EXCLUSIVE MODE"));
    const Ran ran = migrate({"deploy"}, [&](pid_t program) {
      const std::string waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'gate_" +
                                std::to_string(number) + "'::regclass";
      wait_until([&] { return ask(database, waits) != "0"; });
      ::kill(program, SIGKILL);
    });
    REQUIRE(ran.exit_code == 128 + SIGKILL);
    const Ran status = migrate({"status"});
    INFO(status.out);
    CHECK(status.exit_code == 1);
    CHECK(status.out.contains("  2_ten  running\n"));
    CHECK(status.out.contains("The migration lock is held by process "));
    REQUIRE(holder->execute("COMMIT"));
    wait_until([&] {
      return ask(database,
                 "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM "
                 "pg_database WHERE datname = current_database())") == "0";
    });
  }

  // Whether the statement took effect.
  bool done(int number) const {
    if (is_index(mode_, number))
      return ask(database, "SELECT count(*) FROM pg_index WHERE indisvalid AND indexrelid = to_regclass('" +
                               gate(number) + "_n_idx')") == "1";
    return ask(database, "SELECT count(*) FROM " + gate(number)) == "1";
  }
  bool leaves_no_trace(int number) const { return mode_ == Mode::alone && number == 7; }

  live::ConnectionString database;

 private:
  template <class Condition>
  static void wait_until(Condition condition) {
    for (int turn = 0; turn < 1500; ++turn) {
      if (condition()) return;
      std::this_thread::sleep_for(20ms);
    }
    FAIL("waited for thirty seconds in vain");
  }

  Mode mode_;
};

// The last line of what status prints.
std::string advice(const Ran& status) {
  const std::string text = status.out.substr(0, status.out.size() - 1);
  return text.substr(text.rfind('\n') + 1);
}

void check_kill(Mode mode, int number) {
  INFO("killed at statement " << number << " of:\n" << script(mode));
  const Killed project(mode);
  project.deploy_and_kill(number);

  const Ran status = project.migrate({"status"});
  INFO(status.out << status.err);
  // What it says of each statement is what the database says.
  const bool applied = status.out.contains("  2_ten  applied\n");
  const bool pending = status.out.contains("  2_ten  pending\n");
  const bool failed = status.out.contains("  2_ten  failed\n");
  CHECK(applied + pending + failed == 1);
  CHECK(!(mode == Mode::one_transaction && failed));
  int uncertain = 0;
  for (int at = 1; at <= kStatements; ++at) {
    if (project.leaves_no_trace(at)) continue;
    const std::string place = "statement " + std::to_string(at) + " (line " + std::to_string(at) + ", ";
    const std::size_t named = status.out.find(place);
    const bool open = status.out.contains("is not recorded: " + place);
    uncertain += open ? 1 : 0;
    INFO("statement " << at);
    if (!open) CHECK(project.done(at) == (applied || (failed && named != std::string::npos)));
  }
  CHECK(uncertain <= 1);

  // And its advice leads to a good end: all took effect, each once.
  const std::string next = advice(status);
  if (next.contains("--resume")) {
    const Ran resumed = project.migrate({"deploy", "--resume"});
    INFO(resumed.out << resumed.err);
    CHECK(resumed.exit_code == 0);
  } else if (next.contains("run refract migrate deploy")) {
    CHECK(project.migrate({"deploy"}).exit_code == 0);
  } else {
    CHECK(next == "The database is up to date.");
  }
  for (int at = 1; at <= kStatements; ++at) CHECK((project.leaves_no_trace(at) || project.done(at)));
  const Ran end = project.migrate({"status"});
  INFO(end.out);
  CHECK(end.exit_code == 0);
  CHECK(ask(project.database,
            "SELECT count(*) FROM _prisma_migrations WHERE migration_name = '2_ten' AND finished_at IS NOT NULL") ==
        "1");
}

constexpr Mode kModes[] = {Mode::one_transaction, Mode::own_blocks, Mode::alone};

}  // namespace

TEST_CASE("deploy killed: what status says is true, and its advice helps", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  check_kill(Mode::one_transaction, 5);
  check_kill(Mode::own_blocks, 5);
  check_kill(Mode::alone, 4);
  check_kill(Mode::alone, 8);
}

TEST_CASE("deploy killed at every statement", "[.kill_long]") {
  REFRACT_NEEDS_POSTGRES();
  for (const Mode mode : kModes) {
    for (int number = 1; number <= kStatements; ++number) check_kill(mode, number);
  }
}

}  // namespace refract::test
