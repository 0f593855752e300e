#include "catalog/dump.h"
#include "support/catch.h"

using namespace refract::catalog;
using namespace refract::catalog::test;

TEST_CASE("what a script takes back is not there", "[catalog]") {
  check_catalog(
      "BEGIN; CREATE TABLE a (id int); COMMIT; BEGIN; CREATE TABLE b (id int); ROLLBACK; CREATE TABLE c (id int);",
      "table a\n  id INTEGER\ntable c\n  id INTEGER");
  // Several statements sent as one are a transaction, which ROLLBACK ends too.
  check_catalog("CREATE TABLE a (id int); ROLLBACK; CREATE TABLE b (id int);", "table b\n  id INTEGER");
  check_catalog(
      "BEGIN; CREATE TABLE a (x int); SAVEPOINT s; ALTER TABLE a ADD y int; ROLLBACK TO s; "
      "ALTER TABLE a ADD z int; RELEASE s; COMMIT;",
      "table a\n  x INTEGER\n  z INTEGER");
  CHECK(issues_of("BEGIN; ROLLBACK TO nope;") == "error: savepoint \"nope\" does not exist");
}

TEST_CASE("a session's settings and temporary tables outlive a text", "[catalog]") {
  Catalog catalog = Catalog::empty();
  Replay session(catalog);
  const auto run = [&](std::string_view sql) {
    for (const ReplayIssue& issue : session.run(steps_of(sql))) FAIL_CHECK(issue.message);
  };
  run("CREATE SCHEMA s; CREATE TEMP TABLE scratch (x int); SET search_path = s;");
  run("CREATE TABLE a (id int); DROP TABLE scratch; CREATE TEMP TABLE more (x int);");
  run("SET LOCAL search_path = public; CREATE TABLE b (id int);");
  run("CREATE TABLE c (id int);");
  session.finish();
  CHECK(catalog.tables.size() == 3);
  CHECK(catalog.tables.contains({"s", "a"}));
  CHECK(catalog.tables.contains({"public", "b"}));
  CHECK(catalog.tables.contains({"s", "c"}));
}

TEST_CASE("a transaction outlives the text that opens it", "[catalog]") {
  const auto tables_after = [](const std::vector<std::string_view>& texts) {
    Catalog catalog = Catalog::empty();
    Replay session(catalog);
    for (const std::string_view text : texts) {
      for (const ReplayIssue& issue : session.run(steps_of(text))) FAIL_CHECK(issue.message);
    }
    std::string names;
    for (const auto& [name, table] : catalog.tables) names += name.name;
    return names;
  };
  CHECK(tables_after({"CREATE TABLE a (x int); BEGIN; CREATE TABLE b (x int)", "CREATE TABLE c (x int); ROLLBACK"}) ==
        "");
  CHECK(tables_after({"CREATE TABLE a (x int); COMMIT; BEGIN; CREATE TABLE b (x int)", "ROLLBACK"}) == "a");
  CHECK(tables_after({"BEGIN; CREATE TABLE a (x int)", "COMMIT; BEGIN; CREATE TABLE b (x int); ROLLBACK"}) == "a");
  CHECK(tables_after({"BEGIN; CREATE TABLE a (x int); COMMIT", "CREATE TABLE b (x int); ROLLBACK"}) == "a");
}

TEST_CASE("a view holds the columns it reads", "[catalog]") {
  const std::string view =
      "CREATE TABLE t (a int, b int, c int); CREATE VIEW v AS SELECT a, count(*) FROM t GROUP BY a; ";
  CHECK(issues_of(view + "ALTER TABLE t DROP COLUMN a") ==
        "error: cannot drop column \"a\" of table \"t\": view \"v\" uses it");
  CHECK(issues_of(view + "ALTER TABLE t ALTER COLUMN a TYPE bigint") ==
        "error: the type of column \"a\" of table \"t\" cannot change: view \"v\" uses it");
  CHECK(issues_of(view + "ALTER TABLE t DROP COLUMN b") == "");
  check_catalog(view + "ALTER TABLE t DROP COLUMN a CASCADE", "table t\n  b INTEGER\n  c INTEGER");
  CHECK(issues_of("CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT * FROM t; ALTER TABLE t DROP COLUMN b") ==
        "error: cannot drop column \"b\" of table \"t\": view \"v\" uses it");
}

TEST_CASE("a statement does all it says or nothing", "[catalog]") {
  CHECK(issues_of("CREATE TABLE a (x int); DROP TABLE a, gone; ALTER TABLE a ADD y int") ==
        "error: table \"gone\" does not exist");
  check_catalog("CREATE TABLE a (x int); CREATE TABLE b (x int); DROP TABLE a, a;", "table b\n  x INTEGER");
  CHECK(issues_of("CREATE TABLE a (x int PRIMARY KEY, y int PRIMARY KEY); CREATE TABLE a (x int)") ==
        "error: table \"a\" already has a primary key");
  // A column that stands keeps the constraints behind ADD COLUMN from being made.
  check_catalog("CREATE TABLE a (x int); ALTER TABLE a ADD COLUMN IF NOT EXISTS x int UNIQUE CHECK (x > 0), ADD y int;",
                "table a\n  x INTEGER\n  y INTEGER");
}

TEST_CASE("what PostgreSQL refuses about columns, methods and owners", "[catalog]") {
  const auto refused = [](std::string_view sql, std::string_view message) {
    INFO(sql);
    CHECK(issues_of(sql) == "error: " + std::string(message));
  };
  refused("CREATE TABLE a (x int, CHECK (y > 0))", "column \"y\" of table \"a\" does not exist");
  refused("CREATE TABLE a (x int); CREATE INDEX i ON a (x) WHERE y > 0", "column \"y\" of table \"a\" does not exist");
  refused("CREATE TABLE a (x int); CREATE INDEX i ON a (lower(y))", "column \"y\" of table \"a\" does not exist");
  refused("CREATE TABLE a (x text GENERATED ALWAYS AS IDENTITY)",
          "column \"x\" of table \"a\" cannot be an identity: that takes an integer type");
  refused("CREATE TABLE a (x int DEFAULT 1 GENERATED ALWAYS AS (1 + 1) STORED)",
          "column \"x\" of table \"a\" has a default and is generated too");
  refused("CREATE TABLE a (x int); CREATE UNIQUE INDEX i ON a USING gin (x)",
          "indexes of the method gin cannot be unique");
  refused("CREATE TABLE a (x int); CREATE SCHEMA s; CREATE SEQUENCE s.q OWNED BY a.x",
          "sequence \"s\".\"q\" cannot belong to table \"a\" of another schema");
  refused("CREATE VIEW v AS SELECT * FROM gone", "table \"gone\" does not exist");
  refused("CREATE MATERIALIZED VIEW v AS SELECT 1 AS x; DROP VIEW v", "\"v\" is a materialized view");
  refused("ALTER TABLE gone OWNER TO me", "table \"gone\" does not exist");
}
