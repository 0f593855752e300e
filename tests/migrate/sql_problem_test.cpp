#include "migrate/history/sql_problem.h"

#include "catalog/parse/sql.h"
#include "support/catch.h"

namespace refract::test {
namespace {

// The first PostgreSQL version that accepts the statement, such as "16"; empty: every version rejects it.
std::string newer_version(std::string_view sql) {
  const catalog::ParsedSql parsed = catalog::parse_sql(sql);
  REQUIRE(parsed.errors.size() == 1);
  const migrate::SqlProblem explanation = migrate::describe_problem(sql, parsed.errors.front());
  if (!explanation.newer) return {};
  const std::string_view message = explanation.message;
  return std::string(message.substr(message.find("PostgreSQL ") + 11, 2));
}

}  // namespace

TEST_CASE("sql problem: what a newer PostgreSQL reads", "[migrate]") {
  CHECK(newer_version("SELECT 1_000") == "16");
  CHECK(newer_version("SELECT 0x1F, 0b11") == "16");
  CHECK(newer_version("ALTER TABLE t ADD CONSTRAINT c NOT NULL a") == "18");
  CHECK(newer_version("CREATE TABLE t (a int, CONSTRAINT c NOT NULL a)") == "18");
  CHECK(newer_version("ALTER TABLE t ALTER COLUMN a SET EXPRESSION AS (b)") == "17");
}

TEST_CASE("sql problem: a mistake beside NOT NULL is one for every version", "[migrate]") {
  CHECK(newer_version("CREATE TABLE t (a timestamp NOT NULL DEFAULT now() at time zone 'utc')").empty());
  CHECK(newer_version("CREATE TABLE t (a int NOT NULL b)").empty());
  CHECK(newer_version("CREATE TABLE t (a int NOT NUL)").empty());
  CHECK(newer_version("CREATE TABLE t (a int NOT NULL NULL,)").empty());
  CHECK(newer_version("ALTER TABLE t ALTER a SET NOT NULL NULL").empty());
  CHECK(newer_version("SELECT 12abc").empty());
}

}  // namespace refract::test
