#include "cli/program.h"
#include "protocol/json.h"
#include "support/catch.h"
#include "support/postgres.h"

// lint, baseline, reset and pull, as a user meets them.
namespace refract::test {
namespace {

using protocol::Json;

const std::string kUser = schema_text("model User {\n  id    Int    @id\n  email String\n}\n");
constexpr std::string_view kCreateUser =
    "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, \"email\" TEXT NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY "
    "(\"id\"));\n";

class OnDatabase : public Project {
 public:
  OnDatabase() : database(fresh_database()) {
    write("prisma/schema.prisma", kUser);
    write("prisma/migrations/1_user/migration.sql", kCreateUser);
  }
  Ran migrate(std::vector<std::string> words) const {
    words.insert(words.begin(), "migrate");
    return refract(words, {.environment = {"DATABASE_URL=" + database.secret()}});
  }

  live::ConnectionString database;
};

}  // namespace

TEST_CASE("migrate lint: the waiting migration, named ones, and every format", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", schema_text("model User {\n  id Int @id\n}\n"));
  project.write("prisma/migrations/1_user/migration.sql", kCreateUser);
  project.write("prisma/migrations/2_index/migration.sql", "-- one\nCREATE INDEX \"i\" ON \"User\"(\"email\");\n");
  Ran ran = project.refract({"migrate", "lint"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("the next migration: danger: Column User.email is dropped with all its values."));

  ran = project.refract({"migrate", "lint", "2_index"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.contains("2_index/migration.sql:2: warning: "));
  CHECK(ran.out.contains("[index-blocks-writes]\n  = "));
  CHECK(project.refract({"migrate", "lint", "--all"}).out == ran.out);

  const Json json = Json::parse(project.refract({"migrate", "lint", "--all", "--format", "json"}).out);
  REQUIRE(json.at("migrations").size() == 2);
  CHECK(json["migrations"][0]["hazards"].empty());
  const Json hazard = json["migrations"][1]["hazards"][0];
  CHECK(hazard.at("code") == "index-blocks-writes");
  CHECK(hazard.at("line") == 1);
  CHECK(hazard.at("start") == 7);

  const Json sarif = Json::parse(project.refract({"migrate", "lint", "2_index", "--format", "sarif"}).out);
  CHECK(sarif.at("version") == "2.1.0");
  CHECK(sarif["runs"][0]["results"][0]["ruleId"] == "index-blocks-writes");
  CHECK(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 2);

  ran = project.refract({"migrate", "lint", "2_index", "--format", "github"});
  CHECK(ran.out.starts_with("::warning file="));
  CHECK(ran.out.contains(",line=2,title=index-blocks-writes::"));
  CHECK(ran.out.contains("%0A"));

  ran = project.refract({"migrate", "lint", "3_none"});
  CHECK(ran.exit_code == 2);
  CHECK(is_one_sentence(ran.err));
}

TEST_CASE("migrate lint: a search_path holds for the migrations after it", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kUser);
  project.write("prisma/migrations/1_audit/migration.sql",
                "CREATE SCHEMA audit;\nSET search_path = audit;\nCREATE TABLE entries (id INT);\n");
  project.write("prisma/migrations/2_more/migration.sql", "ALTER TABLE entries ADD COLUMN note TEXT;\n");
  const Ran ran = project.refract({"migrate", "lint", "--all"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.empty());
}

TEST_CASE("migrate baseline: recorded where the database is what the migrations lead to", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  OnDatabase project;
  Ran ran = project.migrate({"baseline"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("- The database lacks table User.\n"));
  CHECK(ask(project.database, "SELECT to_regclass('_prisma_migrations')").empty());

  run_sql(project.database, std::string(kCreateUser));
  run_sql(project.database, "CREATE VIEW emails AS SELECT email FROM \"User\"");
  project.write("prisma/migrations/2_more/migration.sql", "ALTER TABLE \"User\" ADD COLUMN \"age\" INTEGER;");
  CHECK(project.migrate({"baseline"}).exit_code == 1);
  CHECK(project.migrate({"baseline", "3_none"}).exit_code == 2);
  ran = project.migrate({"baseline", "1_user"});
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.contains("recorded 1_user"));
  ran = project.migrate({"deploy"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.contains("applied 2_more"));
  CHECK(!ran.out.contains("1_user"));
  ran = project.migrate({"baseline"});
  CHECK(ran.exit_code != 0);
  CHECK(is_one_sentence(ran.err));
}

TEST_CASE("migrate reset: only when confirmed, and what was there is gone", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  OnDatabase project;
  REQUIRE(project.migrate({"deploy"}).exit_code == 0);
  run_sql(project.database, "INSERT INTO \"User\" VALUES (1, 'a'); CREATE TABLE extra (a int)");
  const std::string name = ask(project.database, "SELECT current_database()");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"reset"}, {"reset", "--force"}, {"reset", "--database", name}}) {
    const Ran ran = project.migrate(words);
    CHECK(ran.exit_code == 2);
    CHECK(ran.err.contains("  table public.\"User\" (1 row)\n"));
    CHECK(ran.err.contains("  table public.extra (0 rows)\n"));
    CHECK(ran.err.ends_with("confirm it with --force --database NAME, or run it in a terminal.\n"));
  }
  Ran ran = project.migrate({"reset", "--force", "--database", "another"});
  CHECK(ran.exit_code == 2);
  CHECK(ask(project.database, "SELECT count(*) FROM \"User\"") == "1");

  ran = project.migrate({"reset", "--force", "--database", name});
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.contains("applied 1_user"));
  CHECK(ask(project.database, "SELECT count(*) FROM \"User\"") == "0");
  CHECK(ask(project.database, "SELECT to_regclass('extra')").empty());
  CHECK(project.migrate({"status"}).exit_code == 0);
}

TEST_CASE("migrate pull: prints, writes, and then has nothing to do", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  OnDatabase project;
  run_sql(project.database, std::string(kCreateUser) + "ALTER TABLE \"User\" ADD COLUMN \"age\" SMALLINT DEFAULT 1;");
  const std::string before = project.read("prisma/schema.prisma");
  Ran ran = project.migrate({"pull", "--print"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.contains("  age   Int?   @default(1) @db.SmallInt\n"));
  CHECK(ran.err.contains("- Add age to User\n"));
  CHECK(project.read("prisma/schema.prisma") == before);

  ran = project.migrate({"pull"});
  CHECK(ran.out.ends_with("schema.prisma\n"));
  const std::string after = project.read("prisma/schema.prisma");
  CHECK(after.contains("@db.SmallInt"));
  ran = project.migrate({"pull"});
  CHECK(ran.out.empty());
  CHECK(project.read("prisma/schema.prisma") == after);
}

}  // namespace refract::test
