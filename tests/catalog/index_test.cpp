#include "catalog/dump.h"
#include "support/catch.h"

using namespace refract::catalog;
using namespace refract::catalog::test;

TEST_CASE("indexes: order, classes, methods, included columns, predicates", "[catalog]") {
  check_catalog(R"(
CREATE TABLE t (a int, b text, j jsonb, tags text[]);
CREATE INDEX i1 ON t (a DESC, b ASC NULLS FIRST);
CREATE INDEX i2 ON t (a DESC NULLS FIRST, b NULLS LAST);
CREATE INDEX i3 ON t USING gin (j jsonb_path_ops);
CREATE INDEX i4 ON t USING gin (j jsonb_ops, tags array_ops);
CREATE INDEX i5 ON t (b text_pattern_ops) INCLUDE (a) WHERE a > 0 AND b IS NOT NULL;
CREATE UNIQUE INDEX i6 ON t (lower(b), (a + 1)) NULLS NOT DISTINCT;
CREATE INDEX i7 ON t USING hash (b text_ops);)",
                R"(
table t
  a INTEGER
  b TEXT
  j JSONB
  tags TEXT[]
  index i1 (a desc, b nulls first)
  index i2 (a desc, b)
  index i3 (j jsonb_path_ops) using gin
  index i4 (j, tags) using gin
  index i5 (b text_pattern_ops) include a where ((a > 0) AND (b IS NOT NULL))
  unique index i6 (<lower(b)>, <(a + 1)>) nulls not distinct
  index i7 (b) using hash
)");
}

TEST_CASE("indexes: a subscript after anything but a column is written after parentheses", "[catalog]") {
  check_catalog(R"(
CREATE TABLE t (tags text[], a int);
CREATE INDEX i1 ON t ((tags[1]), ((tags[1:2])[1]));
CREATE INDEX i2 ON t (((ARRAY[a, 2])[1]), ((string_to_array('a', 'b'))[1]), ((('{1}'::text)::int[])[1]));)",
                R"(
table t
  tags TEXT[]
  a INTEGER
  index i1 (<tags[1]>, <(tags[1:2])[1]>)
  index i2 (<(ARRAY[a, 2])[1]>, <(string_to_array('a', 'b'))[1]>, <(('{1}'::text)::integer[])[1]>)
)");
}

TEST_CASE("indexes that constraints need stay", "[catalog]") {
  CHECK(issues_of("CREATE TABLE t (a int PRIMARY KEY); DROP INDEX t_pkey") ==
        "error: cannot drop index \"t_pkey\": a constraint of table \"t\" needs it; drop the constraint instead");
  CHECK(issues_of("CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a); CREATE TABLE u (a int REFERENCES t (a)); "
                  "DROP INDEX i") ==
        "error: cannot drop index \"i\": foreign key \"u_a_fkey\" of table \"u\" depends on it");
  CHECK(issues_of("CREATE TABLE t (a int, UNIQUE (a)); CREATE UNIQUE INDEX i ON t (a); CREATE TABLE u (a int "
                  "REFERENCES t (a)); DROP INDEX i")
            .empty());
}
