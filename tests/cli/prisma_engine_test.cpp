#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>

#include "cli/program.h"
#include "protocol/json.h"
#include "support/catch.h"
#include "support/postgres.h"

// What Prisma's engine concludes from each kind of record that we write (tests/clients/prisma-engine/run.sh).
namespace refract::test {
namespace {

using protocol::Json;

const std::string kSchema = schema_text("model User {\n  id Int @id\n}\n");
constexpr std::string_view kCreateUser =
    "CREATE TABLE \"User\" (\n    \"id\" INTEGER NOT NULL,\n\n    CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\")\n);\n";

std::string output_of(const std::string& command) {
  std::string text;
  std::FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> bytes;
  while (const std::size_t count = std::fread(bytes.data(), 1, bytes.size(), pipe)) text.append(bytes.data(), count);
  REQUIRE(::pclose(pipe) == 0);
  return text;
}

class Shared : public Project {
 public:
  Shared() : database(fresh_database()) {
    write("prisma/schema.prisma", kSchema);
    write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
    write("prisma/migrations/1_user/migration.sql", kCreateUser);
    write("prisma/migrations/1_user/down.sql", "DROP TABLE \"User\";\n");
  }
  Ran migrate(std::vector<std::string> words) const {
    words.insert(words.begin(), "migrate");
    return refract(words, {.environment = {"DATABASE_URL=" + database.secret()}});
  }
  // Of both engines: "edited: …; failed: …; unapplied: …; dev: createMigration", once where they agree, else
  // "6: … | 7: …".
  std::string conclusion() const {
    const std::string six = conclusion_of("6");
    const std::string seven = conclusion_of("7");
    return six == seven ? six : "6: " + six + " | 7: " + seven;
  }

  live::ConnectionString database;

 private:
  std::string conclusion_of(const std::string& version) const {
    const std::string socket = database.secret().substr(5, database.secret().find(' ') - 5);
    const Json said = Json::parse(
        output_of("DATABASE_URL=postgresql://unused node " REFRACT_TESTS_DIR "/clients/prisma-engine/conclude.mjs " +
                  version + " " + socket + " " + ask(database, "SELECT current_database()") + " " +
                  (*this / "prisma/migrations").string() + " " + (*this / "prisma/schema.prisma").string()));
    INFO(said.dump());
    const Json& diagnosis = said.at("diagnosis");
    REQUIRE(diagnosis.contains("editedMigrationNames"));
    std::string text;
    const auto names = [&](std::string_view title, const Json& list) {
      if (list.empty()) return;
      text += std::string(title) + ":";
      for (const Json& name : list) text += " " + name.get<std::string>();
      text += "; ";
    };
    names("edited", diagnosis.at("editedMigrationNames"));
    names("failed", diagnosis.at("failedMigrationNames"));
    if (diagnosis.contains("history") && !diagnosis["history"].is_null()) {
      names("unapplied", diagnosis["history"].value("unappliedMigrationNames", Json::array()));
      names("unpersisted", diagnosis["history"].value("unpersistedMigrationNames", Json::array()));
    }
    const Json& dev = said.at("dev");
    text += "dev: " + (dev.contains("action") ? dev["action"].at("tag").get<std::string>() : dev.dump());
    return text;
  }
};

}  // namespace

TEST_CASE("Prisma's engine reads our records: applied in each way", "[.prisma_engine]") {
  REFRACT_NEEDS_POSTGRES();
  const Shared project;
  CHECK(project.conclusion() == "unapplied: 1_user; dev: createMigration");
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  CHECK(project.conclusion() == "dev: createMigration");
  // With transactions of its own, with statements that run alone.
  project.write("prisma/migrations/2_own/migration.sql", "BEGIN;\nSELECT 2;\nCOMMIT;\n");
  project.write("prisma/migrations/3_do/migration.sql", "DO $$ BEGIN PERFORM 3; END $$;\n");
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  CHECK(project.conclusion() == "dev: createMigration");
  // Line ends of another machine.
  project.write("prisma/migrations/2_own/migration.sql", "BEGIN;\r\nSELECT 2;\r\nCOMMIT;\r\n");
  CHECK(project.conclusion() == "dev: createMigration");
}

TEST_CASE("Prisma's engine reads our records: rolled back, folder kept, edited or gone", "[.prisma_engine]") {
  REFRACT_NEEDS_POSTGRES();
  const Shared project;
  project.write("prisma/migrations/2_more/migration.sql", "ALTER TABLE \"User\" ADD COLUMN \"x\" INTEGER;\n");
  project.write("prisma/migrations/2_more/down.sql", "ALTER TABLE \"User\" DROP COLUMN \"x\";\n");
  project.write("prisma/schema.prisma", schema_text("model User {\n  id Int @id\n  x Int?\n}\n"));
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  const Ran undone = project.migrate({"rollback"});
  REQUIRE(undone.exit_code == 0);
  CHECK(
      undone.out.contains("prisma migrate dev of Prisma 6 and earlier asks to reset the database if the folder is "
                          "missing or its migration.sql was edited"));
  // As rollback says.
  CHECK(project.conclusion() == "6: dev: createMigration | 7: unapplied: 2_more; dev: createMigration");
  project.write("prisma/migrations/2_more/migration.sql", "ALTER TABLE \"User\" ADD COLUMN \"y\" INTEGER;\n");
  CHECK(project.conclusion() == "6: edited: 2_more; dev: reset | 7: unapplied: 2_more; dev: createMigration");
  // Once it is applied again, neither has anything to say.
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  CHECK(project.conclusion() == "dev: createMigration");
  project.write("prisma/migrations/2_more/down.sql", "ALTER TABLE \"User\" DROP COLUMN \"y\";\n");
  REQUIRE(project.migrate({"rollback"}).exit_code == 0);
  std::filesystem::remove_all(project / "prisma/migrations/2_more");
  CHECK(project.conclusion() == "6: unpersisted: 2_more 2_more; dev: reset | 7: dev: createMigration");
}

TEST_CASE("Prisma's engine reads our records: a failure that left nothing, and one in part", "[.prisma_engine]") {
  REFRACT_NEEDS_POSTGRES();
  const Shared project;
  project.write("prisma/migrations/2_fails/migration.sql",
                "INSERT INTO \"User\" VALUES (1);\nINSERT INTO \"User\" VALUES (1);\n");
  REQUIRE(project.migrate({"deploy"}).exit_code == 1);
  CHECK(!project.conclusion().contains("failed: "));
  project.write("prisma/migrations/2_fails/migration.sql", "INSERT INTO \"User\" VALUES (1);\n");
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  CHECK(project.conclusion() == "dev: createMigration");

  const std::string begin = "CREATE TABLE part ();\nREINDEX INDEX CONCURRENTLY \"User_pkey\";\n";
  project.write("prisma/migrations/3_parts/migration.sql", begin + "SELECT 1/0;\n");
  REQUIRE(project.migrate({"deploy"}).exit_code == 1);
  CHECK(project.conclusion().contains("failed: 3_parts; "));
  project.write("prisma/migrations/3_parts/migration.sql", begin + "DROP TABLE part;\n");
  REQUIRE(project.migrate({"deploy", "--resume"}).exit_code == 0);
  // The engine's build sends what refuses a transaction with the rest to its shadow database, and says so.
  CHECK(!project.conclusion().contains("failed: "));
  CHECK(!project.conclusion().contains("edited: "));
}

TEST_CASE("Prisma's engine reads our records: resolved and baselined", "[.prisma_engine]") {
  REFRACT_NEEDS_POSTGRES();
  const Shared project;
  run_sql(project.database, std::string(kCreateUser));
  REQUIRE(project.migrate({"baseline"}).exit_code == 0);
  CHECK(project.conclusion() == "dev: createMigration");
  project.write("prisma/migrations/2_by_hand/migration.sql", "SELECT 2;\n");
  CHECK(project.conclusion() == "unapplied: 2_by_hand; dev: createMigration");
  REQUIRE(project.migrate({"resolve", "2_by_hand", "--applied"}).exit_code == 0);
  CHECK(project.conclusion() == "dev: createMigration");
}

}  // namespace refract::test
