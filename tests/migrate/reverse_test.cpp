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
  CHECK(down.worst == Reversal::lossless);
  CHECK(down.losses.empty());
  CHECK(body(down) == R"(-- DropIndex: lossless
DROP INDEX "User_bio_idx";

-- AlterTable: lossless
-- Values written to User.bio since are dropped with it.
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
  CHECK(down.losses == std::vector<std::string>{"The values that column User.bio had are gone."});
  CHECK(body(down) == R"(-- AlterTable: lossy
-- The values that column User.bio had are gone.
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
        std::vector<std::string>{"Fails if User has rows: column bio takes no NULL, and the values it had are gone."});
}

TEST_CASE("reverse: values are cast back where Prisma would make the column anew", "[migrate]") {
  const auto down = way_back(R"(
model User {
  id  Int @id
-  n  Int    @default(1)
+  n  String @default("x")
})");
  CHECK(down.worst == Reversal::lossy);
  CHECK(body(down) == R"(-- AlterTable: lossy
-- Values of User.n that are no integer make it fail or are cut.
ALTER TABLE "User" ALTER COLUMN "n" DROP DEFAULT,
ALTER COLUMN "n" TYPE INTEGER USING ("n"::text::INTEGER),
ALTER COLUMN "n" SET DEFAULT 1;
)");
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
