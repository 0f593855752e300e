#include "migrate/fixture.h"
#include "support/catch.h"

using refract::test::sql_from;

// Prisma reads a domain's column as the type beneath: what it calls equal or changed here is its engine's answer.

namespace {

constexpr std::string_view kSql = R"(
CREATE TYPE "Kind" AS ENUM ('A', 'B');
CREATE DOMAIN address AS text CHECK (VALUE ~ '@');
CREATE DOMAIN nested AS address;
CREATE DOMAIN code AS varchar(20) NOT NULL;
CREATE DOMAIN price AS numeric(10,2) DEFAULT 0;
CREATE DOMAIN labels AS text[];
CREATE DOMAIN kind AS "Kind";
CREATE TABLE "T" ("id" INTEGER NOT NULL, "a" address NOT NULL DEFAULT 'a@b', "n" nested, "c" code, "p" price NOT NULL,
  "l" labels, "k" kind NOT NULL DEFAULT 'A', "list" address[], CONSTRAINT "T_pkey" PRIMARY KEY ("id"));)";

std::string model(std::string_view fields) {
  return "enum Kind {\n  A\n  B\n}\nmodel T {\n  id Int @id\n" + std::string(fields) + "}\n";
}

}  // namespace

TEST_CASE("domains: a column is what its domain is of", "[migrate]") {
  CHECK(sql_from(kSql, model(R"(
  a    String                  @default("a@b")
  n    Unsupported("address")?
  c    String                  @db.VarChar(20)
  p    Decimal                 @db.Decimal(10, 2)
  l    String[]
  k    Kind                    @default(A)
  list Unsupported("_address")[]
)")) == "-- This is an empty migration.");
}

TEST_CASE("domains: a change starts from the type beneath", "[migrate]") {
  CHECK(sql_from(kSql, model(R"(
  a    Int
  n    String?
  c    String?  @db.VarChar(30)
  p    Decimal  @db.Decimal(10, 3) @default(3)
  l    String[] @default(["x"])
  k    Kind?
  list String[]
)")) == R"(-- AlterTable
ALTER TABLE "T" DROP COLUMN "a",
ADD COLUMN     "a" INTEGER NOT NULL,
ALTER COLUMN "n" SET DATA TYPE TEXT,
ALTER COLUMN "c" DROP NOT NULL,
ALTER COLUMN "c" SET DATA TYPE VARCHAR(30),
ALTER COLUMN "p" SET DEFAULT 3,
ALTER COLUMN "p" SET DATA TYPE DECIMAL(10,3),
ALTER COLUMN "l" SET DEFAULT ARRAY['x']::TEXT[],
ALTER COLUMN "k" DROP NOT NULL,
ALTER COLUMN "k" DROP DEFAULT,
ALTER COLUMN "list" SET DATA TYPE TEXT[];)");
}

TEST_CASE("domains: NOT NULL of the domain comes and goes", "[migrate]") {
  const std::string optional = model("  c String? @db.VarChar(20)\n");
  const std::string sql =
      "CREATE TYPE \"Kind\" AS ENUM ('A', 'B'); CREATE DOMAIN code AS varchar(20);"
      "CREATE TABLE \"T\" (\"id\" INTEGER NOT NULL, \"c\" code, CONSTRAINT \"T_pkey\" PRIMARY KEY (\"id\"));";
  CHECK(sql_from(sql, optional) == "-- This is an empty migration.");
  CHECK(sql_from(sql + "ALTER DOMAIN code SET NOT NULL;", optional) ==
        "-- AlterTable\nALTER TABLE \"T\" ALTER COLUMN \"c\" DROP NOT NULL;");
  CHECK(sql_from(sql + "ALTER DOMAIN code SET NOT NULL; ALTER DOMAIN code DROP NOT NULL;", optional) ==
        "-- This is an empty migration.");
}
