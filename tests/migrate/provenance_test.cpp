#include "migrate/history/provenance.h"

#include "migrate/history/history.h"
#include "support/catch.h"

using namespace refract;

namespace {

// Migrations m0, m1, … of these texts, replayed.
migrate::History replayed(const std::vector<std::string>& texts) {
  migrate::History history;
  for (const std::string& sql : texts) {
    migrate::Migration& migration = history.migrations.emplace_back();
    migration.name = "m" + std::to_string(history.migrations.size() - 1);
    migration.sql = sql;
  }
  migrate::replay_history(history);
  return history;
}

migrate::Trace column(const migrate::History& history, const std::string& table, const std::string& name,
                      const std::string& schema = "public") {
  const migrate::Trace* trace = history.provenance->find_column({schema, table}, name);
  return trace == nullptr ? migrate::Trace() : *trace;
}

migrate::Trace table(const migrate::History& history, const std::string& name) {
  const migrate::Trace* trace = history.provenance->find_table({"public", name});
  return trace == nullptr ? migrate::Trace() : *trace;
}

using Numbers = migrate::Trace;

}  // namespace

TEST_CASE("provenance: who created and changed a column, each once", "[history]") {
  const auto history = replayed({
      R"(CREATE TABLE "User" ("id" INTEGER NOT NULL);)",
      R"(ALTER TABLE "User" ADD COLUMN "bio" TEXT;)",
      R"(ALTER TABLE "User" ALTER COLUMN "bio" SET NOT NULL, ALTER COLUMN "bio" SET DEFAULT 'x';)",
      R"(CREATE INDEX "i" ON "User"("bio"); CREATE TABLE "Other" ("id" INTEGER);)",
  });
  CHECK(column(history, "User", "id") == Numbers{0});
  CHECK(column(history, "User", "bio") == Numbers{1, 2});
  CHECK(table(history, "User") == Numbers{0, 1, 2, 3});
  CHECK(column(history, "User", "none").empty());
  CHECK(table(history, "None").empty());
}

TEST_CASE("provenance: names follow renames, what was dropped and recreated begins again", "[history]") {
  const auto history = replayed({
      R"(CREATE TABLE "Person" ("id" INTEGER, "mail" TEXT); CREATE TABLE "T" ("id" INTEGER);)",
      R"(ALTER TABLE "Person" RENAME TO "User";)",
      R"(ALTER TABLE "User" RENAME COLUMN "mail" TO "email";)",
      R"(DROP TABLE "T"; ALTER TABLE "User" DROP COLUMN "id";)",
      R"(CREATE TABLE "T" ("id" INTEGER); ALTER TABLE "User" ADD COLUMN "id" INTEGER;)",
  });
  CHECK(table(history, "Person").empty());
  CHECK(column(history, "User", "email") == Numbers{0, 2});
  CHECK(column(history, "User", "mail").empty());
  CHECK(column(history, "User", "id") == Numbers{4});
  CHECK(table(history, "T") == Numbers{4});
  CHECK(table(history, "User") == Numbers{0, 1, 2, 3, 4});
}

TEST_CASE("provenance: schemas, IF NOT EXISTS, and a history that is replayed again", "[history]") {
  auto history = replayed({
      R"(CREATE SCHEMA "s"; CREATE TABLE "s"."A" ("id" INTEGER);)",
      R"(CREATE TABLE IF NOT EXISTS "s"."A" ("id" INTEGER, "x" INTEGER); ALTER TABLE "s"."A" ADD COLUMN IF NOT EXISTS "id" INTEGER;)",
      R"(ALTER TABLE "s"."A" SET SCHEMA "public";)",
  });
  CHECK(column(history, "A", "id") == Numbers{0});
  CHECK(column(history, "A", "id", "s").empty());
  history.migrations.pop_back();
  migrate::replay_history(history);
  CHECK(column(history, "A", "id", "s") == Numbers{0});
  CHECK(column(history, "A", "id").empty());
}
