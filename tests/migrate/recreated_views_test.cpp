#include <algorithm>

#include "migrate/fixture.h"
#include "support/catch.h"

// Views on changed columns: recreated where all that belongs to them is known, a hazard where it is not.
namespace refract::test {
namespace {

const std::string kTable =
    "CREATE TABLE \"A\" (\"id\" INTEGER NOT NULL, \"n\" INTEGER, CONSTRAINT \"A_pkey\" PRIMARY KEY (\"id\"));\n";
constexpr std::string_view kWider = "model A {\n  id Int @id\n  n BigInt?\n}";

migrate::NextMigration next_of(const std::string& sql, std::string_view schema = kWider) {
  const catalog::ParsedSql parsed = catalog::parse_sql(sql);
  REQUIRE(parsed.errors.empty());
  catalog::Catalog before = catalog::Catalog::empty();
  catalog::replay(parsed.steps, before);
  return migrate::next_migration(before, *snapshot_of(schema), {});
}

std::ptrdiff_t blocked(const migrate::NextMigration& next) {
  return std::ranges::count(next.hazards, "dependents-block", &migrate::Hazard::code);
}

}  // namespace

TEST_CASE("recreated views: dropped before and created after, with what belongs to them", "[migrate]") {
  const auto next = next_of(kTable +
                            "CREATE VIEW av AS SELECT id, n FROM \"A\";\n"
                            "CREATE VIEW top AS SELECT n FROM av;\n"
                            "GRANT SELECT ON av TO reader;\n"
                            "COMMENT ON VIEW top IS 'x';\n");
  CHECK(next.sql ==
        "-- DropView\nDROP VIEW \"top\";\n\n-- DropView\nDROP VIEW \"av\";\n\n"
        "-- AlterTable\nALTER TABLE \"A\" ALTER COLUMN \"n\" SET DATA TYPE BIGINT;\n\n"
        "-- CreateView\nCREATE VIEW av AS SELECT id, n FROM \"A\";\nGRANT SELECT ON av TO reader;\n\n"
        "-- CreateView\nCREATE VIEW top AS SELECT n FROM av;\nCOMMENT ON VIEW top IS 'x';\n");
  CHECK(blocked(next) == 0);
  CHECK(next.down.worst != migrate::Reversal::impossible);
  CHECK(next.down.sql.contains("CREATE VIEW top AS SELECT n FROM av;"));
  // A view that does not read the column stays.
  CHECK_FALSE(next_of(kTable + "CREATE VIEW av AS SELECT id FROM \"A\";").sql.contains("VIEW"));
}

TEST_CASE("recreated views: what is not known of a view leaves it where it is", "[migrate]") {
  const std::string view = kTable + "CREATE VIEW av AS SELECT id, n FROM \"A\";\n";
  const std::string unknown[] = {
      kTable + "CREATE MATERIALIZED VIEW av AS SELECT id, n FROM \"A\";\n",
      view + "CREATE MATERIALIZED VIEW top AS SELECT n FROM av;\n",
      view + "DO $$ BEGIN EXECUTE 'GRANT SELECT ON ' || 'av TO x'; END $$;\n",
      view + "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;\n",
      view + "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader;\n",
      view + "ALTER TABLE av OWNER TO somebody;\n",
      view + "ALTER VIEW av RENAME TO old; ALTER VIEW old RENAME TO av;\n",
      view + "CREATE FUNCTION f() RETURNS SETOF av LANGUAGE sql AS 'select * from av';\n",
      view + "CREATE RULE r AS ON INSERT TO \"A\" DO ALSO SELECT * FROM av;\n",
      "SET ROLE app;\n" + view,
      "CREATE SCHEMA x; SET search_path = x, public;\n" + view + "ALTER TABLE x.\"A\" SET SCHEMA public;\n",
      kTable +
          "CREATE TABLE b (id INT, o INT);\nCREATE VIEW av AS SELECT \"A\".n, o FROM \"A\", b;\n"
          "ALTER TABLE b RENAME COLUMN o TO p;\n",
      view + "CREATE TABLE b (id INT); GRANT SELECT ON av, b TO reader; REVOKE SELECT ON b FROM reader;\n",
  };
  for (const std::string& sql : unknown) {
    INFO(sql);
    const auto next = next_of(
        sql, std::string(kWider) + (sql.contains("TABLE b") ? "\nmodel b {\n  id Int?\n  p Int?\n  @@ignore\n}" : ""));
    CHECK_FALSE(next.sql.contains("DROP VIEW"));
    CHECK(blocked(next) == 1);
    // One cause, one line.
    CHECK(std::ranges::count(next.hazards, "will-fail", &migrate::Hazard::code) == 0);
  }
}

}  // namespace refract::test
