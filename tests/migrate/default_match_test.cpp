#include <fmt/format.h>

#include "migrate/fixture.h"
#include "support/catch.h"

namespace {

// Whether Prisma sets a default anew between two fields ("Int @default(1)") of schemas.
bool differs(std::string_view from, std::string_view to) {
  using namespace refract;
  const auto catalog = [](std::string_view field) {
    return migrate::catalog_of(*test::snapshot_of(fmt::format("model A {{\n  id Int @id\n  a {}\n}}\n", field)));
  };
  const std::string sql = migrate::render_sql(migrate::plan(catalog(from), catalog(to), {.like_prisma = true}));
  INFO(from << " -> " << to << "\n" << sql);
  return sql.find("DEFAULT") != std::string::npos;
}

// Whether the default of a database is set anew.
bool differs_in_database(std::string_view column, std::string_view field, bool like_prisma) {
  const std::string sql = fmt::format("CREATE TABLE \"A\" (\"id\" INTEGER PRIMARY KEY, \"a\" {});\n", column);
  const std::string schema = fmt::format("model A {{\n  id Int @id\n  a {}\n}}\n", field);
  return refract::test::sql_from(sql, schema, {.like_prisma = like_prisma}).find("DEFAULT") != std::string::npos;
}

}  // namespace

TEST_CASE("defaults: values are compared by their type", "[migrate]") {
  CHECK_FALSE(differs("Decimal @default(1)", "Decimal @default(1.00)"));
  CHECK_FALSE(differs("Int @default(1)", "BigInt @default(1)"));
  CHECK(differs("Int @default(1)", "Float @default(1)"));
  CHECK(differs("Int[] @default([1])", "BigInt[] @default([1])"));
  CHECK_FALSE(differs("Decimal @default(1.0) @db.Money", "Decimal @default(1.00)"));
  CHECK_FALSE(differs(R"_(Json @default("{\"a\":1,\"b\":2}"))_", R"_(Json @default("{ \"b\": 2, \"a\": 1 }"))_"));
  CHECK_FALSE(differs(R"_(Json @default("{}"))_", R"_(String @default("no JSON"))_"));
  CHECK(differs(R"_(Json[] @default(["{}"]))_", R"_(Json[] @default(["{ }"]))_"));
  CHECK(differs(R"_(String @default("a"))_", R"_(String @default("A"))_"));
}

TEST_CASE("defaults: a database's JSON is another than a text that is none", "[migrate]") {
  CHECK(differs_in_database("JSONB DEFAULT '[]'", R"_(String? @default("x"))_", false));
  CHECK_FALSE(differs_in_database("JSONB DEFAULT '[]'", R"_(String? @default("x"))_", true));
  CHECK_FALSE(differs_in_database("JSONB DEFAULT '[]'", R"_(String? @default("[]"))_", false));
}

TEST_CASE("defaults: a date is never compared, and dbgenerated() represents any", "[migrate]") {
  CHECK_FALSE(
      differs(R"_(DateTime @default("2020-01-01T00:00:00Z"))_", R"_(DateTime @default("2021-01-01T00:00:00Z"))_"));
  CHECK_FALSE(differs(R"_(DateTime @default("2020-01-01T00:00:00Z"))_", "DateTime @default(now())"));
  CHECK(differs(R"_(DateTime[] @default(["2020-01-01T00:00:00Z"]))_", "DateTime[] @default([])"));
  CHECK(differs(R"_(DateTime @default(dbgenerated("'2020-01-01'")))_", "DateTime @default(now())"));
  CHECK_FALSE(differs("Int @default(1)", "Int @default(dbgenerated())"));
  CHECK_FALSE(differs("Int", "Int @default(dbgenerated())"));
  CHECK(differs("Int @default(dbgenerated())", "Int"));
}

TEST_CASE("defaults: dbgenerated() is no value, whatever it says", "[migrate]") {
  CHECK(differs("Boolean @default(true)", R"_(Boolean @default(dbgenerated("true")))_"));
  CHECK_FALSE(differs(R"_(Boolean @default(dbgenerated("true")))_", R"_(Boolean @default(dbgenerated("TRUE")))_"));
  CHECK(differs("Int @default(1)", R"_(Int @default(dbgenerated("nextval('seq')")))_"));
}

TEST_CASE("defaults: what a database has already is not set again, but by Prisma", "[migrate]") {
  for (const auto& [column, field] :
       {std::pair{"BOOLEAN NOT NULL DEFAULT true", R"_(Boolean @default(dbgenerated("true")))_"},
        std::pair{"TIMESTAMP(3) NOT NULL DEFAULT now()", R"_(DateTime @default(dbgenerated("now()")))_"},
        std::pair{"INTEGER NOT NULL DEFAULT 1 + 1", R"_(Int @default(dbgenerated("1 + 1")))_"}}) {
    CHECK_FALSE(differs_in_database(column, field, false));
    CHECK(differs_in_database(column, field, true));
  }
  CHECK_FALSE(differs_in_database("INTEGER NOT NULL DEFAULT 1 + 1", R"_(Int @default(dbgenerated("(1 + 1)")))_", true));
}

TEST_CASE("defaults: a date that a database has otherwise is set, but by Prisma", "[migrate]") {
  const char* column = "TIMESTAMP(3) NOT NULL DEFAULT '2020-01-01'";
  CHECK(differs_in_database(column, R"_(DateTime @default("2021-01-01T00:00:00Z"))_", false));
  CHECK_FALSE(differs_in_database(column, R"_(DateTime @default("2021-01-01T00:00:00Z"))_", true));
  CHECK_FALSE(differs_in_database(column, R"_(DateTime @default("2020-01-01T00:00:00Z"))_", false));
}

TEST_CASE("defaults: numbers without leading zeros, and no negative nothing", "[migrate]") {
  refract::test::check_plan(R"(
model A {
  id Int @id
+  a Float @default(007.50)
+  b Decimal @default(-0.0)
})",
                            R"(
-- AlterTable
ALTER TABLE "A" ADD COLUMN     "a" DOUBLE PRECISION NOT NULL DEFAULT 7.50,
ADD COLUMN     "b" DECIMAL(65,30) NOT NULL DEFAULT 0.0;
)");
}

TEST_CASE("types: an unsupported one is written as it is and never compared", "[migrate]") {
  refract::test::check_plan(R"_(
model A {
  id Int @id
+  a Unsupported("int8")?
+  b Unsupported("character varying(20)")?
})_",
                            R"(
-- AlterTable
ALTER TABLE "A" ADD COLUMN     "a" int8,
ADD COLUMN     "b" character varying(20);
)");
  refract::test::check_sql(R"_(
model A {
  id Int @id
-  a Unsupported("jsonb")?
+  a Json?
-  b Unsupported("circle")?
+  b Unsupported("point")?
})_",
                           R"(
-- AlterTable
ALTER TABLE "A" ALTER COLUMN "a" SET DATA TYPE JSONB;
)");
}
