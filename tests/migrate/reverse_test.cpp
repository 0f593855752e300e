#include "migrate/diff/diff_options.h"
#include "migrate/fixture.h"
#include "support/catch.h"

using refract::migrate::Reversal;

namespace {

refract::migrate::ReversePlan way_back(std::string_view fixture) {
  const auto marked = refract::test::split(fixture);
  return refract::migrate::next_migration(refract::test::deployed(marked.before),
                                          *refract::test::snapshot_of(marked.after), {})
      .down;
}

std::string body(const refract::migrate::ReversePlan& down) {
  return down.sql.substr(down.sql.find("\n\n") + 2);
}

}  // namespace

TEST_CASE("reverse: what was added goes, nothing is lost", "[migrate]") {
  const auto down = way_back(R"(
model User {
  id  Int     @id
+  bio String?
+  @@index([bio])
})");
  CHECK(down.worst == Reversal::lossy);
  CHECK(down.losses == std::vector<std::string>{"Values written to User.bio after the migration are lost."});
  CHECK(body(down) == R"(-- DropIndex: lossless
DROP INDEX "User_bio_idx";

-- AlterTable: lossy
-- Values written to User.bio after the migration are lost.
ALTER TABLE "User" DROP COLUMN "bio";
)");
}

TEST_CASE("reverse: what was dropped comes back empty, and it says so", "[migrate]") {
  const auto down = way_back(R"(
model User {
  id  Int     @id
-  bio String? @unique
})");
  CHECK(down.worst == Reversal::lossy);
  CHECK(down.losses == std::vector<std::string>{"The values of column User.bio are lost."});
  CHECK(body(down) == R"(-- AlterTable: lossy
-- The values of column User.bio are lost.
ALTER TABLE "User" ADD COLUMN     "bio" TEXT;

-- CreateIndex: lossless
CREATE UNIQUE INDEX "User_bio_key" ON "User"("bio");
)");
}

TEST_CASE("reverse: a required column cannot come back to rows", "[migrate]") {
  const auto down = way_back(R"(
model User {
  id  Int     @id
-  bio String
})");
  CHECK(down.worst == Reversal::impossible);
  CHECK(down.losses ==
        std::vector<std::string>{"Fails if User has rows: column bio is required, and its values are lost."});
}

TEST_CASE("reverse: values are cast back where Prisma would recreate the column", "[migrate]") {
  const auto down = way_back(R"(
model User {
  id  Int @id
-  n  Int    @default(1)
+  n  String @default("x")
})");
  CHECK(down.worst == Reversal::lossy);
  CHECK(body(down) == R"(-- AlterTable: lossy
-- Values of User.n that do not fit integer are truncated or make the statement fail.
ALTER TABLE "User" ALTER COLUMN "n" DROP DEFAULT,
ALTER COLUMN "n" TYPE INTEGER USING ("n"::text::INTEGER),
ALTER COLUMN "n" SET DEFAULT 1;
)");
}

TEST_CASE("reverse: the project's own schema is never named, as ?schema= may make it another one", "[migrate]") {
  const auto down = way_back(R"(
enum E {
  A
+  B
}
model T {
  id Int @id
  e  E   @default(A)
})");
  CHECK(down.sql.contains("DROP TYPE \"E_old\";\n"));
  CHECK_FALSE(down.sql.contains("public"));
}

TEST_CASE("reverse: a new enum is dropped without loss, whatever its name", "[migrate]") {
  const auto down = way_back(R"(
+enum Plan_old {
+  A
+}
model T {
  id Int @id
+  p  Plan_old[]
})");
  CHECK_FALSE(down.sql.contains("did not have before"));
  CHECK(down.sql.contains("-- DropEnum: lossless"));
}

TEST_CASE("reverse: a removed enum value comes back in its place", "[migrate]") {
  const auto down = way_back(R"(
enum E {
  A
-  B
  C
})");
  CHECK(body(down) == R"(-- AlterEnum: lossless
ALTER TYPE "E" ADD VALUE 'B' BEFORE 'C';
)");
}

TEST_CASE("reverse: what no schema describes comes back with its table", "[migrate]") {
  const auto before = refract::test::run(R"(
CREATE TABLE "T" ("id" INTEGER NOT NULL, "q""x" INTEGER, CONSTRAINT "positive" CHECK ("id" > 0));
CREATE INDEX "big" ON "T"("id") WHERE "id" > 100;)",
                                         refract::catalog::Catalog::empty());
  const auto next = refract::migrate::next_migration(before, *refract::test::snapshot_of("enum E {\n  A\n}"), {});
  const auto after = refract::test::run(next.sql, before);
  CHECK(refract::test::run(next.down.sql, after).tables == before.tables);
}

TEST_CASE("reverse: data statements and opaque steps are not undone", "[migrate]") {
  const auto before = refract::test::deployed("model A {\n  id Int @id\n}");
  refract::migrate::Plan hand_written;
  for (const auto& step : refract::catalog::parse_sql("DELETE FROM \"A\"; DO $$ BEGIN END $$;").steps) {
    hand_written.groups.push_back({"Step", {{.steps = {step}}}});
  }
  const auto down = refract::migrate::reverse(hand_written, before, before, {});
  CHECK(down.worst == Reversal::impossible);
  CHECK(down.losses.size() == 2);
}

// What hung on a table that is dropped.

namespace {

// The way back from dropping all that `sql` makes; checked to lead there again.
refract::migrate::ReversePlan way_back_from_nothing(std::string_view sql) {
  const auto before = refract::test::run(sql, refract::catalog::Catalog::empty());
  const auto empty = refract::test::snapshot_of("");
  const auto next = refract::migrate::next_migration(before, *empty, {});
  const auto after = refract::test::run(next.sql, before);
  const auto back = refract::test::run(next.down.sql, after);
  CHECK(back == before);
  return next.down;
}

}  // namespace

TEST_CASE("reverse: checks, exclusions, triggers, policies and row level security come back with their table",
          "[migrate]") {
  const auto down = way_back_from_nothing(R"(
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE "Room" ("id" INTEGER NOT NULL, "at" TSRANGE, CONSTRAINT "Room_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "sane" CHECK ("id" > 0), CONSTRAINT "apart" EXCLUDE USING gist ("at" WITH &&));
CREATE INDEX "few" ON "Room"("id") WHERE "id" > 9;
CREATE TRIGGER "changed" BEFORE UPDATE ON "Room" FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE "Room" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "Room" USING ("id" > 1);
COMMENT ON TABLE "Room" IS 'rooms';
)");
  CHECK(down.worst == Reversal::lossy);
  for (const char* part :
       {"CONSTRAINT \"sane\" CHECK", "CONSTRAINT \"apart\" EXCLUDE USING gist", "CREATE INDEX \"few\"",
        "ENABLE ROW LEVEL SECURITY", "CREATE TRIGGER \"changed\"", "CREATE POLICY \"own\"", "COMMENT ON TABLE"}) {
    INFO(down.sql);
    CHECK(down.sql.contains(part));
  }
}

TEST_CASE("reverse: expressions come back as they were written", "[migrate]") {
  const auto down = way_back_from_nothing(R"(
CREATE TABLE "T" ("id" INTEGER NOT NULL, "a" INTEGER, "s" TEXT, "at" TIMESTAMP(3) DEFAULT now() + interval '24 hours',
  "f" TEXT DEFAULT $$a$$ || lower('B'::text), CONSTRAINT "T_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "c" CHECK (a::bigint > 0 AND s IN ('x', 'y')) NO INHERIT);
CREATE INDEX i1 ON "T"(lower(a::text));
CREATE INDEX i2 ON "T"((s::varchar(3)));
CREATE INDEX i3 ON "T"((a::bigint)) WITH (fillfactor = 70) WHERE s::varchar(3) <> B'1'::text;
CREATE INDEX i4 ON "T"((extract(year from "at")), pg_catalog.lower(s) COLLATE "C" text_pattern_ops DESC NULLS LAST);
ALTER TABLE "T" ADD COLUMN g TEXT GENERATED ALWAYS AS (a::text) STORED;
ALTER TABLE "T" ADD CONSTRAINT u UNIQUE (a) INCLUDE (s) DEFERRABLE INITIALLY DEFERRED;
CREATE SEQUENCE counter AS integer;
ALTER TABLE "T" ADD COLUMN n INTEGER DEFAULT nextval('counter');
ALTER SEQUENCE counter OWNED BY "T".n;
ALTER SEQUENCE counter RENAME TO "T_n_seq";
)");
  for (const char* part :
       {"(lower((a)::text))", "((s)::character varying(3))", "((a)::bigint)) WITH (fillfactor=70) WHERE",
        "GENERATED ALWAYS AS ((a)::text) STORED", "(now() + '24 hours'::interval)", "s IN ('x', 'y')", "NO INHERIT",
        "pg_catalog.extract('year', at)", "COLLATE \"C\" text_pattern_ops DESC NULLS LAST",
        "UNIQUE (\"a\") INCLUDE (\"s\") DEFERRABLE INITIALLY DEFERRED", "ALTER COLUMN \"n\" DROP NOT NULL"}) {
    INFO(part << "\n" << down.sql);
    CHECK(down.sql.contains(part));
  }
}

TEST_CASE("reverse: what a database tells only in pieces is said to be lost", "[migrate]") {
  using namespace refract;
  catalog::Catalog before =
      test::run("CREATE TABLE \"Room\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"Room_pkey\" PRIMARY KEY (\"id\"));",
                catalog::Catalog::empty());
  before.unmanaged.push_back({.kind = catalog::UnmanagedKind::policy,
                              .name = {"", "own"},
                              .on_table = catalog::QualifiedName{"public", "Room"},
                              .definition = "(id > 1)",
                              .uses = {}});
  const auto down = migrate::next_migration(before, *test::snapshot_of(""), {}).down;
  CHECK(down.worst == Reversal::impossible);
  CHECK(down.sql.contains("-- impossible: The policy own of Room is not restored: recreate it by hand.\n"));
}

TEST_CASE("reverse: a schema that was made goes, and an extension", "[migrate]") {
  using namespace refract;
  const auto target = test::snapshot_of(
      "datasource db {\n  provider = \"postgresql\"\n  url = env(\"U\")\n  schemas = [\"public\", \"s1\"]\n  "
      "extensions = "
      "[citext]\n}\ngenerator c {\n  provider = \"prisma-client-js\"\n  previewFeatures = [\"multiSchema\", "
      "\"postgresqlExtensions\"]\n}\nmodel User {\n  id Int @id\n  @@schema(\"s1\")\n}");
  const catalog::Catalog before = catalog::Catalog::empty();
  const auto next = migrate::next_migration(before, *target, migrate::diff_options(*target));
  INFO(next.down.sql);
  CHECK(next.down.sql.contains("-- DropExtension: lossless\n"));
  CHECK(next.down.sql.ends_with("DROP SCHEMA \"s1\";\n"));
  CHECK(test::run(next.down.sql, test::run(next.sql, before)) == before);
}
