#include "catalog/expression/names.h"

#include "catalog/dump.h"
#include "support/catch.h"

using namespace refract::catalog;
using namespace refract::catalog::test;

TEST_CASE("names that PostgreSQL chooses fit into 63 bytes", "[catalog]") {
  CHECK(make_object_name("t", "a", "fkey") == "t_a_fkey");
  CHECK(make_object_name("t", "", "pkey") == "t_pkey");
  const std::string long_table(40, 't'), long_column(40, 'c');
  CHECK(make_object_name(long_table, long_column, "key") == std::string(29, 't') + "_" + std::string(29, 'c') + "_key");
  CHECK(make_object_name(std::string(60, 't'), "short", "idx") == std::string(53, 't') + "_short_idx");
  // Never inside a character: 29 bytes end in the middle of an ü.
  std::string umlauts;
  for (int i = 0; i < 20; ++i) umlauts += "ü";
  CHECK(make_object_name(umlauts, long_column, "key") == umlauts.substr(0, 28) + "_" + std::string(29, 'c') + "_key");
}

TEST_CASE("names that are taken get a number", "[catalog]") {
  check_catalog(
      "CREATE TABLE t (a int, b int, CHECK (a > b), CHECK (a > b + 1)); CREATE INDEX ON t (a); CREATE INDEX ON t (a); "
      "CREATE INDEX ON t (abs(a), (a + 1), (a + 2));",
      R"(
table t
  a INTEGER
  b INTEGER
  index t_a_idx (a)
  index t_a_idx1 (a)
  index t_abs_expr_expr1_idx (<abs(a)>, <(a + 1)>, <(a + 2)>)
  check t_check (a > b)
  check t_check1 (a > (b + 1))
)");
}

TEST_CASE("what is dropped leaves its names free, what moves takes them along", "[catalog]") {
  const std::string two =
      "CREATE TABLE t (a int CONSTRAINT k PRIMARY KEY, b int); CREATE INDEX i ON t (a); CREATE TABLE u (a int); ";
  CHECK(issues_of(two + "ALTER TABLE t DROP a; CREATE INDEX i ON t (b); ALTER TABLE u ADD CONSTRAINT k PRIMARY KEY (a)")
            .empty());
  CHECK(
      issues_of(two + "DROP TABLE t; CREATE TABLE i (a int); CREATE TABLE k (a int); CREATE TABLE t (a int)").empty());
  CHECK(issues_of(two + "ALTER TABLE t RENAME TO v; CREATE TABLE t (a int)").empty());
  CHECK(issues_of(two + "ALTER TABLE t DROP b; CREATE INDEX i ON u (a)") == "error: relation \"i\" already exists");
  CHECK(issues_of(two + "ALTER TABLE t RENAME TO v; CREATE TABLE i (a int)") == "error: relation \"i\" already exists");
  CHECK(issues_of(two + "CREATE SCHEMA s; ALTER TABLE t SET SCHEMA s; CREATE TABLE i (a int); CREATE INDEX k ON i (a)")
            .empty());
  CHECK(issues_of(two + "CREATE TABLE c (t int REFERENCES t); DROP TABLE t, c").empty());
}

TEST_CASE("unquoted names are folded, quoted ones kept, long ones cut", "[catalog]") {
  check_catalog("CREATE TABLE MyTable (MyColumn INT, \"MyColumn\" INT, \"a\"\"b\" int)", R"(
table mytable
  mycolumn INTEGER
  MyColumn INTEGER
  a"b INTEGER
)");
  check_catalog("CREATE TABLE \"" + std::string(70, 'x') + "\" (a int)",
                "table " + std::string(63, 'x') + "\n  a INTEGER");
}

TEST_CASE("search_path decides where names are looked up and made", "[catalog]") {
  check_catalog(R"(
CREATE SCHEMA app; CREATE TABLE app.a (id int PRIMARY KEY); CREATE TYPE app.e AS ENUM ('x');
SET search_path TO app, public;
CREATE TABLE b (a int REFERENCES a, e e); CREATE INDEX i ON b (a); ALTER TABLE a ADD COLUMN n int;
RESET search_path;
CREATE TABLE b (id int);
SELECT pg_catalog.set_config('search_path', '', false);
ALTER TABLE public.b ADD COLUMN c int;)",
                R"(
schema app
enum app.e: x
table app.a
  id INTEGER not null
  n INTEGER
  primary key a_pkey (id)
table app.b
  a INTEGER
  e "app"."e"
  index i (a)
  foreign key b_a_fkey (a) -> app.a (id)
table b
  id INTEGER
  c INTEGER
)");
  CHECK(issues_of("SELECT set_config('search_path', '', false); CREATE TABLE t (a int)") ==
        "error: no schema is selected to create \"t\" in: the search_path is empty");
  CHECK(issues_of("CREATE TABLE t (a int); SET search_path = ''; ALTER TABLE t ADD b int") ==
        "error: table \"t\" does not exist");
}

TEST_CASE("schemas are made, renamed and dropped with all that is in them", "[catalog]") {
  // Tables come before the views and indexes of them, wherever these stand.
  CHECK(issues_of("CREATE SCHEMA s CREATE VIEW v AS SELECT a FROM t CREATE INDEX i ON t (a) CREATE TABLE t (a int)") ==
        "");
  check_catalog("CREATE SCHEMA s CREATE TABLE t (id serial PRIMARY KEY); ALTER SCHEMA s RENAME TO r", R"(
schema r
table r.t
  id INTEGER not null from r.t_id_seq
  primary key t_pkey (id)
sequence r.t_id_seq int4 of r.t.id
)");
  const std::string filled =
      "CREATE SCHEMA s; CREATE TABLE s.t (id int PRIMARY KEY); CREATE TABLE u (t int REFERENCES s.t);";
  check_catalog(filled + "DROP SCHEMA s CASCADE", "table u\n  t INTEGER");
  CHECK(issues_of(filled + "DROP SCHEMA s") == "error: cannot drop schema \"s\": it is not empty");
}
