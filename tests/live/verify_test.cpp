#include "live/verify.h"

#include <fmt/format.h>

#include <thread>

#include "live/fixture.h"
#include "migrate/diff/diff_options.h"
#include "support/catch.h"
#include "support/postgres.h"

namespace refract::test {
namespace {

constexpr std::string_view kSchema = R"(
model User {
  id    Int     @id @default(autoincrement())
  email String  @unique
  bio   String?
}
)";
constexpr std::string_view kFirst = R"(
CREATE TABLE "User" ("id" SERIAL NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");)";
const std::string kAddBio = R"(ALTER TABLE "User" ADD COLUMN "bio" TEXT;)";
const std::string kDropBio = R"(ALTER TABLE "User" DROP COLUMN "bio";)";

// "replay ok", "down skipped", "restored FAILED: detail; detail", a line each.
std::string outcome(const live::VerifyReport& report) {
  static constexpr std::string_view kNames[] = {"preparation", "replay",   "offline", "candidate", "schema",
                                                "constraints", "triggers", "down",    "restored"};
  std::string text;
  for (const live::Check& check : report.checks) {
    text += fmt::format("{} {}", kNames[static_cast<int>(check.kind)],
                        check.skipped ? "skipped"
                        : check.ok    ? "ok"
                                      : "FAILED");
    if (!check.ok) {
      for (const std::string& detail : check.details)
        text += (&detail == &check.details.front() ? ": " : "; ") + detail;
    }
    text += '\n';
  }
  return text;
}

void check_outcome(const Folder& folder, const std::optional<live::Candidate>& candidate, std::string_view schema,
                   const std::string& expected) {
  const auto snapshot = schema_of(schema);
  const auto report = live::verify(folder.history(), candidate, *snapshot, migrate::diff_options(*snapshot));
  if (!report) FAIL(report.error().message);
  CHECK(outcome(*report) == expected);
  CHECK(report->ok() == !expected.contains("FAILED"));
}

}  // namespace

TEST_CASE("verify: a good migration is verified", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  folder.add("1_first", kFirst);
  check_outcome(folder, live::Candidate{"2_bio", kAddBio, kDropBio}, kSchema,
                "replay ok\noffline ok\ncandidate ok\nschema ok\nconstraints ok\ndown ok\nrestored ok\n");
}

TEST_CASE("verify: Prisma's own table of records is there for the migrations", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  folder.add("1_first", std::string(kFirst) + "ALTER TABLE \"_prisma_migrations\" ENABLE ROW LEVEL SECURITY;");
  check_outcome(folder, live::Candidate{"2_bio", kAddBio, kDropBio}, kSchema,
                "replay ok\noffline ok\ncandidate ok\nschema ok\nconstraints ok\ndown ok\nrestored ok\n");
}

TEST_CASE("verify: a down.sql that does not restore is reported", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  folder.add("1_first", kFirst);
  check_outcome(folder, live::Candidate{"2_bio", kAddBio, "SELECT 1;"}, kSchema,
                "replay ok\noffline ok\ncandidate ok\nschema ok\nconstraints ok\ndown ok\n"
                "restored FAILED: Drop column bio of User\n");
}

TEST_CASE("verify: a down.sql that does not run is reported", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  folder.add("1_first", kFirst);
  check_outcome(folder, live::Candidate{"2_bio", kAddBio, R"(DROP TABLE "Nobody";)"}, kSchema,
                "replay ok\noffline ok\ncandidate ok\nschema ok\nconstraints ok\n"
                "down FAILED: line 1, column 1: table \"Nobody\" does not exist\n");
}

TEST_CASE("verify: a result that is not the schema is reported", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  folder.add("1_first", kFirst);
  check_outcome(folder, std::nullopt, kSchema,
                "replay ok\noffline ok\nschema FAILED: Add column bio (text, optional) to User\nconstraints ok\n");
}

TEST_CASE("verify: what a DO block did is seen, and the verification goes on from there", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  // The block's one statement can be read; the other one's depends on what is in the database.
  const std::string add = "'ALTER TABLE \"User\" ADD COLUMN \"bio\" TEXT'";
  folder.add("1_first", std::string(kFirst) + "DO $$ BEGIN EXECUTE " + add + "; END $$;");
  check_outcome(folder, std::nullopt, kSchema, "replay ok\noffline ok\nschema ok\nconstraints ok\n");
  Folder opaque;
  opaque.add("1_first", std::string(kFirst) +
                            "DO $$ DECLARE r record; BEGIN FOR r IN SELECT relname FROM pg_class WHERE relname = "
                            "'User' LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN bio TEXT', r.relname); "
                            "END LOOP; END $$;");
  check_outcome(opaque, std::nullopt, kSchema, "replay ok\noffline skipped\nschema ok\nconstraints ok\n");
}

TEST_CASE("verify: a migration of the folder that does not run ends the verification", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  folder.add("1_first", kFirst).add("2_wrong", "INSERT INTO \"User\" (id) VALUES (1);");
  check_outcome(folder, live::Candidate{"3_bio", kAddBio, kDropBio}, kSchema,
                "replay FAILED: line 1, column 1: null value in column \"email\" of relation \"User\" violates "
                "not-null constraint\n"
                "DETAIL:  Failing row contains (1, null).\n");
}

TEST_CASE("verify: a transaction left open is reported", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  folder.add("1_first", kFirst);
  check_outcome(folder, live::Candidate{"2_bio", "BEGIN; " + kAddBio, kDropBio}, kSchema,
                "replay ok\noffline ok\ncandidate FAILED: It begins a transaction and does not end it; add COMMIT.\n");
}

// Prisma runs the folder in one session, where the second migration fails, and so do the offline replay and deploy.
TEST_CASE("verify: a search_path of one migration is the next one's", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  folder.add("1_dump", "SELECT pg_catalog.set_config('search_path', '', false);").add("2_first", kFirst);
  check_outcome(folder, std::nullopt, kSchema,
                "replay FAILED: line 2, column 14: no schema has been selected to create in\n");
  const migrate::History history = folder.history();
  REQUIRE(history.issues.size() == 2);
  CHECK(history.issues.front().error);
  CHECK(history.issues.front().message.contains("schema"));
}

// What is gone from the folder's last migration on has no bearing on down.sql, which runs in a session of its own.
TEST_CASE("verify: down.sql begins with the usual search_path", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  folder.add("1_first", kFirst);
  check_outcome(folder, live::Candidate{"2_bio", kAddBio + "; SET search_path = '';", kDropBio}, kSchema,
                "replay ok\noffline ok\ncandidate ok\nschema ok\nconstraints ok\ndown ok\nrestored ok\n");
}

TEST_CASE("verify: a foreign key that was never validated is reported", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  folder.add("1_a",
             "CREATE TABLE \"A\" (\"id\" INTEGER NOT NULL, \"b\" INTEGER, CONSTRAINT \"A_pkey\" PRIMARY KEY (\"id\"));"
             "ALTER TABLE \"A\" ADD CONSTRAINT \"A_b_fkey\" FOREIGN KEY (\"b\") REFERENCES \"A\"(\"id\") "
             "ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;");
  check_outcome(
      folder, std::nullopt,
      "model A {\n  id Int @id\n  b Int?\n  up A? @relation(\"x\", fields: [b], references: [id])\n  "
      "down A[] @relation(\"x\")\n}\n",
      "replay ok\noffline ok\nschema ok\nconstraints FAILED: The foreign key A_b_fkey of A is not validated.\n");
}

TEST_CASE("verify: asked to stop, it breaks off what runs", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  folder.add("1_slow", "SELECT pg_sleep(60);");
  const auto snapshot = schema_of(kSchema);
  std::stop_source stop;
  std::jthread impatient;
  const auto begin = std::chrono::steady_clock::now();
  const auto report = live::verify(
      folder.history(), std::nullopt, *snapshot, migrate::diff_options(*snapshot),
      [&](const std::string& what) {
        if (!what.starts_with("replaying")) return;
        impatient = std::jthread([&stop] {
          std::this_thread::sleep_for(std::chrono::milliseconds(300));
          stop.request_stop();
        });
      },
      stop.get_token());
  REQUIRE(!report);
  CHECK(report.error().code == ErrorCode::cancelled);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(50));
}

}  // namespace refract::test

namespace refract::test {
namespace {

// The checks on triggers of a candidate on top of the SQL: "ok", "FAILED: …", "skipped: …", joined by "; ".
std::string tried(const std::string& first, const std::string& candidate) {
  Folder folder;
  folder.add("1_first", first);
  const auto snapshot = schema_of("model Nobody {\n  id Int @id\n}");
  const auto report = live::verify(folder.history(), live::Candidate{"2_next", candidate, std::nullopt}, *snapshot,
                                   migrate::diff_options(*snapshot));
  if (!report) FAIL(report.error().message);
  std::string text;
  for (const live::Check& check : report->checks) {
    if (check.kind == live::CheckKind::candidate && !check.ok) FAIL(check.details.front());
    if (check.kind != live::CheckKind::triggers) continue;
    if (!text.empty()) text += "; ";
    text += check.skipped ? "skipped" : check.ok ? "ok" : "FAILED";
    for (const std::string& detail : check.details) text += ": " + detail;
  }
  return text;
}

}  // namespace

TEST_CASE("verify: a row is written to each changed table with triggers", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const auto table = [](const std::string& columns, const std::string& body,
                        const std::string& when = "BEFORE INSERT") {
    return "CREATE TYPE s AS ENUM ('a', 'b'); CREATE DOMAIN d AS varchar(3) NOT NULL;\n"
           "CREATE TABLE other (id INT PRIMARY KEY);\nCREATE TABLE t (id SERIAL PRIMARY KEY, name TEXT, " +
           columns + ");\nCREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body +
           " END $$;\nCREATE TRIGGER tr " + when + " ON t FOR EACH ROW EXECUTE FUNCTION f();\n";
  };
  const std::string rename = "ALTER TABLE t RENAME COLUMN name TO n;";
  const std::string full =
      "e s NOT NULL, d d, i INT NOT NULL REFERENCES other, c INT NOT NULL CHECK (c < 5), u UUID NOT NULL, j JSONB NOT "
      "NULL, a s[] NOT NULL, v NUMERIC(3, 2) NOT NULL, g TEXT GENERATED ALWAYS AS ('x') STORED, w TIMESTAMP(3) NOT "
      "NULL";
  CHECK(tried(table(full, "RETURN NEW;"), rename) == "ok");
  CHECK(tried(table(full, "NEW.name := 'x'; RETURN NEW;"), rename) ==
        "FAILED: t: record \"new\" has no field \"name\".");
  CHECK(tried(table("x INT", "OLD.name := 'x'; RETURN OLD;", "BEFORE DELETE"), rename) ==
        "FAILED: t: record \"old\" has no field \"name\".");
  CHECK(tried(table("x INT", "IF NEW.name = 'y' THEN RETURN NULL; END IF; RETURN NEW;", "BEFORE UPDATE"), rename) ==
        "FAILED: t: record \"new\" has no field \"name\".");
  CHECK(tried(table("x INT", "PERFORM count(*) FROM other; RETURN NEW;"), "DROP TABLE other; " + rename) ==
        "FAILED: t: relation \"other\" does not exist.");
  CHECK(
      tried(
          table("x INT", "RETURN NEW;"),
          "CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.gone := 1; RETURN NEW; END "
          "$$;") == "FAILED: t: record \"new\" has no field \"gone\".");
  // An untouched table is none of the migration's business.
  CHECK(tried(table("x INT", "NEW.gone := 1; RETURN NEW;"), "ALTER TABLE other ADD COLUMN n INT;").empty());
  // Not tried: no value of the type is known, or the trigger wants no such row.
  CHECK(tried(table("x tsquery NOT NULL", "RETURN NEW;"), rename) ==
        "skipped: Table t was not tested: no value could be generated for column x of type tsquery.");
  CHECK(tried(table("x INT", "RAISE EXCEPTION 'not today';"), rename) == "skipped: Table t was not tested: not today.");
}

}  // namespace refract::test
