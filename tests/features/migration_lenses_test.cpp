#include "features/migration/migration_lenses.h"

#include "catalog/parse/sql.h"
#include "support/catch.h"

using namespace refract;
using Catch::Matchers::Contains;

namespace {

catalog::Catalog database(std::string_view sql) {
  catalog::Catalog made = catalog::Catalog::empty();
  const auto parsed = catalog::parse_sql(sql);
  REQUIRE(parsed.errors.empty());
  CHECK(catalog::replay(parsed.steps, made).empty());
  return made;
}

}  // namespace

TEST_CASE("migration lenses: each statement in words with its hazards, and the count of both first", "[migration]") {
  const std::string sql =
      "-- AlterTable\r\nALTER TABLE \"User\" DROP COLUMN \"bio\", ADD COLUMN \"age\" INTEGER;\r\n\r\nCREATE TABLE "
      "\"Post\" "
      "(\"id\" INTEGER NOT NULL);\r\n";
  const auto lenses =
      features::migration_file_lenses(sql, database("CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, \"bio\" TEXT);"));
  REQUIRE(lenses.size() == 3);
  CHECK(lenses[0].verifies);
  CHECK(lenses[0].at == text::Range{0, 0});
  CHECK(lenses[0].title == "2 statements, 1 hazard: verify");
  CHECK_FALSE(lenses[1].verifies);
  CHECK(sql.substr(lenses[1].at.begin).starts_with("ALTER TABLE"));
  CHECK_THAT(lenses[1].title, Contains("Drop column") && Contains("; Add column age") && Contains(" · Danger: "));
  CHECK(sql.substr(lenses[2].at.begin).starts_with("CREATE TABLE"));
  CHECK_THAT(lenses[2].title, Contains("Create table Post") && !Contains("·"));
}

TEST_CASE("migration lenses: SQL that does not parse says so where it is wrong, an empty text counts nothing",
          "[migration]") {
  const auto broken = features::migration_file_lenses("CREATE TABLE \"A\" (\"id\" INTEGER);\nALTER TABEL x;\n",
                                                      catalog::Catalog::empty());
  REQUIRE(broken.size() == 2);
  CHECK(broken[0].verifies);
  CHECK_THAT(broken[1].title, Contains("does not parse"));
  const auto empty = features::migration_file_lenses("-- nothing\n", catalog::Catalog::empty());
  REQUIRE(empty.size() == 1);
  CHECK(empty[0].title == "0 statements: verify");
}
