#include "migrate/fixture.h"
#include "support/catch.h"

// What Prisma writes and PostgreSQL refuses, or what undoes itself, beside what we write instead (docs/differences.md).

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

TEST_CASE("deliberate: SERIAL is no type that a column could change to, and its sequence follows", "[migrate]") {
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
ALTER SEQUENCE "A_id_seq" AS BIGINT;
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

TEST_CASE("deliberate: a foreign key is recreated around the key that it relies on", "[migrate]") {
  const char* fixture = R"(
model A {
-  id Int @id
+  id Int
-  u String @unique
+  u String @id
  b B[]
}
model B {
  id Int @id
  au String
  a A @relation(fields: [au], references: [u])
})";
  check_sql(fixture, R"(
-- DropIndex
DROP INDEX "A_u_key";

-- AlterTable
ALTER TABLE "A" DROP CONSTRAINT "A_pkey",
ADD CONSTRAINT "A_pkey" PRIMARY KEY ("u");
)");
  check_ours(fixture, R"(
-- DropForeignKey
ALTER TABLE "B" DROP CONSTRAINT "B_au_fkey";

-- DropIndex
DROP INDEX "A_u_key";

-- AlterTable
ALTER TABLE "A" DROP CONSTRAINT "A_pkey",
ADD CONSTRAINT "A_pkey" PRIMARY KEY ("u");

-- AddForeignKey
ALTER TABLE "B" ADD CONSTRAINT "B_au_fkey" FOREIGN KEY ("au") REFERENCES "A"("u") ON DELETE RESTRICT ON UPDATE CASCADE;
)");
}

TEST_CASE("deliberate: a new enum value that is used at once is committed first", "[migrate]") {
  const char* fixture = R"(
enum Src {
  DISK
+  S3
}
model File {
  id Int @id
-  s Src @default(DISK)
+  s Src @default(S3)
})";
  check_sql(fixture, R"(
-- AlterEnum
ALTER TYPE "Src" ADD VALUE 'S3';

-- AlterTable
ALTER TABLE "File" ALTER COLUMN "s" SET DEFAULT 'S3';
)");
  check_ours(fixture, R"(
-- AlterEnum
BEGIN;
ALTER TYPE "Src" ADD VALUE 'S3';
COMMIT;

-- AlterTable
ALTER TABLE "File" ALTER COLUMN "s" SET DEFAULT 'S3';
)");
}

TEST_CASE("deliberate: the schema of an extension is created where it is missing", "[migrate]") {
  const char* schema = R"(
datasource db {
  provider   = "postgresql"
  url        = env("URL")
  extensions = [uuid_ossp(map: "uuid-ossp", schema: "extensions")]
}
generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["postgresqlExtensions"]
}
model U {
  id Int @id
})";
  constexpr std::string_view kExtension =
      "-- CreateExtension\nCREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" WITH SCHEMA \"extensions\";";
  constexpr std::string_view kSchema =
      "-- CreateSchema\nDO $$\nBEGIN\n  IF to_regnamespace('\"extensions\"') IS NULL THEN\n    CREATE SCHEMA "
      "\"extensions\";\n  END IF;\nEND\n$$;";
  const std::string table = "CREATE TABLE \"U\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"U_pkey\" PRIMARY KEY (\"id\"));";
  using refract::test::sql_from;
  CHECK(sql_from(table, schema) == std::string(kSchema) + "\n\n" + std::string(kExtension));
  CHECK(sql_from(table, schema, {.like_prisma = true}) == kExtension);
  CHECK(sql_from(table + "CREATE SCHEMA extensions;", schema) == kExtension);
  // The block is followed, and nothing is left to do after it.
  CHECK(sql_from(table + std::string(kSchema) + std::string(kExtension), schema) == "-- This is an empty migration.");
}

TEST_CASE("deliberate: an enum loses a value below an index that compares with another", "[migrate]") {
  const std::string before = R"(
CREATE TYPE "S" AS ENUM ('A', 'B', 'C');
CREATE TABLE "U" ("id" TEXT NOT NULL, "s" "S" NOT NULL, CONSTRAINT "U_pkey" PRIMARY KEY ("id"));
CREATE INDEX u_part ON "U"(id) WHERE s = 'A';
ALTER TABLE "U" ADD CONSTRAINT chk CHECK (s <> 'B');
ALTER TABLE "U" ADD CONSTRAINT gone CHECK (s <> 'C');
)";
  const char* schema = "model U {\n  id String @id\n  s S\n}\nenum S {\n  A\n  B\n}";
  const std::string sql = refract::test::sql_from(before, schema);
  CHECK(sql.contains(
      "DROP INDEX \"u_part\";\nALTER TABLE \"U\" DROP CONSTRAINT \"chk\";\nALTER TABLE \"U\" ALTER COLUMN"));
  CHECK(sql.contains("DROP TYPE \"public\".\"S_old\";\nCREATE INDEX \"u_part\" ON \"U\"(\"id\") WHERE "));
  CHECK(sql.contains("ALTER TABLE \"U\" ADD CONSTRAINT \"chk\" CHECK "));
  // Nobody could write this one again.
  CHECK_FALSE(sql.contains("\"gone\""));
  CHECK_FALSE(refract::test::sql_from(before, schema, {.like_prisma = true}).contains("u_part"));
}

TEST_CASE("deliberate: a default that the definition of a column cannot take gets parentheses", "[migrate]") {
  const char* fixture = R"x(
model A {
  id Int @id
+  a DateTime @default(dbgenerated("now() AT TIME ZONE 'utc'")) @db.Timestamp(6)
+  b Boolean @default(dbgenerated("NULL IS NULL"))
+  c Boolean @default(dbgenerated("true AND false"))
+  d Boolean @default(dbgenerated("(1 IS NULL)"))
+  e Boolean @default(dbgenerated("1 IS DISTINCT FROM 2"))
})x";
  check_sql(fixture, R"(
-- AlterTable
ALTER TABLE "A" ADD COLUMN     "a" TIMESTAMP(6) NOT NULL DEFAULT now() AT TIME ZONE 'utc',
ADD COLUMN     "b" BOOLEAN NOT NULL DEFAULT NULL IS NULL,
ADD COLUMN     "c" BOOLEAN NOT NULL DEFAULT true AND false,
ADD COLUMN     "d" BOOLEAN NOT NULL DEFAULT (1 IS NULL),
ADD COLUMN     "e" BOOLEAN NOT NULL DEFAULT 1 IS DISTINCT FROM 2;
)");
  check_ours(fixture, R"(
-- AlterTable
ALTER TABLE "A" ADD COLUMN     "a" TIMESTAMP(6) NOT NULL DEFAULT (now() AT TIME ZONE 'utc'),
ADD COLUMN     "b" BOOLEAN NOT NULL DEFAULT (NULL IS NULL),
ADD COLUMN     "c" BOOLEAN NOT NULL DEFAULT (true AND false),
ADD COLUMN     "d" BOOLEAN NOT NULL DEFAULT (1 IS NULL),
ADD COLUMN     "e" BOOLEAN NOT NULL DEFAULT 1 IS DISTINCT FROM 2;
)");
}
