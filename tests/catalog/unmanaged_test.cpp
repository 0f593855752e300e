#include "catalog/dump.h"
#include "support/catch.h"

using namespace refract::catalog;
using namespace refract::catalog::test;

TEST_CASE("what no schema describes is kept as written", "[catalog]") {
  const char* sql = R"(
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
CREATE TABLE t (id int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (id > 0);
CREATE DOMAIN d AS int CHECK (VALUE > 0);
CREATE TABLE u (x d);)";
  check_catalog(sql, R"(
extension uuid-ossp
table t with row security
  id INTEGER
table u
  x "d"
unmanaged f
unmanaged .tr on t
unmanaged .p on t
unmanaged d
)");
  Catalog catalog = Catalog::empty();
  replay(steps_of(sql), catalog);
  CHECK(catalog.unmanaged.at(2).definition == "CREATE POLICY p ON t USING (id > 0)");
}

TEST_CASE("triggers and policies go by name and table, or with the table", "[catalog]") {
  const std::string sql = "CREATE TABLE t (id int); CREATE POLICY p ON t; COMMENT ON COLUMN t.id IS 'x';";
  check_catalog(sql + "DROP POLICY p ON t; COMMENT ON COLUMN t.id IS NULL", "table t\n  id INTEGER");
  check_catalog(sql + "DROP TABLE t", "");
  CHECK(issues_of(sql + "DROP POLICY q ON t") == "error: \"q\" of table \"t\" does not exist");
}

TEST_CASE("types of an extension need it", "[catalog]") {
  CHECK(issues_of("CREATE TABLE t (a citext)") == "error: type \"citext\" does not exist");
  check_catalog("CREATE EXTENSION citext; CREATE TABLE t (a citext)", "extension citext\ntable t\n  a CITEXT");
  CHECK(issues_of("CREATE EXTENSION citext; CREATE TABLE t (a citext); DROP EXTENSION citext") ==
        "error: cannot drop type \"citext\": column \"a\" of table \"t\" has it");
}

TEST_CASE("a domain follows the type it is of", "[catalog]") {
  const std::string sql = "CREATE TYPE k AS ENUM ('a'); CREATE DOMAIN d AS k NOT NULL; CREATE TABLE t (x d, y int);";
  const auto domain_of = [](const std::string& text) {
    Catalog catalog = Catalog::empty();
    replay(steps_of(text), catalog);
    return catalog.unmanaged.at(0).domain.value();
  };
  CHECK(domain_of(sql) == Domain{{.name = "k", .schema = "public"}, true});
  CHECK(domain_of(sql + "ALTER TYPE k RENAME TO j; ALTER DOMAIN d DROP NOT NULL;") ==
        Domain{{.name = "j", .schema = "public"}, false});
  CHECK(issues_of("CREATE DOMAIN d AS absent") == "error: type \"absent\" does not exist");
  CHECK(issues_of("ALTER DOMAIN absent SET NOT NULL") == "error: domain \"absent\" does not exist");
  CHECK(issues_of(sql + "DROP TABLE t; DROP TYPE k") == "error: cannot drop type \"k\": domain \"d\" is made of it");
  check_catalog(sql + "DROP TYPE k CASCADE", "table t\n  y INTEGER");
}

TEST_CASE("exclusion constraints are kept by name and text", "[catalog]") {
  check_catalog("CREATE TABLE t (r int4range, EXCLUDE USING gist (r WITH &&))", R"(
table t
  r INT4RANGE
  exclusion t_r_excl EXCLUDE USING gist ("r" WITH &&)
)");
}
