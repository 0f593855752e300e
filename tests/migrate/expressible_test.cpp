#include <fmt/format.h>

#include "migrate/diff/diff_options.h"
#include "migrate/fixture.h"
#include "support/catch.h"

using namespace refract;
using test::sql_from;

// What a schema cannot express exactly is kept, and listed with its DROP where the schema does not name it.

namespace {

constexpr std::string_view kEmpty = "-- This is an empty migration.";
constexpr std::string_view kTable = R"(
CREATE SCHEMA auth;
CREATE TABLE auth.users (id uuid PRIMARY KEY);
CREATE TABLE "P" ("id" INTEGER NOT NULL, "name" TEXT NOT NULL, "n" INTEGER, "tags" JSONB, "owner" UUID,
  CONSTRAINT "P_pkey" PRIMARY KEY ("id"));
)";
constexpr std::string_view kFields =
    "model P {\n  id    Int     @id\n  name  String\n  n     Int?\n  tags  Json?\n  owner String? @db.Uuid\n";

std::string model(std::string_view attributes = "") {
  return fmt::format("{}  {}\n}}", kFields, attributes);
}

migrate::NextMigration next(std::string_view sql, const std::string& schema, bool like_prisma = false) {
  const auto snapshot = test::snapshot_of(schema);
  migrate::DiffOptions options = migrate::diff_options(*snapshot);
  options.like_prisma = like_prisma;
  return migrate::next_migration(test::run(std::string(kTable) + std::string(sql), catalog::Catalog::empty()),
                                 *snapshot, options);
}

// Nothing is done about the object, what is kept is listed as given; Prisma's answer is another.
void check_kept(std::string_view sql, std::string_view name, std::string_view reason, std::string_view drop) {
  INFO(sql);
  const migrate::NextMigration ours = next(sql, model());
  CHECK(ours.plan.empty());
  REQUIRE(ours.plan.kept.size() == 1);
  CHECK(ours.plan.kept.front().name == name);
  CHECK(ours.plan.kept.front().reason == reason);
  CHECK(ours.plan.kept.front().drop == drop);
}

}  // namespace

TEST_CASE("expressible: indexes that no schema says are kept and listed", "[migrate]") {
  struct Case {
    std::string_view index, reason;
  };
  const std::vector<Case> cases = {
      {R"("P" USING gin (name gin_trgm_ops))", "the operator class gin_trgm_ops"},
      {R"("P" USING hnsw (name) WITH (m = 16, ef_construction = 64))", "the method hnsw"},
      {R"("P" USING brin (n) WITH (pages_per_range=32))", "the storage parameters pages_per_range=32"},
      {R"("P" (n) WITH (fillfactor = 70))", "the storage parameters fillfactor=70"},
      {R"("P" USING gin (tags) WITH (fastupdate = off))", "the storage parameters fastupdate=off"},
      {R"("P" (name text_pattern_ops))", "the operator class text_pattern_ops"},
      {R"("P" (name COLLATE "C"))", "the collation C"},
      {R"("P" (n NULLS FIRST))", "NULLS FIRST"},
      {R"("P" (n DESC NULLS LAST))", "NULLS LAST"},
      {R"("P" (n) INCLUDE (name))", "the included columns name"},
      {R"("P" (n) WHERE n > 0)", "a condition"},
      {R"("P" (lower(name)))", "an expression"},
      {R"("P" USING gist (name gist_trgm_ops(siglen = 32)))", "parameters of an operator class"},
      {R"("P" (n) NULLS NOT DISTINCT)", "NULLS NOT DISTINCT"}};
  for (const Case& one : cases) {
    const bool unique = one.reason == "NULLS NOT DISTINCT";
    check_kept(fmt::format("CREATE {}INDEX mine ON {};", unique ? "UNIQUE " : "", one.index), "index mine of P",
               one.reason, "DROP INDEX \"mine\";");
  }
  check_kept(R"(ALTER TABLE "P" ADD CONSTRAINT mine UNIQUE (n) DEFERRABLE;)", "index mine of P", "DEFERRABLE",
             "ALTER TABLE \"P\" DROP CONSTRAINT \"mine\";");
}

TEST_CASE("expressible: what a schema can say and does not is dropped", "[migrate]") {
  for (const std::string_view index :
       {R"("P" (n))", R"("P" (n DESC))", R"("P" USING hash (n))", R"("P" USING gin (tags))",
        R"("P" USING gin (tags jsonb_path_ops))", R"("P" USING brin (n))"}) {
    INFO(index);
    const std::string sql = fmt::format("CREATE INDEX mine ON {};", index);
    CHECK(next(sql, model()).sql == "-- DropIndex\nDROP INDEX \"mine\";\n");
    CHECK(next(sql, model()).plan.kept.empty());
  }
  // Prisma drops what it can see: everything but expressions and conditions.
  CHECK(next(R"(CREATE INDEX mine ON "P" USING gin (name gin_trgm_ops);)", model(), true).sql ==
        "-- DropIndex\nDROP INDEX \"mine\";\n");
}

TEST_CASE("expressible: a class that the schema names in raw() is the schema's", "[migrate]") {
  const std::string_view sql = R"(CREATE INDEX "P_name_idx" ON "P" USING gin (name gin_trgm_ops);)";
  const std::string schema = model("@@index([name(ops: raw(\"gin_trgm_ops\"))], type: Gin)");
  CHECK(next(sql, schema).plan.empty());
  CHECK(next(sql, schema).plan.kept.empty());
  CHECK(next(R"(CREATE INDEX "old" ON "P" USING gin (name gin_trgm_ops);)", schema).sql ==
        "-- RenameIndex\nALTER INDEX \"old\" RENAME TO \"P_name_idx\";\n");
}

TEST_CASE("expressible: an index refined by hand is kept while key, order and uniqueness agree", "[migrate]") {
  for (const std::string_view index :
       {R"(INDEX "P_name_idx" ON "P" USING gin (name gin_trgm_ops))", R"(INDEX "P_name_idx" ON "P" (lower(name)))",
        R"(INDEX "P_name_idx" ON "P" (name) WHERE n > 0)", R"(INDEX "P_name_idx" ON "P" (name COLLATE "C"))",
        R"(INDEX "P_name_idx" ON "P" (name) INCLUDE (n) WITH (fillfactor = 70))"}) {
    INFO(index);
    const migrate::NextMigration kept = next(fmt::format("CREATE {};", index), model("@@index([name])"));
    CHECK(kept.plan.empty());
    CHECK(kept.plan.kept.empty());  // the schema names it
  }
  const auto recreated = [](std::string_view index, const std::string& attribute) {
    INFO(index);
    const migrate::NextMigration found = next(fmt::format("CREATE {};", index), model(attribute));
    REQUIRE_FALSE(found.plan.recreated.empty());
    CHECK(std::ranges::count(found.hazards, std::string_view("index-refined"), &migrate::Hazard::code) == 1);
    CHECK(found.sql.starts_with("-- DropIndex\nDROP INDEX "));
    CHECK(found.sql.find("-- CreateIndex\nCREATE ") != std::string::npos);
    return found.plan.recreated.front().differing;
  };
  using Differing = std::vector<std::string>;
  CHECK(recreated(R"(INDEX "P_name_idx" ON "P" (lower(name)))", "@@index([name, n], map: \"P_name_idx\")") ==
        Differing{"its key columns"});
  CHECK(recreated(R"(INDEX "P_name_idx" ON "P" (n) WHERE n > 0)", "@@index([name])") == Differing{"its key columns"});
  CHECK(recreated(R"(INDEX "P_n_idx" ON "P" (n DESC) WHERE n > 0)", "@@index([n])") ==
        Differing{"the order of its columns"});
  CHECK(recreated(R"(INDEX "P_n_key" ON "P" (n) WHERE n > 0)", "@@unique([n])") == Differing{"its uniqueness"});
}

TEST_CASE("expressible: a foreign key to what is not managed is kept and listed", "[migrate]") {
  constexpr std::string_view kKey =
      R"(ALTER TABLE "P" ADD CONSTRAINT "P_owner_fkey" FOREIGN KEY ("owner") REFERENCES auth.users(id) ON DELETE CASCADE;)";
  check_kept(kKey, "foreign key P_owner_fkey of P", "a reference to auth.users, which the schema does not manage",
             "ALTER TABLE \"P\" DROP CONSTRAINT \"P_owner_fkey\";");
  CHECK(next(kKey, model(), true).sql == "-- DropForeignKey\nALTER TABLE \"P\" DROP CONSTRAINT \"P_owner_fkey\";\n");
  // A table that the schema leaves out is dropped, and the key to it.
  CHECK(next(R"(CREATE TABLE "Q" (id INTEGER PRIMARY KEY);
ALTER TABLE "P" ADD CONSTRAINT "P_n_fkey" FOREIGN KEY ("n") REFERENCES "Q"(id);)",
             model())
            .sql ==
        "-- DropForeignKey\nALTER TABLE \"P\" DROP CONSTRAINT \"P_n_fkey\";\n\n-- DropTable\nDROP TABLE \"Q\";\n");
  // So is a key to an external table that no model stands for; one that a relation asks for is the schema's.
  migrate::DiffOptions external;
  external.managed.external_tables = {{"public", "Q"}};
  const std::string sql = std::string(kTable) + R"(CREATE TABLE "Q" (id INTEGER PRIMARY KEY);
ALTER TABLE "P" ADD CONSTRAINT "P_n_fkey" FOREIGN KEY ("n") REFERENCES "Q"(id) ON DELETE SET NULL ON UPDATE CASCADE;)";
  CHECK(sql_from(sql, model(), external) == kEmpty);
  const std::string related =
      model("q Q? @relation(fields: [n], references: [id])") + "\nmodel Q {\n  id Int @id\n  p P[]\n}";
  CHECK(sql_from(sql, related, external) == kEmpty);
  CHECK(
      sql_from(std::string(kTable) + R"(CREATE TABLE "Q" (id INTEGER PRIMARY KEY);)", related, external) ==
      "-- AddForeignKey\nALTER TABLE \"P\" ADD CONSTRAINT \"P_n_fkey\" FOREIGN KEY (\"n\") REFERENCES \"Q\"(\"id\") ON "
      "DELETE SET NULL ON UPDATE CASCADE;");
}

TEST_CASE("expressible: a generated column is kept, and nothing of it is drift", "[migrate]") {
  constexpr std::string_view kColumn =
      R"(CREATE TYPE mood AS ENUM ('sad'); ALTER TABLE "P" ADD COLUMN twice INTEGER NOT NULL GENERATED ALWAYS AS (n * 2) STORED;)";
  const migrate::NextMigration dropped =
      next(R"(ALTER TABLE "P" ADD COLUMN twice INTEGER GENERATED ALWAYS AS (n * 2) STORED;)", model(), true);
  CHECK(dropped.sql.find("DROP COLUMN \"twice\"") != std::string::npos);
  const migrate::NextMigration kept =
      next(R"(ALTER TABLE "P" ADD COLUMN twice INTEGER GENERATED ALWAYS AS (n * 2) STORED;)", model());
  CHECK(kept.plan.empty());
  REQUIRE(kept.plan.kept.size() == 1);
  CHECK(kept.plan.kept.front().drop == "ALTER TABLE \"P\" DROP COLUMN \"twice\";");
  for (const std::string_view field : {"twice Int", "twice Int?", "twice Int? @default(dbgenerated(\"(n * 2)\"))"}) {
    INFO(field);
    CHECK(next(kColumn, model(field) + "\nenum mood {\n  sad\n}").plan.empty());
  }
  // An enum that it is of stays with it.
  CHECK(next(R"(CREATE TYPE mood AS ENUM ('sad');
ALTER TABLE "P" ADD COLUMN m mood GENERATED ALWAYS AS (CASE WHEN n > 0 THEN 'sad'::mood END) STORED;)",
             model())
            .plan.empty());
}
