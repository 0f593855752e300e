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

TEST_CASE("statements on rows name tables and columns that are there", "[catalog]") {
  const std::string tables = "CREATE TABLE t (id int PRIMARY KEY, a int, b text); CREATE TABLE u (id int, c int);";
  const auto issues = [&](const std::string& sql) { return issues_of(tables + sql); };
  for (const char* valid_sql :
       {"INSERT INTO t (id, a) SELECT u.id, c FROM u ON CONFLICT (id) DO UPDATE SET a = excluded.a WHERE t.a <> c;",
        "UPDATE t SET a = c, b = 'x' FROM u AS other WHERE other.id = t.id AND t IS NOT NULL RETURNING ctid, a AS z;",
        "DELETE FROM t USING u WHERE t.id = u.id AND EXISTS (SELECT 1 FROM u AS v WHERE v.c = t.a);",
        "SELECT a AS x, count(*) FROM t GROUP BY x ORDER BY x FOR UPDATE OF t;",
        "WITH w AS (SELECT 1 AS n) UPDATE t SET a = n FROM w; SELECT y FROM (SELECT a AS y FROM t) AS q;",
        "SELECT v FROM generate_series(1, 2) AS v; SELECT n FROM t AS x(m, n); TABLE pg_class;",
        // A statement in WITH reads the queries beside it, and those around it.
        "WITH w AS (SELECT id FROM u), n AS (INSERT INTO t (id) SELECT id FROM w RETURNING id) UPDATE u SET c = 1 FROM "
        "n;",
        "WITH w AS (SELECT 1 AS n) DELETE FROM t USING w WHERE t.id = w.n;",
        "WITH w AS (SELECT id FROM u), d AS (WITH v AS (SELECT id FROM w) DELETE FROM t USING v, w WHERE t.id = v.id "
        "RETURNING t.id) SELECT * FROM d;",
        "WITH RECURSIVE n AS (UPDATE t SET a = 2 FROM w WHERE w.id = t.id RETURNING t.id), w AS (SELECT id FROM u) "
        "SELECT "
        "1;"}) {
    INFO(valid_sql);
    CHECK(issues(valid_sql) == "");
  }
  // What is named so outside of that statement is a table.
  CHECK(issues("WITH w AS (SELECT 1), d AS (DELETE FROM t) SELECT 1; DELETE FROM u USING w;") ==
        "error: table \"w\" does not exist");
  CHECK(issues("WITH w AS (SELECT 1), d AS (DELETE FROM t USING s.w) DELETE FROM u;")
            .starts_with("error: table \"s\".\"w\" does not exist"));
  CHECK(issues("INSERT INTO t (id, gone) VALUES (1, 2)") == "error: column \"gone\" of table \"t\" does not exist");
  CHECK(issues("UPDATE t SET gone = 1") == "error: column \"gone\" of table \"t\" does not exist");
  CHECK(issues("UPDATE t SET a = 1 WHERE gone") == "error: column \"gone\" of table \"t\" does not exist");
  CHECK(issues("DELETE FROM t AS x WHERE x.gone = 1") == "error: column \"gone\" of table \"t\" does not exist");
  CHECK(issues("INSERT INTO t (id) SELECT id FROM gone") == "error: table \"gone\" does not exist");
  CHECK(issues("SELECT 1 FROM t JOIN gone ON true") == "error: table \"gone\" does not exist");
  CHECK(issues("INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET gone = 1") ==
        "error: column \"gone\" of table \"t\" does not exist");
  // In a DO block the name may be a variable's.
  CHECK(issues("DO $$ DECLARE n int := 1; BEGIN UPDATE t SET a = n; END $$") == "");
}

TEST_CASE("what runs code is opaque, and what follows is uncertain", "[catalog]") {
  CHECK(issues_of("DO LANGUAGE plv8 $$ run() $$;") == "opaque: a DO block runs arbitrary code");
  CHECK(issues_of("SELECT create_all_my_tables()") ==
        "opaque: SELECT calls the function \"create_all_my_tables\", which may change the structure");
  CHECK(issues_of("SELECT lower('A'), now()").empty());
  CHECK(issues_of("CREATE TABLE t AS SELECT 1 AS a") ==
        "opaque: the columns of \"t\" come from a query, whose columns are unknown");
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

TEST_CASE("a table made from a query has the columns that its text tells", "[catalog]") {
  check_catalog(R"(
CREATE TABLE a (id int PRIMARY KEY, name varchar(10) NOT NULL DEFAULT 'x'); CREATE TABLE b (a int, n numeric(5, 2));
CREATE TABLE backup AS SELECT * FROM a;
CREATE TABLE mixed AS SELECT a.id, b.*, count(*) OVER () AS total, name::text, '1'::jsonb AS data FROM a JOIN b ON true;
CREATE TABLE renamed (x, y) AS SELECT id, name FROM a WITH NO DATA;
SELECT id AS one INTO into_table FROM a;
CREATE TEMP TABLE scratch AS SELECT id FROM a; DROP TABLE a;)",
                R"(
table b
  a INTEGER
  n DECIMAL(5,2)
table backup
  id INTEGER
  name VARCHAR(10)
table into_table
  one INTEGER
table mixed
  id INTEGER
  a INTEGER
  n DECIMAL(5,2)
  total BIGINT
  name TEXT
  data JSONB
table renamed
  x INTEGER
  y VARCHAR(10)
)");
  CHECK(issues_of("CREATE TABLE t AS SELECT id FROM gone") == "error: table \"gone\" does not exist");
  CHECK(issues_of("CREATE VIEW v AS SELECT 1 AS a; CREATE TABLE t AS SELECT a FROM v").starts_with("opaque: "));
}

TEST_CASE("a function that the migrations made is opaque only where it mentions the structure", "[catalog]") {
  const auto with_body = [](const std::string& body) {
    return issues_of("CREATE TABLE t (a int); CREATE FUNCTION fill() RETURNS void LANGUAGE plpgsql AS $$ BEGIN " +
                     body + " END $$; SELECT fill(); DROP FUNCTION fill();");
  };
  CHECK(with_body("INSERT INTO t SELECT 1 ON CONFLICT DO NOTHING; UPDATE t SET a = 2;") == "");
  CHECK(with_body("ALTER TABLE t ADD COLUMN b int;") != "");
  CHECK(with_body("EXECUTE 'DROP TABLE t';") != "");
  CHECK(issues_of("SELECT create_hypertable('t', 'time')") != "");
  CHECK(issues_of("SELECT pg_catalog.setval('s', 1), jsonb_object_agg(a, b) FROM (SELECT 1 a, 2 b) x") == "");
}

TEST_CASE("a view's star represents the columns of the day it was made", "[catalog]") {
  const std::string tables =
      "CREATE TABLE a (id int, old int); CREATE VIEW v AS SELECT * FROM a; ALTER TABLE a ADD b int;";
  CHECK(issues_of(tables + "ALTER TABLE a DROP COLUMN b") == "");
  CHECK(issues_of(tables + "ALTER TABLE a DROP COLUMN old") ==
        "error: cannot drop column \"old\" of table \"a\": view \"v\" uses it");
  CHECK(issues_of(tables + "ALTER TABLE a RENAME COLUMN old TO new; ALTER TABLE a DROP COLUMN new") ==
        "error: cannot drop column \"new\" of table \"a\": view \"v\" uses it");
}
