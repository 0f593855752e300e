#include "catalog/dump.h"
#include "support/catch.h"

using namespace refract::catalog;
using namespace refract::catalog::test;

TEST_CASE("what is done to a table is done to those that inherit from it", "[catalog]") {
  check_catalog(R"(
CREATE TABLE base (id int NOT NULL, note text CHECK (note <> ''), CHECK (id > 0) NO INHERIT);
CREATE TABLE child (note text NOT NULL, extra int) INHERITS (base);
CREATE TABLE leaf () INHERITS (child);
ALTER TABLE base ADD COLUMN added int DEFAULT 1;
ALTER TABLE base ALTER COLUMN id TYPE bigint, ADD CONSTRAINT later CHECK (added > 0);
ALTER TABLE base RENAME COLUMN added TO more;
ALTER TABLE ONLY base ALTER COLUMN more SET NOT NULL;)",
                R"(
table base
  id BIGINT not null
  note TEXT
  more INTEGER not null = 1
  check base_id_check (id > 0)
  check base_note_check (note <> '')
  check later (more > 0)
table child inherits base
  id BIGINT not null
  note TEXT not null
  extra INTEGER
  more INTEGER = 1
  check base_note_check (note <> '')
  check later (more > 0)
table leaf inherits child
  id BIGINT not null
  note TEXT not null
  extra INTEGER
  more INTEGER = 1
  check base_note_check (note <> '')
  check later (more > 0)
)");
}

TEST_CASE("an inherited column goes with its parent's, one named by the table itself stays", "[catalog]") {
  const std::string tables = R"(
CREATE TABLE base (a int, b int); CREATE TABLE other (b int);
CREATE TABLE child (a int) INHERITS (base); CREATE TABLE two () INHERITS (base, other);)";
  check_catalog(tables + "ALTER TABLE base DROP COLUMN a, DROP COLUMN b;", R"(
table base
table child inherits base
  a INTEGER
table other
  b INTEGER
table two inherits base other
  b INTEGER
)");
  check_catalog(tables + "ALTER TABLE child NO INHERIT base; ALTER TABLE base DROP COLUMN b; DROP TABLE other CASCADE;",
                R"(
table base
  a INTEGER
table child
  a INTEGER
  b INTEGER
)");
  CHECK(issues_of(tables + "DROP TABLE base") == "error: cannot drop table \"base\": table \"child\" inherits from it");
  check_catalog(tables + "DROP TABLE child, base, two, other", "");
  check_catalog(tables + "DROP TABLE base, child, other CASCADE", "");
}

TEST_CASE("what is inherited cannot be dropped on its own", "[catalog]") {
  const std::string tables =
      "CREATE TABLE base (a int CONSTRAINT positive CHECK (a > 0)); CREATE TABLE child (b int) INHERITS (base);";
  CHECK(issues_of(tables + "ALTER TABLE child DROP COLUMN a") ==
        "error: cannot drop column \"a\" of table \"child\": it is inherited; drop it on the parent");
  CHECK(issues_of(tables + "ALTER TABLE child DROP CONSTRAINT positive") ==
        "error: cannot drop constraint \"positive\" of table \"child\": it is inherited; drop it on the parent");
  CHECK(issues_of(tables + "ALTER TABLE child NO INHERIT base; ALTER TABLE child DROP CONSTRAINT positive, DROP a") ==
        "");
}

TEST_CASE("partitions take keys, indexes and foreign keys over, under names of their own", "[catalog]") {
  check_catalog(R"(
CREATE TABLE target (id int PRIMARY KEY);
CREATE TABLE log (id int, day date NOT NULL, target int) PARTITION BY RANGE (day);
CREATE TABLE log_1 PARTITION OF log (id DEFAULT 7, target NOT NULL) FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE log_2 (id int, day date NOT NULL, target int);
CREATE INDEX own ON log_2 (target);
ALTER TABLE log ADD PRIMARY KEY (id, day), ADD CONSTRAINT to_target FOREIGN KEY (target) REFERENCES target;
CREATE INDEX ON log (target);
ALTER TABLE log ATTACH PARTITION log_2 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');)",
                R"(
table log partitioned
  id INTEGER not null
  day DATE not null
  target INTEGER
  primary key log_pkey (id, day)
  index log_target_idx (target)
  foreign key to_target (target) -> target (id)
table log_1 partition of log
  id INTEGER not null = 7
  day DATE not null
  target INTEGER not null
  primary key log_1_pkey (id, day)
  index log_1_target_idx (target)
  foreign key to_target (target) -> target (id)
table log_2 partition of log
  id INTEGER not null
  day DATE not null
  target INTEGER
  primary key log_2_pkey (id, day)
  index own (target)
  foreign key to_target (target) -> target (id)
table target
  id INTEGER not null
  primary key target_pkey (id)
)");
}

TEST_CASE("what a partitioned table loses, its partitions lose", "[catalog]") {
  check_catalog(R"(
CREATE TABLE target (id int PRIMARY KEY);
CREATE TABLE log (id int, target int CONSTRAINT to_target REFERENCES target, CONSTRAINT positive CHECK (id > 0),
  PRIMARY KEY (id)) PARTITION BY RANGE (id);
CREATE INDEX by_target ON log (target);
CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (1) TO (10);
ALTER TABLE log DROP CONSTRAINT to_target, DROP CONSTRAINT log_pkey, DROP CONSTRAINT positive;
DROP INDEX by_target;)",
                R"(
table log partitioned
  id INTEGER not null
  target INTEGER
table log_1 partition of log
  id INTEGER not null
  target INTEGER
table target
  id INTEGER not null
  primary key target_pkey (id)
)");
  check_catalog(
      "CREATE TABLE p (a int PRIMARY KEY, up int REFERENCES p) PARTITION BY LIST (a);"
      "CREATE TABLE q PARTITION OF p DEFAULT; CREATE TABLE r (p int REFERENCES p); DROP TABLE p, q, r",
      "");
}

TEST_CASE("an index on the parent alone is valid once each partition has its own", "[catalog]") {
  const std::string tables =
      "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE q PARTITION OF p DEFAULT;"
      "CREATE INDEX i ON ONLY p (a); CREATE INDEX j ON q (a);";
  check_catalog(tables,
                "table p partitioned\n  a INTEGER\n  index i (a) invalid\n"
                "table q partition of p\n  a INTEGER\n  index j (a)");
  check_catalog(tables + "ALTER INDEX i ATTACH PARTITION j",
                "table p partitioned\n  a INTEGER\n  index i (a)\n"
                "table q partition of p\n  a INTEGER\n  index j (a)");
}
