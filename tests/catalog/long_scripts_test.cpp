#include <fmt/format.h>

#include "catalog/dump.h"
#include "support/catch.h"

// What replay remembers from one statement to the next, so that a long script takes no square time, changes no answer.
using namespace refract::catalog;
using namespace refract::catalog::test;

TEST_CASE("long scripts: constraints and indexes are listed by name whatever follows their statements", "[catalog]") {
  const std::string added = R"(
CREATE TABLE a (id int PRIMARY KEY, b int REFERENCES a);
CREATE INDEX y ON a (b); CREATE INDEX x ON a (id, b);
ALTER TABLE a ADD CONSTRAINT d CHECK (id > 0); ALTER TABLE a ADD CONSTRAINT c CHECK (id > 1);
ALTER TABLE a ADD CONSTRAINT f UNIQUE (b); ALTER TABLE a ADD CONSTRAINT e FOREIGN KEY (b) REFERENCES a;
CREATE INDEX w ON a (b);)";
  const std::string shown = R"(
table a
  id INTEGER not null
  b INTEGER
  primary key a_pkey (id)
  unique constraint f (b)
  index w (b)
  index x (id, b)
  index y (b)
  foreign key a_b_fkey (b) -> a (id)
  foreign key e (b) -> a (id)
  check c (id > 1)
  check d (id > 0)
)";
  check_catalog(added, shown);
  check_catalog(added + "SELECT 1; CREATE INDEX v ON a (b); CREATE INDEX u ON a (b); DROP INDEX v; DROP INDEX u;",
                shown);
  check_catalog(added +
                    "DROP INDEX w; ALTER TABLE a DROP CONSTRAINT c; ALTER TABLE a DROP CONSTRAINT a_b_fkey; "
                    "CREATE INDEX w ON a (b); ALTER TABLE a ADD CONSTRAINT c CHECK (id > 1); "
                    "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES a;",
                shown);
}

TEST_CASE("long scripts: a name is free again once its object is gone or renamed", "[catalog]") {
  const std::string table = "CREATE TABLE a (id int, b int); ";
  const std::string checks = table + "ALTER TABLE a ADD CHECK (id > 0); ALTER TABLE a ADD CHECK (id > 1); ";
  CHECK(issues_of(checks + "ALTER TABLE a ADD CONSTRAINT a_id_check2 CHECK (id > 2)").empty());
  CHECK(issues_of(checks + "ALTER TABLE a ADD CONSTRAINT a_id_check1 CHECK (id > 2)") ==
        "error: constraint \"a_id_check1\" of table \"a\" already exists");
  CHECK(issues_of(checks + "ALTER TABLE a DROP CONSTRAINT a_id_check; ALTER TABLE a ADD CHECK (id > 2); "
                           "ALTER TABLE a DROP CONSTRAINT a_id_check; ALTER TABLE a DROP CONSTRAINT a_id_check1")
            .empty());
  CHECK(issues_of(checks +
                  "ALTER TABLE a RENAME CONSTRAINT a_id_check TO c; ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0)")
            .starts_with("error: constraint \"c\""));
  CHECK(issues_of(table + "CREATE INDEX ON a (b); CREATE INDEX ON a (b); DROP INDEX a_b_idx; CREATE INDEX ON a (b); "
                          "DROP INDEX a_b_idx; DROP INDEX a_b_idx1")
            .empty());
}

TEST_CASE("long scripts: enum values and functions are known however many come one after the other", "[catalog]") {
  const std::string values = "CREATE TYPE e AS ENUM ('a'); CREATE TYPE f AS ENUM ('a'); ALTER TYPE e ADD VALUE 'b'; ";
  CHECK(issues_of(values + "ALTER TYPE e ADD VALUE 'b'").contains("already has the value \"b\""));
  CHECK(issues_of(values + "ALTER TYPE f ADD VALUE 'b'; ALTER TYPE e ADD VALUE 'a'").contains("enum \"e\" already"));
  CHECK(issues_of(values + "ALTER TYPE e RENAME VALUE 'b' TO 'c'; ALTER TYPE e ADD VALUE 'b'").empty());
  const std::string domains = "CREATE DOMAIN d AS int; CREATE DOMAIN e AS int; ";
  CHECK(issues_of(domains + "CREATE DOMAIN d AS int") == "error: type \"d\" already exists");
  CHECK(issues_of(domains + "ALTER DOMAIN d RENAME TO g; CREATE DOMAIN d AS int").empty());
  CHECK(issues_of(domains + "ALTER DOMAIN d RENAME TO g; CREATE DOMAIN g AS int") ==
        "error: type \"g\" already exists");
  const std::string trigger = "CREATE TABLE t (a int); CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f(); ";
  CHECK(issues_of(trigger + "CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f()").contains("\"g\" of table"));
  CHECK(
      issues_of(trigger + "ALTER TRIGGER g ON t RENAME TO h; CREATE TRIGGER h BEFORE INSERT ON t EXECUTE FUNCTION f()")
          .contains("\"h\" of table"));
}

TEST_CASE("a table has 1600 columns at most", "[catalog]") {
  std::string columns;
  for (int i = 0; i < 1600; ++i) columns += fmt::format("{}c{} int", i == 0 ? "" : ", ", i);
  const std::string table = fmt::format("CREATE TABLE a ({});", columns);
  CHECK(issues_of(table).empty());
  CHECK(issues_of(table + "ALTER TABLE a ADD COLUMN d int") ==
        "error: column \"d\" of table \"a\" is one too many: a table has 1600 columns at most");
  CHECK(issues_of(fmt::format("CREATE TABLE a ({}, d int);", columns)).starts_with("error: column \"d\""));
}
