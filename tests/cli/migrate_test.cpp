#include <algorithm>

#include "cli/program.h"
#include "protocol/json.h"
#include "support/catch.h"

namespace refract::test {
namespace {

namespace fs = std::filesystem;
using protocol::Json;

const std::string kUser = schema_text("model User {\n  id    Int    @id\n  email String @unique\n}\n");
const std::string kUserWithBio =
    schema_text("model User {\n  id    Int    @id\n  email String @unique\n  bio   String\n}\n");
constexpr std::string_view kCreateUser =
    "-- CreateTable\nCREATE TABLE \"User\" (\n    \"id\" INTEGER NOT NULL,\n    \"email\" TEXT NOT NULL,\n\n"
    "    CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\")\n);\n\n-- CreateIndex\n"
    "CREATE UNIQUE INDEX \"User_email_key\" ON \"User\"(\"email\");\n";

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  if (!fs::exists(folder)) return names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace

TEST_CASE("migrate diff: sql, summary and json between files and folders", "[cli]") {
  Project project;
  project.write("a.prisma", kUser);
  project.write("b.prisma", kUserWithBio);
  Ran ran = project.refract({"migrate", "diff", "--from", "a.prisma", "--to", "b.prisma"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.ends_with("-- AlterTable\nALTER TABLE \"User\" ADD COLUMN     \"bio\" TEXT NOT NULL;\n"));
  CHECK(ran.err.starts_with("1 change\n"));

  ran = project.refract({"migrate", "diff", "--from", "a.prisma", "--to", "b.prisma", "--format", "summary"});
  CHECK(ran.out.starts_with("- Add column bio (text, required) to User\n"));
  CHECK(ran.out.contains("[required-column-without-default]"));

  ran = project.refract({"migrate", "diff", "--from", "b.prisma", "--to", "a.prisma", "--format", "json"});
  const Json json = Json::parse(ran.out);
  CHECK(json.at("empty") == false);
  CHECK(json.at("steps").size() == 1);
  CHECK(json.at("hazards")[0].at("code") == "drop-column");
  CHECK(json.at("sql").get<std::string>().contains("DROP COLUMN \"bio\""));

  ran = project.refract({"migrate", "diff", "--from", "a.prisma", "--to", "a.prisma"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out == "-- This is an empty migration.\n");

  project.write("migrations/1_init/migration.sql", kCreateUser);
  ran = project.refract({"migrate", "diff", "--from", "migrations", "--to", "a.prisma"});
  CHECK(ran.err.starts_with("no changes\n"));
  ran = project.refract({"migrate", "diff", "--from", "empty", "--to", "migrations", "--format", "json"});
  CHECK(Json::parse(ran.out).at("sql").get<std::string>().ends_with(std::string(kCreateUser)));

  // The schema "public" is in every new database, so it is created but not counted.
  ran = project.refract({"migrate", "diff", "--from", "empty", "--to", "a.prisma"});
  CHECK(ran.out.starts_with("-- CreateSchema\n"));
  CHECK(ran.err.starts_with("2 changes\n"));
  ran = project.refract({"migrate", "diff", "--from", "empty", "--to", "a.prisma", "--format", "summary"});
  CHECK(ran.out.starts_with("- Create table User ("));
}

TEST_CASE("migrate new: writes both files, named after the last one", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kUser);
  Ran ran = project.refract({"migrate", "new", "First one!"});
  CHECK(ran.exit_code == 0);
  const auto first = names_in(project / "prisma/migrations");
  REQUIRE(first.size() == 2);
  CHECK(first[0].size() == std::string("20260101000000_first_one").size());
  CHECK(first[0].ends_with("_first_one"));
  CHECK(first[1] == "migration_lock.toml");
  CHECK(project.read("prisma/migrations/migration_lock.toml").contains("provider = \"postgresql\""));
  CHECK(names_in(project / ("prisma/migrations/" + first[0])) == std::vector<std::string>{"down.sql", "migration.sql"});
  CHECK(project.read("prisma/migrations/" + first[0] + "/migration.sql") == kCreateUser);
  CHECK(project.read("prisma/migrations/" + first[0] + "/down.sql").contains("DROP TABLE \"User\";"));
  CHECK(ran.out.contains("migration.sql\n"));
  CHECK(ran.err.starts_with("- Create table User (id, email)\n"));

  ran = project.refract({"migrate", "new", "again"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.err == "The migrations match the schema; there is nothing to migrate.\n");
  CHECK(names_in(project / "prisma/migrations") == first);

  project.write("prisma/schema.prisma", kUserWithBio);
  ran = project.refract({"migrate", "new", "bio", "--dry-run"});
  CHECK(ran.out == "-- AlterTable\nALTER TABLE \"User\" ADD COLUMN     \"bio\" TEXT NOT NULL;\n");
  CHECK(ran.err.contains("[required-column-without-default]"));
  CHECK(names_in(project / "prisma/migrations") == first);

  // A last migration from the future: the new one still comes after it.
  project.write("prisma/migrations/29991231235959_later/migration.sql", "SELECT 1;");
  CHECK(project.refract({"migrate", "new", "bio"}).exit_code == 0);
  const auto all = names_in(project / "prisma/migrations");
  REQUIRE(all.size() == 4);
  CHECK(all[2].ends_with("_bio"));
  CHECK(all[2] > "29991231235959_later");
}

TEST_CASE("bad input: migrations folders", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kUser);
  struct Case {
    const char* about;
    const char* file;
    std::string text;
    std::string names;
  };
  const std::vector<Case> cases = {
      {"a file is missing", "2_gone/other.sql", "", "2_gone has no migration.sql"},
      {"SQL does not parse", "2_typo/migration.sql", "SELECT 1;\nCREATE TABEL x ();\n", "2_typo/migration.sql:2"},
      {"not UTF-8", "2_latin/migration.sql", "-- caf\xE9\n", "2_latin/migration.sql is not UTF-8"},
      {"a folder where a file is wanted", "2_folder/migration.sql/x", "", "2_folder/migration.sql cannot be read"},
  };
  for (const Case& one : cases) {
    INFO(one.about);
    fs::remove_all(project / "prisma/migrations");
    project.write("prisma/migrations/1_init/migration.sql", "SELECT 1;");
    project.write(std::string("prisma/migrations/") + one.file, one.text);
    const auto before = names_in(project / "prisma/migrations");
    for (const std::vector<std::string>& command :
         std::vector<std::vector<std::string>>{{"migrate", "new", "x"},
                                               {"migrate", "verify"},
                                               {"migrate", "diff", "--from", "prisma/migrations", "--to", "empty"}}) {
      const Ran ran = project.refract(command);
      INFO(ran.err);
      CHECK(ran.exit_code == 2);
      CHECK(is_one_sentence(ran.err));
      CHECK(ran.err.contains(one.names));
    }
    CHECK(names_in(project / "prisma/migrations") == before);
  }
}

TEST_CASE("bad input: a migrations folder that cannot be written stays as it is", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kUser);
  project.write("prisma/migrations", "a file where the folder should be");
  const Ran ran = project.refract({"migrate", "new", "x"});
  CHECK(ran.exit_code == 2);
  CHECK(is_one_sentence(ran.err));
  CHECK(ran.err.contains("prisma/migrations"));
  CHECK(project.read("prisma/migrations") == "a file where the folder should be");
}

TEST_CASE("bad input: a schema with errors is not migrated", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", schema_text("model User {\n  id Nothing @id\n}\n"));
  for (const char* command : {"new", "verify", "deploy"}) {
    std::vector<std::string> words{"migrate", command};
    if (words[1] == "new") words.emplace_back("x");
    const Ran ran = project.refract(words);
    CHECK(ran.exit_code == 1);
    CHECK(is_one_sentence(ran.err));
    CHECK(ran.err.contains("refract check"));
  }
  CHECK(!fs::exists(project / "prisma/migrations"));
}

}  // namespace refract::test
