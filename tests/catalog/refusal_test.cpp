#include "catalog/dump.h"
#include "support/catch.h"

using namespace refract::catalog;
using namespace refract::catalog::test;

TEST_CASE("replay refuses what PostgreSQL refuses", "[catalog]") {
  const auto refused = [](std::string_view sql, std::string_view message) {
    INFO(sql);
    CHECK(issues_of(sql) == "error: " + std::string(message));
  };
  refused("CREATE TABLE a (id int); CREATE TABLE a (id int)", "relation \"a\" already exists");
  refused("CREATE TABLE a (id int, id text)", "column \"id\" of table \"a\" already exists");
  refused("CREATE TABLE a (id int PRIMARY KEY, b int PRIMARY KEY)", "table \"a\" already has a primary key");
  refused("CREATE TABLE a (id nope)", "type \"nope\" does not exist");
  refused("CREATE TABLE a (id int REFERENCES nope)", "table \"nope\" does not exist");
  refused("CREATE TABLE nope.a (id int)", "schema \"nope\" does not exist");
  refused("ALTER TABLE a ADD b int", "table \"a\" does not exist");
  refused("CREATE TABLE a (id int); ALTER TABLE a DROP COLUMN b", "column \"b\" of table \"a\" does not exist");
  refused("CREATE TABLE a (id int); ALTER TABLE a DROP CONSTRAINT b", "constraint \"b\" of table \"a\" does not exist");
  refused("CREATE TABLE a (id int PRIMARY KEY); ALTER TABLE a ALTER id DROP NOT NULL",
          "column \"id\" of table \"a\" is in a primary key and stays NOT NULL");
  refused("CREATE TABLE a (x int); CREATE TABLE b (x int, CONSTRAINT f FOREIGN KEY (x) REFERENCES a (x))",
          "foreign key \"f\" of table \"b\": no unique constraint of table \"a\" covers the columns it refers to");
  refused("CREATE TABLE a (x uuid PRIMARY KEY); CREATE TABLE b (x text, CONSTRAINT f FOREIGN KEY (x) REFERENCES a)",
          "foreign key \"f\" of table \"b\": columns \"x\" and \"x\" have types that do not match");
  refused(
      "CREATE TABLE a (x int PRIMARY KEY); CREATE TABLE b (x int REFERENCES a); ALTER TABLE a DROP CONSTRAINT a_pkey",
      "cannot drop constraint \"a_pkey\" of table \"a\": foreign key \"b_x_fkey\" of table \"b\" depends on it");
  refused("CREATE TYPE e AS ENUM ('a'); CREATE TYPE e AS ENUM ('b')", "type \"e\" already exists");
  refused("CREATE TABLE e (a int); CREATE TYPE e AS ENUM ('b')", "type \"e\" already exists");
  refused("CREATE TYPE e AS ENUM ('a'); ALTER TYPE e ADD VALUE 'a'", "enum \"e\" already has the value \"a\"");
  refused("CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (x e DEFAULT 'b')",
          "the default \"b\" of column \"x\" of table \"t\" is no value of enum \"e\"");
  refused("CREATE TABLE a (id serial); DROP SEQUENCE a_id_seq",
          "cannot drop sequence \"a_id_seq\": the default of column \"id\" of table \"a\" uses it");
  refused("CREATE TABLE a (id int DEFAULT nextval('s'))",
          "sequence \"s\", the default of column \"id\" of table \"a\", does not exist");
  refused("CREATE TABLE a (x int, y int GENERATED ALWAYS AS (x + 1) STORED); ALTER TABLE a DROP COLUMN x",
          "cannot drop column \"x\" of table \"a\": generated column \"y\" depends on it");
  refused("CREATE TABLE a (x int); DROP INDEX a", "\"a\" is not an index");
  refused("CREATE TABLE a (xmin int)",
          "column \"xmin\" of table \"a\" has the name of a column that PostgreSQL gives every table");
  refused("CREATE TABLE a (x json UNIQUE)",
          "column \"x\" of type JSON has no default operator class for indexes of the method btree");
  refused("CREATE TABLE a (x json PRIMARY KEY)",
          "column \"x\" of type JSON has no default operator class for indexes of the method btree");
  refused("CREATE SCHEMA pg_own", "schema \"pg_own\" begins with \"pg_\", as only PostgreSQL's own do");
  refused("CREATE TABLE a (x int, y int DEFAULT (x + 1))",
          "the default of column \"y\" of table \"a\" names column \"x\"");
  refused("CREATE TABLE a (x bool DEFAULT gen_random_uuid())",
          "the default of column \"x\" of table \"a\" has type uuid, which is not converted to bool");
  refused("CREATE TABLE a (x uuid DEFAULT 'abc')",
          "the default of column \"x\" of table \"a\" is no value of type uuid: 'abc'");
}

TEST_CASE("a refused step leaves the catalog as it was, and replay goes on", "[catalog]") {
  Catalog catalog = Catalog::empty();
  const std::vector<Step> steps =
      steps_of("CREATE TABLE a (id serial, x nope); CREATE TABLE b (id int); DROP TABLE c; CREATE TABLE d (id int)");
  const std::vector<ReplayIssue> issues = replay(steps, catalog);
  REQUIRE(issues.size() == 2);
  CHECK(issues[0].step == 0);
  CHECK(issues[1].step == 2);
  CHECK(dump(catalog) == "table b\n  id INTEGER\ntable d\n  id INTEGER\n");
}

TEST_CASE("replaying the same text twice gives equal catalogs", "[catalog]") {
  const std::vector<Step> steps = steps_of(R"(
CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (id serial PRIMARY KEY, x e DEFAULT 'a', j jsonb DEFAULT '{"a":1}', UNIQUE (x, j));)");
  Catalog first = Catalog::empty(), second = Catalog::empty();
  replay(steps, first);
  replay(steps, second);
  CHECK(first == second);
  replay(steps_of("ALTER TABLE t ALTER j SET DEFAULT '{ \"a\" : 1 }'"), second);
  CHECK(first == second);
  replay(steps_of("ALTER TABLE t ALTER j SET DEFAULT '{\"a\":2}'"), second);
  CHECK_FALSE(first == second);
}
