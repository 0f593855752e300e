#include "cli/program.h"
#include "protocol/json.h"
#include "support/catch.h"
#include "support/postgres.h"

namespace refract::test {
namespace {

using protocol::Json;

const std::string kBefore = schema_text("model User {\n  id   Int    @id\n  name String\n}\n");
const std::string kAfter = schema_text("model User {\n  id       Int    @id\n  fullName String\n}\n");
constexpr std::string_view kCreate =
    "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, \"name\" TEXT NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY "
    "(\"id\"));\n";
constexpr std::string_view kRename = "-- RenameColumn\nALTER TABLE \"User\" RENAME COLUMN \"name\" TO \"fullName\";\n";

}  // namespace

TEST_CASE("migrate diff: Prisma's answer, the candidates beside it, and the rename when chosen", "[cli]") {
  Project project;
  project.write("a.prisma", kBefore);
  project.write("b.prisma", kAfter);
  Ran ran = project.refract({"migrate", "diff", "--from", "a.prisma", "--to", "b.prisma"});
  CHECK(ran.out.contains("DROP COLUMN \"name\""));
  CHECK(ran.err.contains("possible rename: column User.name to fullName ("));
  CHECK(ran.err.contains("--rename User.name=fullName\n"));

  ran = project.refract({"migrate", "diff", "--from", "a.prisma", "--to", "b.prisma", "--format", "json"});
  const Json candidate = Json::parse(ran.out).at("renameCandidates").at(0);
  CHECK(candidate.at("from") == "User.name");
  CHECK(candidate.at("to") == "fullName");
  CHECK(candidate.at("score") >= 50);
  CHECK(!candidate.at("reasons").empty());

  ran =
      project.refract({"migrate", "diff", "--rename", "User.name=fullName", "--from", "a.prisma", "--to", "b.prisma"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out == kRename);
  CHECK(!ran.err.contains("possible rename"));

  for (const char* wrong : {"User.name", "User.nom=fullName"}) {
    ran = project.refract({"migrate", "diff", "--from", "a.prisma", "--to", "b.prisma", "--rename", wrong});
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    CHECK(is_one_sentence(ran.err));
  }
}

TEST_CASE("migrate new: a committed note renames without being asked", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", kAfter);
  project.write("prisma/migrations/1_init/migration.sql", kCreate);
  project.write("prisma/migrations/renames.toml", "[renames]\n\"User.name\" = \"fullName\"\n");
  const Ran ran = project.refract({"migrate", "new", "rename", "--dry-run"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out == kRename);
  CHECK(ran.err.contains("- Rename column User.name to fullName\n"));
}

TEST_CASE("migrate new --rename: the rows keep their values, there and back", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Project project;
  const live::ConnectionString database = fresh_database();
  const Setting setting{.environment = {"DATABASE_URL=" + database.secret()}};
  project.write(
      "prisma/schema.prisma",
      schema_text("model User {\n  id    Int    @id @default(autoincrement())\n  name  String @unique\n  role  "
                  "Role @default(ADMIN)\n  posts Post[]\n}\nmodel Post {\n  id       Int  @id\n  author   User "
                  "@relation(fields: [authorId], references: [id])\n  authorId Int\n  tags Tag[]\n}\nmodel Tag "
                  "{\n  id Int @id\n  posts Post[]\n}\nenum Role {\n  ADMIN\n  GUEST\n}\n"));
  REQUIRE(project.refract({"migrate", "new", "init", "--date-name"}, setting).exit_code == 0);
  REQUIRE(project.refract({"migrate", "deploy"}, setting).exit_code == 0);
  run_sql(
      database,
      "INSERT INTO \"User\"(\"name\") VALUES ('Ada'); INSERT INTO \"Post\" VALUES (7, 1); INSERT INTO \"Tag\" VALUES "
      "(5); INSERT INTO \"_PostToTag\" VALUES (7, 5)");

  project.write(
      "prisma/schema.prisma",
      schema_text("model Account {\n  id    Int    @id @default(autoincrement())\n  fullName  String @unique\n  "
                  "role  Role @default(OWNER)\n  posts Letter[]\n}\nmodel Letter {\n  id       Int  @id\n  "
                  "writer   Account @relation(fields: [writerId], references: [id])\n  writerId Int\n  tags "
                  "Tag[]\n}\nmodel Tag {\n  id Int @id\n  posts Letter[]\n}\nenum Role {\n  OWNER\n  "
                  "GUEST\n}\n"));
  Ran ran =
      project.refract({"migrate", "new", "rename", "--rename", "User=Account", "--rename", "Post=Letter", "--rename",
                       "User.name=fullName", "--rename", "Letter.authorId=writerId", "--rename", "Role.ADMIN=OWNER"},
                      setting);
  INFO(ran.err);
  REQUIRE(ran.exit_code == 0);
  CHECK(!ran.err.contains("- Drop"));
  ran = project.refract({"migrate", "deploy"}, setting);
  INFO(ran.out << ran.err);
  REQUIRE(ran.exit_code == 0);
  CHECK(ask(database,
            "SELECT \"fullName\" FROM \"Account\" JOIN \"Letter\" ON \"writerId\" = \"Account\".\"id\" WHERE "
            "\"role\" = 'OWNER'") == "Ada");
  CHECK(ask(database, "SELECT \"B\" FROM \"_LetterToTag\" WHERE \"A\" = 7") == "5");
  CHECK(ask(database, "INSERT INTO \"Account\"(\"fullName\") VALUES ('Bob') RETURNING \"id\"") == "2");
  CHECK(ask(database,
            "SELECT count(*) FROM pg_class WHERE relname IN ('Account_pkey', 'Account_id_seq', "
            "'Account_fullName_key', 'Letter_pkey', '_LetterToTag_B_index')") == "5");
  ran = project.refract({"migrate", "verify"}, setting);
  INFO(ran.out);
  CHECK(ran.out.ends_with("\nverified\n"));
  CHECK(!ran.out.contains("FAIL"));

  ran = project.refract({"migrate", "rollback"}, setting);
  INFO(ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(ask(database,
            "SELECT \"name\" FROM \"User\" JOIN \"Post\" ON \"authorId\" = \"User\".\"id\" WHERE \"role\" = "
            "'ADMIN'") == "Ada");
  CHECK(ask(database, "SELECT \"B\" FROM \"_PostToTag\" WHERE \"A\" = 7") == "5");
}

}  // namespace refract::test
