#include "migrate/fixture.h"
#include "support/catch.h"

using refract::test::check_plan;

TEST_CASE("enums: values are added", "[migrate]") {
  check_plan(R"(
enum Role {
  USER
+  ADMIN
}
model User {
  id   Int  @id
  role Role
})",
             R"(
-- AlterEnum
ALTER TYPE "Role" ADD VALUE 'ADMIN';
)");
}

TEST_CASE("enums: several new values carry a warning for old servers", "[migrate]") {
  check_plan(R"(
enum Role {
  USER
+  ADMIN
+  OWNER
})",
             R"(
-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "Role" ADD VALUE 'ADMIN';
ALTER TYPE "Role" ADD VALUE 'OWNER';
)");
}

TEST_CASE("enums: a value goes by a new type in place of the old, defaults around it", "[migrate]") {
  check_plan(R"(
enum Role {
  USER
-  GUEST
  ADMIN @map("admin")
}
model User {
  id    Int    @id
  role  Role   @default(ADMIN)
  roles Role[] @default([USER])
  other Role?
})",
             R"(
-- AlterEnum
BEGIN;
CREATE TYPE "Role_new" AS ENUM ('USER', 'admin');
ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "roles" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TABLE "User" ALTER COLUMN "roles" TYPE "Role_new"[] USING ("roles"::text::"Role_new"[]);
ALTER TABLE "User" ALTER COLUMN "other" TYPE "Role_new" USING ("other"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'admin';
ALTER TABLE "User" ALTER COLUMN "roles" SET DEFAULT ARRAY['USER']::"Role"[];
COMMIT;
)");
}

TEST_CASE("enums: on a database Prisma names the schema of what it takes away", "[migrate]") {
  CHECK(refract::test::sql_from(R"(CREATE TYPE "E" AS ENUM ('A', 'B');
    CREATE TABLE "T" ("id" INTEGER NOT NULL, "e" "E" NOT NULL DEFAULT 'A', CONSTRAINT "T_pkey" PRIMARY KEY ("id"));)",
                                "enum E {\n  A\n}\nmodel T {\n  id Int @id\n  e E @default(A)\n}") == R"(-- AlterEnum
BEGIN;
CREATE TYPE "E_new" AS ENUM ('A');
ALTER TABLE "public"."T" ALTER COLUMN "e" DROP DEFAULT;
ALTER TABLE "T" ALTER COLUMN "e" TYPE "E_new" USING ("e"::text::"E_new");
ALTER TYPE "E" RENAME TO "E_old";
ALTER TYPE "E_new" RENAME TO "E";
DROP TYPE "public"."E_old";
ALTER TABLE "T" ALTER COLUMN "e" SET DEFAULT 'A';
COMMIT;)");
}

TEST_CASE("enums: a column changes from one to another, and to text", "[migrate]") {
  check_plan(R"(
enum A {
  X
}
-enum B {
-  X
-}
model T {
  id Int @id
-  a String
-  b B @default(X)
+  a A
+  b String
})",
             R"(
-- AlterTable
ALTER TABLE "T" DROP COLUMN "a",
ADD COLUMN     "a" "A" NOT NULL,
DROP COLUMN "b",
ADD COLUMN     "b" TEXT NOT NULL;

-- DropEnum
DROP TYPE "B";
)");
}
