#include "migrate/fixture.h"
#include "support/catch.h"

// What Prisma writes and PostgreSQL refuses, or what undoes itself, beside what we write instead (docs/commands.md).

using refract::test::check_ours;
using refract::test::check_sql;

TEST_CASE("deliberate: up to Prisma 6 a primary key is renamed amid other actions", "[migrate]") {
  const char* fixture = R"(
model Pair {
-  a Int @id
+  a Int @id(map: "pair_key")
-  b Int
+  b Int?
})";
  check_sql(fixture, R"(
-- AlterTable
ALTER TABLE "Pair" RENAME CONSTRAINT "Pair_pkey" TO "pair_key",
ALTER COLUMN "b" DROP NOT NULL;
)");
  check_ours(fixture, R"(
-- AlterTable
ALTER TABLE "Pair" ALTER COLUMN "b" DROP NOT NULL;
ALTER TABLE "Pair" RENAME CONSTRAINT "Pair_pkey" TO "pair_key";
)");
}

TEST_CASE("deliberate: SERIAL is no type that a column could change to", "[migrate]") {
  const char* fixture = R"(
model A {
-  id Int @id @default(autoincrement())
+  id BigInt @id @default(autoincrement())
})";
  check_sql(fixture, R"(
-- AlterTable
ALTER TABLE "A" DROP CONSTRAINT "A_pkey",
ALTER COLUMN "id" SET DATA TYPE BIGSERIAL,
ADD CONSTRAINT "A_pkey" PRIMARY KEY ("id");
)");
  check_ours(fixture, R"(
-- AlterTable
ALTER TABLE "A" DROP CONSTRAINT "A_pkey",
ALTER COLUMN "id" SET DATA TYPE BIGINT,
ADD CONSTRAINT "A_pkey" PRIMARY KEY ("id");
)");
}

TEST_CASE("deliberate: a default that takes the place of a sequence is not dropped again", "[migrate]") {
  const char* fixture = R"(
model A {
  id Int @id
-  no Int @default(autoincrement())
+  no Int @default(1)
})";
  check_sql(fixture, R"(
-- AlterTable
ALTER TABLE "A" ALTER COLUMN "no" SET DEFAULT 1,
ALTER COLUMN "no" DROP DEFAULT;
DROP SEQUENCE "";
)");
  check_ours(fixture, R"(
-- AlterTable
ALTER TABLE "A" ALTER COLUMN "no" SET DEFAULT 1;
DROP SEQUENCE "A_no_seq";
)");
}

TEST_CASE("deliberate: names with quotes are escaped", "[migrate]") {
  const char* fixture = R"(
enum Mood {
  good @map("it's good")
  @@map("mo\"od")
}
model A {
  id Int @id
+  mood Mood? @map("a\"b")
+  no Int @default(autoincrement()) @map("the no")
})";
  check_sql(fixture, R"(
-- AlterTable
ALTER TABLE "A" ADD COLUMN     "a"b" "mo"od",
ADD COLUMN     "the no" SERIAL NOT NULL;
)");
  check_ours(fixture, R"(
-- AlterTable
ALTER TABLE "A" ADD COLUMN     "a""b" "mo""od",
ADD COLUMN     "the no" SERIAL NOT NULL;
)");
}

TEST_CASE("deliberate: a sequence of a name that needs quotes gets them", "[migrate]") {
  const char* fixture = R"(
model A {
  id Int @id
-  no Int @map("the no")
+  no Int @default(autoincrement()) @map("the no")
})";
  check_sql(fixture, R"(
-- AlterTable
CREATE SEQUENCE a_the no_seq;
ALTER TABLE "A" ALTER COLUMN "the no" SET DEFAULT nextval('a_the no_seq');
ALTER SEQUENCE a_the no_seq OWNED BY "A"."the no";
)");
  check_ours(fixture, R"(
-- AlterTable
CREATE SEQUENCE "a_the no_seq";
ALTER TABLE "A" ALTER COLUMN "the no" SET DEFAULT nextval('"a_the no_seq"');
ALTER SEQUENCE "a_the no_seq" OWNED BY "A"."the no";
)");
}

TEST_CASE("deliberate: a new enum takes the columns along that stand, and those that go", "[migrate]") {
  const char* fixture = R"(
enum Color {
  RED
-  GREEN
}
model A {
  id Int @id
  kept Color
-  gone Color
}
+model B {
+  id Int @id
+  color Color
+})";
  check_sql(fixture, R"(
-- AlterEnum
BEGIN;
CREATE TYPE "Color_new" AS ENUM ('RED');
ALTER TABLE "A" ALTER COLUMN "kept" TYPE "Color_new" USING ("kept"::text::"Color_new");
ALTER TABLE "B" ALTER COLUMN "color" TYPE "Color_new" USING ("color"::text::"Color_new");
ALTER TYPE "Color" RENAME TO "Color_old";
ALTER TYPE "Color_new" RENAME TO "Color";
DROP TYPE "Color_old";
COMMIT;

-- AlterTable
ALTER TABLE "A" DROP COLUMN "gone";

-- CreateTable
CREATE TABLE "B" (
    "id" INTEGER NOT NULL,
    "color" "Color" NOT NULL,

    CONSTRAINT "B_pkey" PRIMARY KEY ("id")
);
)");
  check_ours(fixture, R"(
-- AlterEnum
BEGIN;
CREATE TYPE "Color_new" AS ENUM ('RED');
ALTER TABLE "A" ALTER COLUMN "kept" TYPE "Color_new" USING ("kept"::text::"Color_new");
ALTER TABLE "A" ALTER COLUMN "gone" TYPE "Color_new" USING ("gone"::text::"Color_new");
ALTER TYPE "Color" RENAME TO "Color_old";
ALTER TYPE "Color_new" RENAME TO "Color";
DROP TYPE "Color_old";
COMMIT;

-- AlterTable
ALTER TABLE "A" DROP COLUMN "gone";

-- CreateTable
CREATE TABLE "B" (
    "id" INTEGER NOT NULL,
    "color" "Color" NOT NULL,

    CONSTRAINT "B_pkey" PRIMARY KEY ("id")
);
)");
}
