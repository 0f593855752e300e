#include "catalog/dump.h"
#include "support/catch.h"

using namespace refract::catalog;
using namespace refract::catalog::test;

TEST_CASE("statements on rows pass", "[catalog]") {
  check_catalog(R"(
CREATE TABLE t (a int); CREATE TABLE u (a int);
INSERT INTO t SELECT a FROM u; UPDATE t SET a = 1; DELETE FROM t; TRUNCATE t, u; SELECT count(*) FROM t; ANALYZE t;
SET lock_timeout = '1s'; WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x;)",
                "table t\n  a INTEGER\ntable u\n  a INTEGER");
  CHECK(issues_of("INSERT INTO gone VALUES (1)") == "error: table \"gone\" does not exist");
  const std::vector<Step> steps = steps_of("DELETE FROM s.t");
  CHECK(std::get<DataStatement>(steps.at(0).change).verb == "DELETE");
  CHECK(std::get<DataStatement>(steps.at(0).change).tables == std::vector<QualifiedName>{{"s", "t"}});
}

TEST_CASE("what runs code is opaque, and what follows is in doubt", "[catalog]") {
  CHECK(issues_of("DO LANGUAGE plv8 $$ run() $$;") ==
        "opaque: a DO block runs code whose effect is not known without running it");
  CHECK(issues_of("SELECT create_all_my_tables()") ==
        "opaque: SELECT calls the function \"create_all_my_tables\", which may change the structure");
  CHECK(issues_of("SELECT lower('A'), now()").empty());
  CHECK(issues_of("CREATE TABLE t AS SELECT 1 AS a") ==
        "opaque: the columns of \"t\" come from a query and are not known without running it");
  CHECK(issues_of("DO $$ BEGIN PERFORM alter_it(); END $$; ALTER TABLE x ADD b int").find("error:") ==
        std::string::npos);
  CHECK(issues_of("DO $$ BEGIN PERFORM alter_it(); END $$; CREATE TABLE t (a int, a int); DROP TABLE gone")
            .find("error:") == std::string::npos);
}

TEST_CASE("views know what they read", "[catalog]") {
  check_catalog(R"(
CREATE TABLE a (id int); CREATE TABLE b (id int);
CREATE VIEW v AS WITH c AS (SELECT * FROM a) SELECT c.id FROM c JOIN b ON b.id = c.id WHERE EXISTS (SELECT 1 FROM pg_class);
CREATE MATERIALIZED VIEW m AS SELECT * FROM v; CREATE UNIQUE INDEX ON m (id); ALTER TABLE a RENAME TO aa;)",
                R"(
table aa
  id INTEGER
table b
  id INTEGER
materialized view m of v
view v of aa b
)");
  CHECK(issues_of("CREATE VIEW v AS SELECT 1; CREATE VIEW w AS SELECT * FROM v; DROP VIEW v") ==
        "error: cannot drop view \"v\": view \"w\" uses it");
  check_catalog("CREATE VIEW v AS SELECT 1; CREATE VIEW w AS SELECT * FROM v; DROP VIEW v CASCADE", "");
}
