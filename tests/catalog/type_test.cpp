#include "catalog/dump.h"
#include "catalog/expression/expression.h"
#include "support/catch.h"

using namespace refract::catalog;
using namespace refract::catalog::test;

TEST_CASE("one type under all its names", "[catalog]") {
  const auto same = [](std::string_view left, std::string_view right) {
    INFO(left << " and " << right);
    CHECK(canonical_type(left) == canonical_type(right));
  };
  same("integer", "int4");
  same("INT", "pg_catalog.int4");
  same("character varying(255)", "varchar(255)");
  same("character(3)", "CHAR(3)");
  same("char", "character(1)");
  same("timestamp(3) without time zone", "TIMESTAMP(3)");
  same("timestamp with time zone", "timestamptz");
  same("time(6) with time zone", "timetz(6)");
  same("numeric(10)", "DECIMAL(10,0)");
  same("double precision", "float8");
  same("bit varying(5)", "varbit(5)");
  same("\"Role\"[]", "public.\"Role\"[]");
  same("text[][]", "text[]");
  CHECK(canonical_type("Role").name == "role");
  CHECK(canonical_type("other.\"Kind\"") == ColumnType{.name = "Kind", .schema = "other", .modifiers = {}});
  CHECK_FALSE(canonical_type("varchar(5)") == canonical_type("varchar(6)"));
  CHECK_FALSE(canonical_type("timestamp") == canonical_type("timestamptz"));
}

TEST_CASE("types as Prisma spells them", "[catalog]") {
  for (const char* sql : {"INTEGER", "DOUBLE PRECISION", "DECIMAL(65,30)", "TIMESTAMPTZ(3)", "VARCHAR(10)[]",
                          "\"Role\"[]", "JSONB", "CHAR(1)", "BIT(4)", "CITEXT", "\"other\".\"Kind\""}) {
    CHECK(type_sql(canonical_type(sql)) == sql);
  }
}

TEST_CASE("enum values come in order", "[catalog]") {
  check_catalog(R"(
CREATE TYPE e AS ENUM ('b', 'c'); CREATE TABLE t (x e DEFAULT 'c', y e[] DEFAULT '{b,c}');
ALTER TYPE e ADD VALUE 'd'; ALTER TYPE e ADD VALUE 'a' BEFORE 'b'; ALTER TYPE e ADD VALUE 'bb' AFTER 'b';
ALTER TYPE e ADD VALUE IF NOT EXISTS 'a'; ALTER TYPE e RENAME VALUE 'c' TO 'C';)",
                R"(
enum e: a, b, bb, C, d
table t
  x "e" = 'C'
  y "e"[] = ARRAY['b', 'C']::"e"[]
)");
}

TEST_CASE("Prisma's way to drop an enum value", "[catalog]") {
  check_catalog(R"(
CREATE TYPE "Role" AS ENUM ('A', 'B', 'C'); CREATE TABLE "T" ("role" "Role" NOT NULL DEFAULT 'A', "roles" "Role"[]);
BEGIN;
CREATE TYPE "Role_new" AS ENUM ('A', 'B');
ALTER TABLE "T" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "T" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TABLE "T" ALTER COLUMN "roles" TYPE "Role_new"[] USING ("roles"::text::"Role_new"[]);
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "public"."Role_old";
ALTER TABLE "T" ALTER COLUMN "role" SET DEFAULT 'B';
COMMIT;)",
                R"(
enum Role: A, B
table T
  role "Role" not null = 'B'
  roles "Role"[]
)");
}

TEST_CASE("a type goes with its columns under CASCADE only", "[catalog]") {
  const std::string sql = "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (x e, y int, UNIQUE (x, y));";
  CHECK(issues_of(sql + "DROP TYPE e") == "error: cannot drop type \"e\": column \"x\" of table \"t\" has it");
  check_catalog(sql + "DROP TYPE e CASCADE", "table t\n  y INTEGER");
}

TEST_CASE("a default outlives its column's enum as text, but not the enum's end", "[catalog]") {
  const std::string sql =
      "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (x e DEFAULT 'a'); ALTER TABLE t ALTER x TYPE text;";
  check_catalog(sql, "enum e: a\ntable t\n  x TEXT = 'a'::\"e\"");
  check_catalog(sql + "DROP TYPE e CASCADE", "table t\n  x TEXT");
  CHECK(issues_of(sql + "DROP TYPE e") ==
        "error: cannot drop type \"e\": the default of column \"x\" of table \"t\" uses it");
}

TEST_CASE("ALTER COLUMN TYPE converts what PostgreSQL converts", "[catalog]") {
  const auto converts = [](const std::string& from, const std::string& to) {
    return issues_of("CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (x " + from + "); ALTER TABLE t ALTER x TYPE " + to)
        .empty();
  };
  CHECK(converts("int", "bigint"));
  CHECK(converts("int", "text"));
  CHECK(converts("timestamp", "timestamptz"));
  CHECK(converts("e[]", "text[]"));
  CHECK_FALSE(converts("text", "int"));
  CHECK_FALSE(converts("int", "bool"));
  CHECK_FALSE(converts("text", "e"));
  CHECK_FALSE(converts("text", "uuid"));
  CHECK_FALSE(converts("text", "text[]"));
  check_catalog("CREATE TABLE t (x text); ALTER TABLE t ALTER x TYPE int USING x::int", "table t\n  x INTEGER");
  CHECK(issues_of("CREATE TABLE t (x text DEFAULT '1'); ALTER TABLE t ALTER x TYPE int USING x::int") ==
        "error: column \"x\" of table \"t\" has a default that cannot be converted to INTEGER");
}
