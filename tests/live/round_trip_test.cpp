#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "live/catalog_difference.h"
#include "live/fixture.h"
#include "live/introspect.h"
#include "support/catch.h"
#include "support/json.h"
#include "support/postgres.h"

namespace refract::test {
namespace {

namespace fs = std::filesystem;

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// A database that has run some migrations of a history, one after the other on one connection as Prisma does.
class RealReplay {
 public:
  // What differs between the offline replay of these migrations and the database that ran them.
  std::vector<std::string> differences_after(const std::vector<migrate::Migration>& migrations) {
    const bool continues =
        session_ && ran_.size() <= migrations.size() &&
        std::ranges::equal(ran_, std::span(migrations).first(ran_.size()), {}, {}, &migrate::Migration::name);
    if (!continues) {
      ran_.clear();
      session_.emplace(open());
    }
    for (std::size_t at = ran_.size(); at < migrations.size(); ++at) {
      const auto ran = session_->execute(migrations[at].sql);
      if (!ran) FAIL(migrations[at].name << ": " << ran.error().message);
      ran_.push_back(migrations[at].name);
    }
    migrate::History offline;
    offline.migrations = migrations;
    migrate::replay_history(offline);
    const auto introspected = live::introspect(*session_);
    if (!introspected) FAIL(introspected.error().message);
    return differences(*offline.catalog, *introspected);
  }

 private:
  static live::Session open() {
    auto session = live::Session::open(fresh_database());
    if (!session) FAIL(session.error().message);
    return std::move(*session);
  }

  std::optional<live::Session> session_;
  std::vector<std::string> ran_;
};

// A project's life in short: what real ones do beside adding tables.
const std::vector<std::pair<const char*, const char*>> kHistory = {{"01_init", R"(
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
CREATE TABLE "User" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "role" "Role" NOT NULL DEFAULT 'USER',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");)"},
                                                                   {"02_posts", R"(
CREATE TABLE "Post" ("id" TEXT NOT NULL, "title" VARCHAR(200) NOT NULL, "authorId" INTEGER NOT NULL, "meta" JSONB,
  CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
CREATE INDEX "Post_authorId_idx" ON "Post"("authorId");
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;)"},
                                                                   {"03_role_swap", R"(
BEGIN;
CREATE TYPE "Role_new" AS ENUM ('USER', 'MODERATOR');
ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER';
COMMIT;)"},
                                                                   {"04_guarded", R"(
DO $$ BEGIN CREATE TYPE "Kind" AS ENUM ('A', 'B'); EXCEPTION WHEN duplicate_object THEN null; END $$;
DO $$ BEGIN CREATE TYPE "Kind" AS ENUM ('C'); EXCEPTION WHEN duplicate_object THEN null; END $$;
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'Post' AND column_name = 'kind') THEN
    ALTER TABLE "Post" ADD COLUMN "kind" "Kind" DEFAULT 'A';
  END IF;
  IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'Post_authorId_fkey') THEN
    ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";
  END IF;
END $$;
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE NOT VALID;
ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey";)"},
                                                                   {"05_by_hand", R"(
CREATE INDEX "post_title_lower" ON "Post" (lower("title")) WHERE "kind" = 'A';
ALTER TABLE "Post" ADD CONSTRAINT "title_set" CHECK (length("title") > 0);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RETURN NEW; END $f$;
CREATE TRIGGER touched BEFORE UPDATE ON "Post" FOR EACH ROW EXECUTE FUNCTION touch();
CREATE VIEW "titles" AS SELECT "id", "title" FROM "Post";
CREATE MATERIALIZED VIEW "counts" AS SELECT "authorId", count(*) AS n FROM "Post" GROUP BY 1;
ALTER TABLE "User" ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON "User" USING ("id" > 0);
COMMENT ON COLUMN "User"."email" IS 'where to write to';
CREATE SEQUENCE ticket START 100 INCREMENT 5;
ALTER TABLE "User" ADD COLUMN "ticket" INTEGER NOT NULL DEFAULT nextval('ticket'), ADD COLUMN "tags" TEXT[] DEFAULT '{}';)"},
                                                                   {"06_partitions", R"(
CREATE TABLE "Event" ("id" BIGINT GENERATED ALWAYS AS IDENTITY, "at" DATE NOT NULL, PRIMARY KEY ("id", "at")) PARTITION BY RANGE ("at");
CREATE TABLE "Event_2024" PARTITION OF "Event" FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX ON "Event" ("at");
ALTER TABLE "Event" ADD COLUMN "note" TEXT;)"},
                                                                   {"07_moves", R"(
CREATE SCHEMA "archive";
ALTER TABLE "Post" RENAME TO "Article";
ALTER TABLE "Article" RENAME COLUMN "title" TO "headline";
ALTER INDEX "Post_pkey" RENAME TO "Article_pkey";
CREATE TABLE "archive"."Old" (LIKE "User" INCLUDING ALL);
ALTER TABLE "User" ALTER COLUMN "ticket" TYPE BIGINT, ALTER COLUMN "ticket" DROP NOT NULL;)"},
                                                                   {"08_session", R"(
SET search_path = "archive", public;
CREATE TEMPORARY TABLE scratch AS SELECT 1 AS x;)"},
                                                                   {"09_after", R"(
CREATE TABLE "Here" ("id" INTEGER PRIMARY KEY, "userId" INTEGER REFERENCES public."User");
DROP TABLE scratch;
BEGIN; DROP TABLE "Here"; ROLLBACK;
RESET search_path;)"},
                                                                   {"10_drops", R"(
DROP VIEW "titles";
ALTER TABLE "Article" DROP COLUMN "headline";
DROP TABLE "archive"."Old";
DROP TYPE "Kind" CASCADE;
ALTER TABLE "User" DROP COLUMN "ticket";
DROP SEQUENCE ticket;)"}};

// The migrations of each case of a project, by their names; a case may say "all".
std::set<std::vector<std::string>> commits_of(const fs::path& cases, const std::vector<migrate::Migration>& all) {
  std::set<std::vector<std::string>> commits;
  std::ifstream file(cases);
  for (std::string line; std::getline(file, line);) {
    const auto one = json::Document::parse(line);
    REQUIRE(one);
    std::vector<std::string> names;
    for (const json::Value& name : one->root()["migrations"].items()) names.emplace_back(name.string());
    if (names.empty()) std::ranges::transform(all, std::back_inserter(names), &migrate::Migration::name);
    commits.insert(std::move(names));
  }
  return commits;
}

}  // namespace

TEST_CASE("round trip: a history of our own, after each of its migrations", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  Folder folder;
  for (const auto& [name, sql] : kHistory) folder.add(name, sql);
  const migrate::History history = folder.history();
  for (const migrate::HistoryIssue& issue : history.issues) {
    // The one thing here that only running can tell, and it is temporary.
    if (issue.migration != "08_session") FAIL_CHECK(issue.migration << ": " << issue.message);
  }
  RealReplay real;
  std::vector<migrate::Migration> so_far;
  for (const migrate::Migration& migration : history.migrations) {
    INFO(migration.name);
    so_far.push_back(migration);
    CHECK(joined(real.differences_after(so_far)) == "");
  }
}

TEST_CASE("round trip: projects' histories at every commit given", "[live][.pg][conformance]") {
  const char* place = std::getenv("REFRACT_CONFORMANCE");
  if (place == nullptr) {
    std::cout << "skipped: REFRACT_CONFORMANCE names no folder with projects' migrations" << std::endl;
    return;
  }
  REFRACT_NEEDS_POSTGRES();
  std::size_t projects = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(place) / "history")) {
    if (!fs::exists(entry.path() / "cases.jsonl")) continue;
    ++projects;
    const auto history = migrate::load_history(entry.path() / "migrations");
    if (!history) FAIL(history.error().message);
    RealReplay real;
    std::size_t compared = 0, differing = 0, objects = 0;
    std::vector<std::vector<std::string>> commits;
    for (const auto& names : commits_of(entry.path() / "cases.jsonl", history->migrations)) commits.push_back(names);
    std::ranges::sort(commits, {}, &std::vector<std::string>::size);
    for (const std::vector<std::string>& names : commits) {
      std::vector<migrate::Migration> migrations;
      for (const migrate::Migration& migration : history->migrations) {
        if (std::ranges::find(names, migration.name) != names.end()) migrations.push_back(migration);
      }
      const std::vector<std::string> found = real.differences_after(migrations);
      INFO(entry.path().filename().string() << " after " << names.size() << " migrations");
      CHECK(joined(found) == "");
      ++compared;
      if (!found.empty()) ++differing;
      objects = std::max(objects, history->catalog->tables.size());
    }
    std::cout << fmt::format("{}: {} states compared, {} differ; {} migrations, {} tables at the end\n",
                             entry.path().filename().string(), compared, differing, history->migrations.size(),
                             objects);
  }
  CHECK(projects > 0);
}

}  // namespace refract::test
