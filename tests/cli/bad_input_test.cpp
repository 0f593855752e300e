#include "cli/program.h"
#include "support/catch.h"

// No message may show what a database URL holds.
namespace refract::test {
namespace {

const std::string kUser = schema_text("model User {\n  id Int @id\n}\n");

void check_secret(const Ran& ran, int exit_code) {
  INFO(ran.out << ran.err);
  CHECK(ran.exit_code == exit_code);
  CHECK(is_one_sentence(ran.err));
  for (const char* part : {"s3", "cret"}) {
    CHECK(!ran.out.contains(part));
    CHECK(!ran.err.contains(part));
  }
}

}  // namespace

TEST_CASE("bad input: a database that refuses is reported without its password", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kUser);
  project.write("prisma/migrations/1_init/migration.sql", "SELECT 1;");
  const std::string refusing = "postgresql://me:s3cret@127.0.0.1:1/db";
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {"status"}, {"deploy"}, {"rollback"}, {"resolve", "1_init", "--applied"}}) {
    std::vector<std::string> words{"migrate"};
    words.insert(words.end(), command.begin(), command.end());
    Ran ran = project.refract(words, {.environment = {"DATABASE_URL=" + refusing}});
    check_secret(ran, 2);
    CHECK(ran.err ==
          "refract: Cannot connect to the database \"db\" at 127.0.0.1:1: nothing listens there; start the "
          "server or correct host and port.\n");
    words.insert(words.end(), {"--url", refusing});
    check_secret(project.refract(words), 2);
  }
  check_secret(project.refract({"migrate", "diff", "--from", refusing, "--to", "empty"}), 2);
}

TEST_CASE("bad input: a URL in the wrong place is not repeated", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kUser);
  check_secret(project.refract({"migrate", "status", "postgresql://me:s3cret@h/db"}), 2);
  check_secret(project.refract({"migrate", "status", "--ulr=postgresql://me:s3cret@h/db"}), 2);
  check_secret(project.refract({"migrate", "diff", "--from", "mysql://me:s3cret@h/db", "--to", "empty"}), 2);
  check_secret(
      project.refract({"migrate", "diff", "--from", "empty", "--to", "empty", "--format", "postgres://me:s3cret@h"}),
      2);
  check_secret(project.refract({"migrate", "status", "--url", "s3cret"}), 2);
  check_secret(project.refract({"migrate", "status", "--url", "postgresql://me:s3/cret@h/db"}), 2);
  check_secret(project.refract({"migrate", "status", "--url", "postgresql://me:s3?cret@h/db"}), 2);
  check_secret(project.refract({"migrate", "status", "--prisma", "postgresql://me:s3cret@h/db"}), 2);
  check_secret(project.refract({"check", "postgresql://me:s3cret@h/db"}), 2);
  check_secret(project.refract({"describe", "postgresql://me:s3cret@h/db"}), 2);
  check_secret(project.refract({"describe", "host=h user=me password='s3 cret'"}), 2);
  check_secret(project.refract({"describe", "--schema", "postgresql://me:s3cret@h/db"}), 2);
}

TEST_CASE("bad input: no URL anywhere says where it was looked for", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kUser);
  const Ran ran = project.refract({"migrate", "status"});
  CHECK(ran.exit_code == 2);
  CHECK(ran.err ==
        "refract: The url of the datasource is taken from DATABASE_URL, which is not set (.env is read too); set it, "
        "or pass "
        "--url.\n");
}

TEST_CASE("bad input: the URL of a .env file is used", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kUser);
  project.write(".env", "# the database\nexport DATABASE_URL=\"postgresql://me:s3cret@127.0.0.1:1/from_env\" # here\n");
  project.write("package.json", "{}");
  const Ran ran = project.refract({"migrate", "status"});
  check_secret(ran, 2);
  CHECK(ran.err.contains("from_env"));
}

TEST_CASE("bad input: PostgreSQL's programs are not installed", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kUser);
  std::filesystem::create_directories(project / "bin");
  const Ran ran =
      project.refract({"migrate", "verify"}, {.environment = {"REFRACT_POSTGRES_BIN=" + (project / "bin").string()}});
  CHECK(ran.exit_code == 2);
  CHECK(is_one_sentence(ran.err));
  CHECK(ran.err.contains("initdb and postgres"));
  CHECK(!std::filesystem::exists(project / "prisma/migrations"));
}

TEST_CASE("bad input: resolve wants one of its two answers", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kUser);
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"migrate", "resolve", "x"}, {"migrate", "resolve", "x", "--applied", "--rolled-back"}}) {
    const Ran ran = project.refract(words);
    CHECK(ran.exit_code == 2);
    CHECK(ran.err == "refract: Pass --applied or --rolled-back.\n");
  }
}

}  // namespace refract::test
