#include "migrate/fixture.h"
#include "support/catch.h"

using refract::test::check_plan;
using refract::test::check_sql;

TEST_CASE("plan: nothing changes", "[migrate]") {
  check_plan(R"(
model User {
  id Int @id
-  name String
+  name String // a comment
})",
             "-- This is an empty migration.");
}

TEST_CASE("plan: a new table with its indexes and keys", "[migrate]") {
  check_plan(R"(
model User {
  id Int @id @default(autoincrement())
+  posts Post[]
}
+model Post {
+  id     String   @id @default(cuid())
+  slug   String   @unique
+  at     DateTime @default(now())
+  tags   String[] @default(["a", "it's"])
+  author User     @relation(fields: [by], references: [id], onDelete: Cascade)
+  by     Int
+  @@index([by, at(sort: Desc)])
+})",
             R"(
-- CreateTable
CREATE TABLE "Post" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tags" TEXT[] DEFAULT ARRAY['a', 'it''s']::TEXT[],
    "by" INTEGER NOT NULL,

    CONSTRAINT "Post_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Post_slug_key" ON "Post"("slug");

-- CreateIndex
CREATE INDEX "Post_by_at_idx" ON "Post"("by", "at" DESC);

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_by_fkey" FOREIGN KEY ("by") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
)");
}

TEST_CASE("plan: columns come in the order of their names", "[migrate]") {
  check_plan(R"(
model User {
  id Int @id
-  y Int
-  b Int
+  z String?
+  a Boolean @default(true)
})",
             R"(
-- AlterTable
ALTER TABLE "User" DROP COLUMN "b",
DROP COLUMN "y",
ADD COLUMN     "a" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "z" TEXT;
)");
}

TEST_CASE("plan: a type that casts is altered, one that does not is recreated with its indexes", "[migrate]") {
  check_plan(R"(
model Item {
  id Int @id
-  n Int @unique
-  s String @db.VarChar(20)
-  t String @unique
+  n BigInt? @unique
+  s String @default("x")
+  t Int @unique
})",
             R"(
-- AlterTable
ALTER TABLE "Item" ALTER COLUMN "n" DROP NOT NULL,
ALTER COLUMN "n" SET DATA TYPE BIGINT,
ALTER COLUMN "s" SET DEFAULT 'x',
ALTER COLUMN "s" SET DATA TYPE TEXT,
DROP COLUMN "t",
ADD COLUMN     "t" INTEGER NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Item_t_key" ON "Item"("t");
)");
}

TEST_CASE("plan: defaults", "[migrate]") {
  check_plan(R"schema(
model Setting {
  id Int @id
-  a Int     @default(1)
-  b Boolean @default(true)
-  c Decimal @default(1.50)
-  d Json    @default("{\"a\": 1}")
-  e Bytes
-  f DateTime @default("2020-01-01T00:00:00Z")
-  g String   @default(uuid())
-  h String   @default(dbgenerated("gen_random_uuid()")) @db.Uuid
+  a Int     @default(-2)
+  b Boolean
+  c Decimal @default(1.5)
+  d Json    @default("{ \"a\":1 }")
+  e Bytes   @default("aGk=")
+  f DateTime @default("2021-01-01T00:00:00Z")
+  g String   @default(cuid())
+  h String   @default(dbgenerated("GEN_RANDOM_UUID()")) @db.Uuid
})schema",
             R"(
-- AlterTable
ALTER TABLE "Setting" ALTER COLUMN "a" SET DEFAULT -2,
ALTER COLUMN "b" DROP DEFAULT,
ALTER COLUMN "e" SET DEFAULT '\x6869';
)");
}

TEST_CASE("plan: a list's default is compared by its values", "[migrate]") {
  check_plan(R"(
model Comment {
  id Int @id
-  at String[] @default(["a", "b"])
+  at String[] @default(["a", "b"]) @db.VarChar(20)
})",
             R"(
-- AlterTable
ALTER TABLE "Comment" ALTER COLUMN "at" SET DATA TYPE VARCHAR(20)[];
)");
}

TEST_CASE("plan: the primary key changes its columns, its name, both", "[migrate]") {
  check_plan(R"(
model Pair {
-  a Int @id
+  a Int
  b Int
+  @@id([a, b])
})",
             R"(
-- AlterTable
ALTER TABLE "Pair" DROP CONSTRAINT "Pair_pkey",
ADD CONSTRAINT "Pair_pkey" PRIMARY KEY ("a", "b");
)");
  check_plan(R"(
model Pair {
-  a Int @id
+  a Int @id(map: "pair_key")
-  b Int
+  b Int?
})",
             R"(
-- AlterTable
ALTER TABLE "Pair" ALTER COLUMN "b" DROP NOT NULL;
ALTER TABLE "Pair" RENAME CONSTRAINT "Pair_pkey" TO "pair_key";
)",
             refract::schema::PrismaVersion::v7);
}

TEST_CASE("plan: a unique index that becomes the primary key is dropped after it", "[migrate]") {
  check_plan(R"(
model Tag {
-  name String @unique
+  name String @id
  rank Int @unique
})",
             R"(
-- AlterTable
ALTER TABLE "Tag" ADD CONSTRAINT "Tag_pkey" PRIMARY KEY ("name");

-- DropIndex
DROP INDEX "Tag_name_key";
)");
}

TEST_CASE("plan: indexes are renamed where only the name differs, recreated otherwise", "[migrate]") {
  check_plan(R"(
model Doc {
  id Int @id
  a  Int
  j  Json
-  @@index([a])
-  @@index([a, id])
+  @@index([a], map: "by_a")
+  @@index([a(sort: Desc), id])
+  @@index([j(ops: JsonbPathOps)], type: Gin)
})",
             R"(
-- DropIndex
DROP INDEX "Doc_a_id_idx";

-- CreateIndex
CREATE INDEX "Doc_a_id_idx" ON "Doc"("a" DESC, "id");

-- CreateIndex
CREATE INDEX "Doc_j_idx" ON "Doc" USING GIN ("j" jsonb_path_ops);

-- RenameIndex
ALTER INDEX "Doc_a_idx" RENAME TO "by_a";
)");
}

TEST_CASE("plan: default operator classes need not be said", "[migrate]") {
  CHECK(refract::test::sql_from(R"(CREATE TABLE "D" ("id" INTEGER NOT NULL, "j" JSONB NOT NULL,
    CONSTRAINT "D_pkey" PRIMARY KEY ("id"));
    CREATE INDEX "D_j_idx" ON "D" USING GIN ("j");)",
                                R"(model D {
  id Int @id
  j  Json
  @@index([j(ops: JsonbOps)], type: Gin)
})") == "-- This is an empty migration.");
}

TEST_CASE("plan: foreign keys", "[migrate]") {
  check_plan(R"(
model User {
  id Int @id
  a  Post[] @relation("a")
  b  Post[] @relation("b")
}
model Post {
  id Int @id
  x  Int?
  y  Int?
-  a  User? @relation("a", fields: [x], references: [id])
-  b  User? @relation("b", fields: [y], references: [id])
+  a  User? @relation("a", fields: [x], references: [id], onDelete: Cascade)
+  b  User? @relation("b", fields: [y], references: [id], map: "post_to_user")
})",
             R"(
-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_x_fkey";

-- RenameForeignKey
ALTER TABLE "Post" RENAME CONSTRAINT "Post_y_fkey" TO "post_to_user";

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_x_fkey" FOREIGN KEY ("x") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
)");
}

TEST_CASE("plan: a table goes with the foreign keys to and from it", "[migrate]") {
  check_plan(R"(
model User {
  id Int @id
-  posts Post[]
}
-model Post {
-  id Int @id
-  by Int
-  user User @relation(fields: [by], references: [id])
-})",
             R"(
-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_by_fkey";

-- DropTable
DROP TABLE "Post";
)");
}

TEST_CASE("plan: the empty database", "[migrate]") {
  const auto schema = refract::test::snapshot_of("model A {\n  id Int @id\n}");
  const auto plan = refract::migrate::plan({}, refract::migrate::catalog_of(*schema), {});
  CHECK(refract::migrate::render_sql(plan) == R"(-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "A" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "A_pkey" PRIMARY KEY ("id")
);
)");
}

TEST_CASE("plan: autoincrement comes and goes as PostgreSQL's SERIAL would", "[migrate]") {
  const std::string_view gains = R"(
model Order {
  id Int @id
-  no Int
+  no Int @default(autoincrement())
})";
  check_plan(gains, R"(
-- AlterTable
CREATE SEQUENCE order_no_seq;
ALTER TABLE "Order" ALTER COLUMN "no" SET DEFAULT nextval('order_no_seq');
ALTER SEQUENCE order_no_seq OWNED BY "Order"."no";
)");
  CHECK(refract::test::sql_from(
            R"(CREATE TABLE "Order" ("id" SERIAL NOT NULL, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));)",
            "model Order {\n  id Int @id\n}") == R"(-- AlterTable
ALTER TABLE "Order" ALTER COLUMN "id" DROP DEFAULT;
DROP SEQUENCE "Order_id_seq";)");
}

TEST_CASE("plan: extensions are created, never dropped", "[migrate]") {
  check_sql(R"(
datasource db {
  provider   = "postgresql"
-  extensions = [citext]
+  extensions = [pg_trgm, uuid_ossp(map: "uuid-ossp", schema: "ext")]
}
generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["postgresqlExtensions"]
})",
            R"(
-- CreateExtension
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- CreateExtension
CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA "ext";
)");
}

TEST_CASE("plan: a list of counted numbers, which PostgreSQL refuses, stays a list", "[migrate]") {
  check_sql(R"(
model A {
  id Int @id
+  n Int[] @default(autoincrement())
})",
            R"(
-- AlterTable
ALTER TABLE "A" ADD COLUMN     "n" SERIAL[];
)");
}
