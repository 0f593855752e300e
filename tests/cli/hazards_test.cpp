#include "cli/program.h"
#include "protocol/json.h"
#include "support/catch.h"
#include "support/postgres.h"

// Hazards, casts and migrations in two parts, as a user meets them.
namespace refract::test {
namespace {

using protocol::Json;

constexpr std::string_view kFiles =
    "CREATE TYPE \"Src\" AS ENUM ('DISK');\n"
    "CREATE TABLE \"File\" (\"id\" TEXT NOT NULL, \"s\" \"Src\" NOT NULL DEFAULT 'DISK', \"rank\" TEXT, CONSTRAINT "
    "\"File_pkey\" PRIMARY KEY (\"id\"));\n";

}  // namespace

TEST_CASE("migrate new: an enum value that is used at once comes in a migration before", "[cli]") {
  Project project;
  project.write(
      "prisma/schema.prisma",
      schema_text("model File {\n  id String @id\n  s Src @default(S3)\n  rank String?\n}\nenum Src {\n  DISK\n  "
                  "S3\n}\n"));
  project.write("prisma/migrations/1_init/migration.sql", kFiles);
  Ran ran = project.refract({"migrate", "new", "cloud", "--dry-run"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out ==
        "-- AlterEnum\nBEGIN;\nALTER TYPE \"Src\" ADD VALUE 'S3';\nCOMMIT;\n\n"
        "-- AlterTable\nALTER TABLE \"File\" ALTER COLUMN \"s\" SET DEFAULT 'S3';\n");
  CHECK(ran.err.contains("Written as 2 migrations"));
  CHECK_FALSE(ran.err.contains("danger"));

  ran = project.refract({"migrate", "new", "cloud"});
  CHECK(ran.exit_code == 0);
  std::vector<std::string> paths;
  for (std::size_t at = 0; at < ran.out.size();) {
    const std::size_t end = ran.out.find('\n', at);
    paths.push_back(ran.out.substr(at, end - at));
    at = end + 1;
  }
  REQUIRE(paths.size() == 4);
  CHECK(paths[0].contains("_add_values_to_src/migration.sql"));
  CHECK(paths[2].contains("_cloud/migration.sql"));
  CHECK(paths[0] < paths[2]);
  CHECK(project.read(paths[0]) == "-- AlterEnum\nALTER TYPE \"Src\" ADD VALUE 'S3';\n");
  CHECK(project.read(paths[2]) == "-- AlterTable\nALTER TABLE \"File\" ALTER COLUMN \"s\" SET DEFAULT 'S3';\n");
  // Both are there, and nothing else waits.
  CHECK(project.refract({"migrate", "new", "again"}).err.contains("nothing to migrate"));
  CHECK(project.refract({"migrate", "lint", "--all"}).exit_code == 0);
  if (postgres() == nullptr) return;
  ran = project.refract({"migrate", "verify"});
  CHECK(ran.exit_code == 0);
}

TEST_CASE("migrate diff and new: --cast keeps the values of a column", "[cli]") {
  Project project;
  project.write(
      "prisma/schema.prisma",
      schema_text("model File {\n  id String @id\n  s Src @default(DISK)\n  rank Int?\n}\nenum Src {\n  DISK\n}\n"));
  project.write("prisma/migrations/1_init/migration.sql", kFiles);
  const std::vector<std::string> diff{"migrate", "diff", "--from", "prisma/migrations", "--to", "prisma/schema.prisma"};
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = diff;
    arguments.insert(arguments.end(), more.begin(), more.end());
    return project.refract(arguments);
  };
  Ran ran = with({});
  CHECK(ran.out.contains("DROP COLUMN \"rank\""));
  CHECK(
      ran.err.contains("possible cast: File.rank from text to integer by \"rank\"::text::INTEGER\n"
                       "  = To keep its values, pass --cast File.rank\n"));
  const Json candidate = Json::parse(with({"--format", "json"}).out).at("castCandidates").at(0);
  CHECK(candidate ==
        Json{{"column", "File.rank"}, {"from", "text"}, {"to", "integer"}, {"using", "\"rank\"::text::INTEGER"}});
  constexpr std::string_view kCast =
      "-- AlterTable\nALTER TABLE \"File\" ALTER COLUMN \"rank\" TYPE INTEGER USING (\"rank\"::text::INTEGER);\n";
  ran = with({"--cast", "File.rank"});
  CHECK(ran.out == kCast);
  CHECK_FALSE(ran.err.contains("possible cast"));
  ran = with({"--cast", "File.id"});
  CHECK(ran.exit_code == 2);
  CHECK(is_one_sentence(ran.err));
  CHECK(project.refract({"migrate", "new", "x", "--dry-run", "--cast", "File.rank"}).out == kCast);
  // A note is heeded without being asked.
  project.write("prisma/migrations/renames.toml", "[casts]\n\"File.rank\" = \"cast\"\n");
  CHECK(project.refract({"migrate", "new", "x", "--dry-run"}).out == kCast);
  project.write("prisma/migrations/renames.toml", "[casts]\n\"File.rank\"\n");
  ran = project.refract({"migrate", "new", "x", "--dry-run"});
  CHECK(ran.exit_code == 2);
  CHECK(is_one_sentence(ran.err));
}

TEST_CASE("migrate lint: accepted hazards are left out, and what accepts none is reported", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", schema_text("model A {\n  id Int @id\n}\n"));
  project.write("prisma/migrations/1_init/migration.sql",
                "CREATE TABLE \"A\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"A_pkey\" PRIMARY KEY (\"id\"));\n");
  project.write("prisma/migrations/2_clean/migration.sql",
                "-- refract:ignore data-deleted copies\nDELETE FROM \"A\";\nTRUNCATE \"A\";\n");
  const std::vector<std::string> lint{"migrate", "lint", "2_clean"};
  Ran ran = project.refract(lint);
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("2_clean/migration.sql:3: danger: TRUNCATE removes rows of A. [data-deleted]"));
  CHECK_FALSE(ran.out.contains("DELETE removes"));
  CHECK(ran.out.contains("1 hazard suppressed\n"));
  CHECK(ran.err == "1 hazard in 1 migration\n");

  project.write("refract.toml",
                "[[hazards.ignore]]\nmigration = \"2_clean\"\ncode = \"data-deleted\"\nreason = \"copies\"\n");
  ran = project.refract(lint);
  CHECK(ran.exit_code == 0);
  CHECK(ran.out == "2 hazards suppressed\n");
  CHECK(ran.err == "no hazards in 1 migration\n");
  const Json json = Json::parse(project.refract({"migrate", "lint", "2_clean", "--format", "json"}).out);
  CHECK(json.at("migrations").at(0).at("hazards").empty());
  CHECK(json.at("migrations").at(0).at("suppressed").size() == 2);

  project.write("refract.toml",
                "[[hazards.ignore]]\nmigration = \"2_clean\"\ncode = \"drop-table\"\nreason = \"x\"\n\n"
                "[[hazards.ignore]]\nmigration = \"9_none\"\ncode = \"drop-table\"\nreason = \"x\"\n\n"
                "[[hazards.ignore]]\nmigration = \"2_clean\"\ncode = \"drop-tabel\"\nreason = \"x\"\n");
  ran = project.refract(lint);
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("refract.toml:1: warning: Migration 2_clean has no hazard drop-table any more."));
  CHECK(ran.out.contains("refract.toml:6: warning: The folder "));
  CHECK(ran.out.contains(
      "refract.toml:11: warning: The entry suppresses nothing.\n  = The hazard code drop-tabel does not exist"));
  // An entry without a reason is a mistake of the file.
  project.write("refract.toml", "[[hazards.ignore]]\nmigration = \"2_clean\"\ncode = \"data-deleted\"\n");
  ran = project.refract(lint);
  CHECK(ran.exit_code == 1);
  CHECK(ran.err.contains("An accepted hazard has no `reason`."));
}

TEST_CASE("migrate verify: a trigger that a rename breaks fails the verification", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Project project;
  project.write(
      "prisma/schema.prisma",
      schema_text("model User {\n  id Int @id @default(autoincrement())\n  email String\n  fullName String?\n}\n"));
  project.write(
      "prisma/migrations/1_init/migration.sql",
      "CREATE TABLE \"User\" (\"id\" SERIAL NOT NULL, \"email\" TEXT NOT NULL, \"name\" TEXT, CONSTRAINT "
      "\"User_pkey\" PRIMARY KEY (\"id\"));\nCREATE FUNCTION uf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
      "NEW.name := lower(NEW.email); RETURN NEW; END $$;\nCREATE TRIGGER ut BEFORE INSERT ON \"User\" FOR EACH "
      "ROW EXECUTE FUNCTION uf();\n");
  Ran ran = project.refract({"migrate", "new", "x", "--rename", "User.name=fullName"});
  CHECK(ran.err.contains("function uf. [dependents-broken]"));
  ran = project.refract({"migrate", "verify"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out.contains("FAIL  a generated row cannot be written to some changed tables with triggers"));
  CHECK(ran.out.contains("User: record \"new\" has no field \"name\"."));
}

}  // namespace refract::test
