#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/parse/sql.h"
#include "migrate/fixture.h"
#include "migrate/hazards/hazards.h"
#include "migrate/hazards/suppressions.h"
#include "support/catch.h"

// Hazards of SQL written by hand: none is missed, and there is none where the constraint holds already.
namespace refract::test {
namespace {

constexpr std::string_view kBefore = R"(
CREATE EXTENSION citext;
CREATE TABLE "A" ("id" SERIAL NOT NULL, c citext, m int, CONSTRAINT "A_pkey" PRIMARY KEY ("id"));
CREATE VIEW v AS SELECT id FROM "A";
)";

// The codes, joined by commas, of what no more than follows the SQL before.
std::string codes_after(std::string_view before, std::string_view sql, migrate::HazardLevel least) {
  const catalog::ParsedSql parsed = catalog::parse_sql(sql);
  for (const catalog::SqlError& error : parsed.errors) FAIL(error.message);
  std::vector<std::string> codes;
  for (const migrate::Hazard& hazard :
       migrate::hazards(parsed.steps, run(before, catalog::Catalog::empty()), {}, sql)) {
    if (hazard.level >= least) codes.emplace_back(hazard.code);
  }
  return fmt::format("{}", fmt::join(codes, ","));
}

std::string codes(std::string_view sql) {
  return codes_after(kBefore, sql, migrate::HazardLevel::notice);
}
std::string dangers(std::string_view before, std::string_view sql) {
  return codes_after(before, sql, migrate::HazardLevel::danger);
}

}  // namespace

TEST_CASE("lint: statements that lose data or keep others waiting", "[migrate]") {
  CHECK(codes("DROP EXTENSION citext CASCADE;") == "drop-column");
  CHECK(codes("DROP EXTENSION citext;") == "drop-other,will-fail");
  CHECK(codes("DROP EXTENSION IF EXISTS pgcrypto CASCADE;").empty());
  CHECK(codes("DROP OWNED BY CURRENT_USER CASCADE;") == "drop-owned,opaque");
  CHECK(codes("WITH x AS (DELETE FROM \"A\" RETURNING *) SELECT count(*) FROM x;") == "data-deleted");
  CHECK(codes("WITH x AS (DELETE FROM \"A\" RETURNING id) INSERT INTO \"A\"(m) SELECT id FROM x;") == "data-deleted");
  CHECK(codes("MERGE INTO \"A\" USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE;") == "data-deleted");
  CHECK(codes("MERGE INTO \"A\" USING (SELECT 1) s ON true WHEN MATCHED THEN UPDATE SET m = 1;").empty());
  CHECK(codes("DO $$ BEGIN DROP TABLE \"A\" CASCADE; END $$;").starts_with("drop-table,dependents-dropped"));
  CHECK(codes("DO $$ BEGIN IF EXISTS (SELECT FROM \"A\") THEN ALTER TABLE \"A\" DROP COLUMN m; END IF; END $$;")
            .starts_with("drop-column"));
  CHECK(codes("DO $$ BEGIN EXECUTE 'DELETE FROM \"A\"'; EXCEPTION WHEN others THEN TRUNCATE \"A\"; END $$;")
            .starts_with("data-deleted,data-deleted"));
  CHECK(codes("UPDATE \"A\" SET c = NULL;") == "every-row-updated");
  CHECK(codes("UPDATE \"A\" SET c = NULL WHERE id = 1;").empty());
  CHECK(codes("ALTER TABLE \"A\" ADD CONSTRAINT c CHECK (m > 0);") == "new-check");
  CHECK(codes("ALTER TABLE \"A\" ADD CHECK (m > 0);") == "new-check");
  // The same condition holds already; another, or the same after the first one is gone, need not.
  CHECK(codes("ALTER TABLE \"A\" ADD CHECK (m > 0); ALTER TABLE \"A\" ADD CHECK (m > 0);") == "new-check");
  CHECK(codes("ALTER TABLE \"A\" ADD CHECK (\"A\".m > 0); ALTER TABLE \"A\" ADD CHECK (m > 0);") == "new-check");
  CHECK(codes("ALTER TABLE \"A\" ADD CHECK (m > 0); ALTER TABLE \"A\" ADD CHECK (m > 1);") == "new-check,new-check");
  CHECK(codes("ALTER TABLE \"A\" ADD CONSTRAINT d CHECK (m > 0) NOT VALID;").empty());
  CHECK(codes("ALTER TABLE \"A\" ADD CONSTRAINT x EXCLUDE USING btree (m WITH =);") == "new-exclusion");
  CHECK(codes("ALTER TABLE \"A\" ADD CONSTRAINT d CHECK (m > 0) NOT VALID; ALTER TABLE \"A\" VALIDATE CONSTRAINT d;") ==
        "validated-at-once");
  CHECK(codes("ALTER TABLE \"A\" ADD CONSTRAINT d FOREIGN KEY (m) REFERENCES \"A\"(id) NOT VALID; ALTER TABLE \"A\" "
              "VALIDATE CONSTRAINT d;") == "validated-at-once");
  CHECK(codes("BEGIN; ALTER TABLE \"A\" ADD CONSTRAINT d CHECK (m > 0) NOT VALID; COMMIT; ALTER TABLE \"A\" VALIDATE "
              "CONSTRAINT d;")
            .empty());
  CHECK(codes("VACUUM FULL \"A\";") == "table-rewrite");
  CHECK(codes("VACUUM \"A\";").empty());
  CHECK(codes("CLUSTER \"A\" USING \"A_pkey\";") == "table-rewrite");
  CHECK(codes("ALTER TABLE \"A\" SET UNLOGGED;") == "table-rewrite");
  CHECK(codes("REINDEX TABLE \"A\";") == "index-blocks-writes");
  CHECK(codes("REINDEX TABLE CONCURRENTLY \"A\";").empty());
  CHECK(codes("ALTER TABLE \"A\" DISABLE ROW LEVEL SECURITY;") == "row-security-off");
  CHECK(codes("ALTER TABLE \"A\" ENABLE ROW LEVEL SECURITY;").empty());
  CHECK(codes("BEGIN; ALTER TABLE \"A\" ADD q int; COMMIT;").empty());
  CHECK(codes("DROP SEQUENCE \"A_id_seq\" CASCADE;") == "drop-other");
  CHECK(codes("DROP VIEW v;") == "drop-other");
  CHECK(codes("DROP VIEW v; CREATE VIEW v AS SELECT id, m FROM \"A\";").empty());
  CHECK(codes("DROP TABLE IF EXISTS nobody;").empty());
  // A value that is written in the transaction that adds it.
  const std::string_view enumerated = "CREATE TYPE s AS ENUM ('a'); CREATE TABLE t (st s);";
  CHECK(dangers(enumerated, "ALTER TYPE s ADD VALUE 'b'; UPDATE t SET st = 'b' WHERE st = 'a';") ==
        "enum-value-used-at-once");
  CHECK(dangers(enumerated, "ALTER TYPE s ADD VALUE 'b'; INSERT INTO t VALUES ('b');") == "enum-value-used-at-once");
  CHECK(dangers(enumerated, "ALTER TYPE s ADD VALUE 'b'; COMMIT; INSERT INTO t VALUES ('b');").empty());
}

TEST_CASE("lint: a new enum value counts as used wherever PostgreSQL reads it", "[migrate]") {
  const std::string before =
      "CREATE TYPE s AS ENUM ('a'); CREATE SCHEMA o; CREATE TYPE o.s AS ENUM ('a'); CREATE TYPE \"e\" AS ENUM ('a');"
      "CREATE TABLE t (id INT, st s, x o.s, w TEXT);";
  const auto uses = [&](const std::string& sql) {
    return dangers(before, "ALTER TYPE s ADD VALUE 'b'; " + sql).contains("enum-value-used-at-once");
  };
  for (const char* sql :
       {"CREATE INDEX i ON t (id) WHERE st = 'b';", "CREATE INDEX i ON t ((st = 'b'));",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (st <> 'b');",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (w <> 'b'::s::text);", "CREATE TABLE n (st s CHECK (st <> 'b'));",
        "CREATE TABLE n (st s DEFAULT 'b');", "CREATE TABLE n (id INT); ALTER TABLE n ADD st s DEFAULT 'b';",
        "CREATE TABLE n (st s); CREATE INDEX i ON n (st) WHERE st = 'b';",
        "ALTER TABLE t ADD g BOOLEAN GENERATED ALWAYS AS (st = 'b') STORED;",
        "ALTER TABLE t ADD CONSTRAINT c EXCLUDE USING btree (id WITH =) WHERE (st = 'b');",
        "CREATE VIEW v AS SELECT id FROM t WHERE st = 'b';",
        "ALTER TABLE t ALTER w TYPE s USING (CASE WHEN w = '' THEN 'b' ELSE w END)::s;",
        "ALTER TABLE t ADD c s DEFAULT E'\\x62';",
        // By another name.
        "ALTER TYPE s RENAME TO f; ALTER TABLE t ADD c f DEFAULT 'b';",
        "ALTER TYPE s RENAME VALUE 'b' TO 'c'; ALTER TABLE t ADD c s DEFAULT 'c';",
        "CREATE SCHEMA p; ALTER TYPE s SET SCHEMA p; ALTER TABLE t ADD c p.s DEFAULT 'b';"}) {
    INFO(sql);
    CHECK(uses(sql));
  }
  for (const char* sql :
       {"ALTER TABLE t ADD c o.s DEFAULT 'b';", "ALTER TABLE t ALTER x SET DEFAULT 'b';",
        "CREATE INDEX i ON t (id) WHERE w = 'b';", "CREATE INDEX i ON t (id) WHERE st = 'a';",
        "ALTER TYPE s RENAME VALUE 'b' TO 'c'; ALTER TABLE t ADD c s DEFAULT 'b';",
        "ALTER TYPE s RENAME TO s_old; CREATE TYPE s AS ENUM ('a', 'b'); ALTER TABLE t ADD c s DEFAULT 'b';",
        "COMMIT; CREATE INDEX i ON t (id) WHERE st = 'b';"}) {
    INFO(sql);
    CHECK_FALSE(uses(sql));
  }
  CHECK(dangers(before, "ALTER TYPE s ADD VALUE IF NOT EXISTS 'a'; ALTER TABLE t ADD c s DEFAULT 'a';").empty());
  CHECK(dangers(before, "ALTER TYPE s ADD VALUE IF NOT EXISTS 'b'; ALTER TABLE t ADD c s DEFAULT 'b';") ==
        "enum-value-used-at-once");
  CHECK(dangers(before, "ALTER TYPE s ADD VALUE 'it''s'; ALTER TABLE t ADD c s DEFAULT 'it''s';") ==
        "enum-value-used-at-once");
  CHECK(dangers(before, "ALTER TYPE s ADD VALUE 'it''s'; UPDATE t SET st = 'it''s' WHERE id = 1;") ==
        "enum-value-used-at-once");
}

TEST_CASE("lint: an enum is known through its renames, and within its schema", "[migrate]") {
  const std::string before =
      "CREATE TYPE role AS ENUM ('user', 'guest'); CREATE TYPE plan_old AS ENUM ('a'); CREATE SCHEMA o;"
      "CREATE TABLE u (r role);"
      "CREATE FUNCTION guest() RETURNS text LANGUAGE plpgsql AS $$ DECLARE r role; BEGIN RETURN r; END $$;";
  const auto all = [&](std::string_view sql) { return codes_after(before, sql, migrate::HazardLevel::notice); };
  CHECK(all("CREATE TYPE x AS ENUM ('a'); ALTER TYPE x RENAME TO y; ALTER TYPE y RENAME VALUE 'a' TO 'b';").empty());
  // The name says nothing about a swap.
  CHECK(all("DROP TYPE plan_old;") == "drop-type");
  CHECK(all("ALTER TYPE plan_old RENAME TO plan; CREATE TYPE plan_old AS ENUM ('a'); DROP TYPE plan;").empty());
  CHECK(all("ALTER TYPE plan_old RENAME TO gone; DROP TYPE gone;") == "drop-type");
  CHECK(all("DROP TYPE IF EXISTS nobody;").empty());
  CHECK(all("DROP TYPE IF EXISTS plan_old;") == "drop-type");
  CHECK(all("CREATE TYPE x AS ENUM ('a'); DROP TYPE x;").empty());
  CHECK(all("CREATE TYPE x AS ENUM ('a'); ALTER TYPE x RENAME TO y; DROP TYPE y;").empty());
  // An enum in another schema replaces none.
  CHECK(all("ALTER TYPE role RENAME TO r2; CREATE TYPE o.role AS ENUM ('user', 'guest');") == "dependents-broken");
  CHECK(all("ALTER TYPE role RENAME TO r2; CREATE TYPE o.x AS ENUM (); ALTER TYPE o.x RENAME TO role;") ==
        "dependents-broken");
  CHECK(all("ALTER TYPE role RENAME TO r2; CREATE TYPE role AS ENUM ('user', 'guest');").empty());
}

TEST_CASE("lint: a type change that cuts values without failing", "[migrate]") {
  const std::string table = "CREATE TABLE p (id INT PRIMARY KEY, at TIMESTAMPTZ, t TIMETZ, d DATE);\n";
  CHECK(dangers(table, "ALTER TABLE p ALTER at TYPE DATE;") == "risky-cast");
  CHECK(dangers(table, "ALTER TABLE p ALTER at TYPE TIME;") == "risky-cast");
  CHECK(dangers(table, "ALTER TABLE p ALTER t TYPE TIME;") == "risky-cast");
  CHECK(dangers(table, "ALTER TABLE p ALTER at TYPE TIMESTAMP;").empty());
  CHECK(dangers(table, "ALTER TABLE p ALTER d TYPE TIMESTAMPTZ;").empty());
}

TEST_CASE("lint: Prisma's own table of records is there", "[migrate]") {
  for (const char* sql :
       {"ALTER TABLE _prisma_migrations ENABLE ROW LEVEL SECURITY;", "ALTER TABLE \"_prisma_migrations\" ADD x INT;",
        "CREATE INDEX i ON _prisma_migrations (checksum);", "DELETE FROM _prisma_migrations WHERE false;",
        "CREATE POLICY p ON _prisma_migrations USING (false);",
        "REVOKE ALL ON public._prisma_migrations FROM PUBLIC;"}) {
    INFO(sql);
    CHECK_FALSE(codes(sql).contains("will-fail"));
  }
  CHECK(codes("ALTER TABLE _prisma ADD x INT;").contains("will-fail"));
}

TEST_CASE("lint: no danger where the constraint holds already", "[migrate]") {
  const std::string table = "CREATE TABLE p (id INT PRIMARY KEY, m INT, n INT NOT NULL, o INT);\n";
  const std::string not_null = "ALTER TABLE p ALTER m SET NOT NULL;";
  CHECK(dangers(table, not_null) == "set-not-null");
  CHECK(dangers(table,
                "ALTER TABLE p ADD CONSTRAINT c CHECK (m IS NOT NULL) NOT VALID; ALTER TABLE p VALIDATE CONSTRAINT "
                "c;" +
                    not_null)
            .empty());
  CHECK(dangers(table + "ALTER TABLE p ADD CHECK (m IS NOT NULL AND m > 0);", not_null).empty());
  CHECK(dangers(table + "ALTER TABLE p ADD CHECK (m IS NOT NULL OR o > 0);", not_null) == "set-not-null");
  CHECK(dangers(table + "ALTER TABLE p ADD CHECK (m IS NOT NULL) NOT VALID;", not_null) == "set-not-null");
  CHECK(dangers(table, "UPDATE p SET m = 0 WHERE m IS NULL;" + not_null).empty());
  CHECK(dangers(table, "UPDATE p SET m = 0 WHERE m ISNULL;" + not_null).empty());
  CHECK(dangers(table, "UPDATE p SET m = NULL WHERE m ISNULL;" + not_null) == "set-not-null");
  CHECK(dangers(table, "UPDATE p SET m = 0 WHERE m NOTNULL;" + not_null) == "set-not-null");
  CHECK(dangers(table, "UPDATE p SET m = length('null') WHERE m IS NULL;" + not_null).empty());
  CHECK(dangers(table, "UPDATE p SET m = o WHERE m IS NULL;" + not_null) == "set-not-null");
  CHECK(dangers(table, "UPDATE p SET m = 0 WHERE m IS NULL AND m IS NOT NULL;" + not_null) == "set-not-null");

  CHECK(dangers(table, "ALTER TABLE p ADD x INT DEFAULT 0; ALTER TABLE p ALTER x SET NOT NULL;").empty());
  CHECK(dangers(table, "ALTER TABLE p ADD x INT DEFAULT NULL; ALTER TABLE p ALTER x SET NOT NULL;") == "set-not-null");
  CHECK(dangers(table,
                "ALTER TABLE p ADD x INT; ALTER TABLE p ALTER x SET DEFAULT 0; ALTER TABLE p ALTER x SET NOT "
                "NULL;") == "set-not-null");
  CHECK(dangers(table, "ALTER TABLE p ADD x INT UNIQUE;").empty());
  CHECK(dangers(table, "ALTER TABLE p ADD x INT; ALTER TABLE p ADD CONSTRAINT u UNIQUE (x, o);").empty());
  CHECK(dangers(table, "ALTER TABLE p ADD x INT; CREATE UNIQUE INDEX u ON p (x) NULLS NOT DISTINCT;") == "new-unique");
  CHECK(dangers(table, "ALTER TABLE p ADD x INT DEFAULT 0; ALTER TABLE p ADD UNIQUE (x);") == "new-unique");

  const std::string pair =
      "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, c INT); CREATE UNIQUE INDEX ab ON t (a, b);\n";
  CHECK(dangers(pair, "ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (a, b);").empty());
  CHECK(codes_after(pair, "ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (a, b);", migrate::HazardLevel::notice) ==
        "index-blocks-writes");
  CHECK(dangers(pair, "ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (a);") == "new-primary-key");
  CHECK(dangers("CREATE TABLE t (a INT, b INT NOT NULL); CREATE UNIQUE INDEX ab ON t (a, b);",
                "ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (a, b);") == "new-primary-key");

  CHECK(dangers(pair, "CREATE UNIQUE INDEX abc ON t (a, b, c);").empty());
  CHECK(dangers(pair, "DROP INDEX ab; CREATE UNIQUE INDEX ba ON t (b, a);").empty());
  CHECK(dangers(pair, "DROP INDEX ab; UPDATE t SET a = 1; CREATE UNIQUE INDEX ba ON t (b, a);") == "new-unique");
  CHECK(dangers(pair, "CREATE UNIQUE INDEX ac ON t (a, c);") == "new-unique");

  const std::string linked = table +
                             "CREATE TABLE q (id INT PRIMARY KEY, p_id INT, CONSTRAINT k FOREIGN KEY (p_id) "
                             "REFERENCES p (id));\n";
  CHECK(dangers(linked,
                "ALTER TABLE q DROP CONSTRAINT k; ALTER TABLE q ADD CONSTRAINT k2 FOREIGN KEY (p_id) REFERENCES p "
                "(id) ON DELETE CASCADE;")
            .empty());
  CHECK(dangers(linked,
                "ALTER TABLE q DROP CONSTRAINT k; DELETE FROM p; ALTER TABLE q ADD CONSTRAINT k2 FOREIGN KEY "
                "(p_id) REFERENCES p (id);") == "data-deleted,new-foreign-key");
  CHECK(dangers(linked, "ALTER TABLE q ADD CONSTRAINT k2 FOREIGN KEY (id) REFERENCES p (id);") == "new-foreign-key");
  CHECK(dangers(table + "ALTER TABLE p ADD CONSTRAINT c CHECK (m > 0);",
                "ALTER TABLE p DROP CONSTRAINT c; ALTER TABLE p ADD CONSTRAINT d CHECK (m > 0);")
            .empty());
}

TEST_CASE("lint: the schema's own plans are judged alike", "[migrate]") {
  // The tables of implicit relations got a primary key with Prisma 6.
  const std::string before = R"(
CREATE TABLE "Post" ("id" INTEGER NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Tag" ("id" INTEGER NOT NULL, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));
CREATE TABLE "_PostToTag" ("A" INTEGER NOT NULL, "B" INTEGER NOT NULL);
CREATE UNIQUE INDEX "_PostToTag_AB_unique" ON "_PostToTag"("A", "B");
CREATE INDEX "_PostToTag_B_index" ON "_PostToTag"("B");
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_A_fkey" FOREIGN KEY ("A") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_B_fkey" FOREIGN KEY ("B") REFERENCES "Tag"("id") ON DELETE CASCADE ON UPDATE CASCADE;)";
  const auto next = migrate::next_migration(
      run(before, catalog::Catalog::empty()),
      *snapshot_of("model Post {\n  id Int @id\n  tags Tag[]\n}\nmodel Tag {\n  id Int @id\n  posts Post[]\n}"), {});
  CHECK_FALSE(next.plan.empty());
  CHECK(std::ranges::none_of(
      next.hazards, [](const migrate::Hazard& hazard) { return hazard.level == migrate::HazardLevel::danger; }));
}

namespace {

migrate::Sifted sifted(std::string_view sql, std::vector<migrate::AcceptedHazard> entries = {}) {
  const catalog::ParsedSql parsed = catalog::parse_sql(sql);
  const auto before = run(kBefore, catalog::Catalog::empty());
  return migrate::sift(migrate::hazards(parsed.steps, before, {}, sql), parsed.steps, sql, entries);
}

}  // namespace

TEST_CASE("lint: a hazard is suppressed by a comment at its statement", "[migrate]") {
  const auto suppressed = [](std::string_view sql) {
    const migrate::Sifted result = sifted(sql);
    INFO(sql);
    CHECK(result.kept.empty());
    CHECK(result.problems.empty());
    CHECK(result.suppressed.size() == 1);
    return result.suppressed.empty() ? std::string() : result.suppressed.front().reason;
  };
  CHECK(suppressed("-- refract:ignore data-deleted they are copies\nDELETE FROM \"A\";") == "they are copies");
  suppressed("DELETE FROM \"A\"; -- refract:ignore data-deleted they are copies");
  suppressed("DELETE FROM \"A\" -- refract:ignore data-deleted they are copies\nWHERE true;");
  suppressed("-- refract:ignore data-deleted they are copies\n-- and more\n\nDELETE FROM \"A\";\r\n");
  suppressed("SELECT 1;\n  --refract:ignore data-deleted copies\nDELETE FROM \"A\" WHERE id = 1;");

  // Another statement, another code, no reason, no such code, text in a string.
  for (const char* sql :
       {"-- refract:ignore data-deleted copies\nSELECT 1;\nDELETE FROM \"A\";",
        "-- refract:ignore drop-table copies\nDELETE FROM \"A\";", "-- refract:ignore data-deleted\nDELETE FROM \"A\";",
        "-- refract:ignore data-delete copies\nDELETE FROM \"A\";"}) {
    INFO(sql);
    const migrate::Sifted result = sifted(sql);
    CHECK(result.kept.size() == 1);
    CHECK(result.suppressed.empty());
    CHECK(result.problems.size() == 1);
  }
  const migrate::Sifted in_string = sifted("DELETE FROM \"A\" WHERE c = '\n-- refract:ignore data-deleted copies\n';");
  CHECK(in_string.kept.size() == 1);
  CHECK(in_string.problems.empty());
  CHECK(sifted("-- refract:ignore data-deleted copies\nSELECT 1;").problems.front().message ==
        "The comment refract:ignore data-deleted suppresses nothing: its statement does not have this hazard.");
}

TEST_CASE("lint: a hazard of an applied migration is accepted by an entry", "[migrate]") {
  const migrate::Sifted result = sifted("DELETE FROM \"A\"; TRUNCATE \"A\"; DROP VIEW v;",
                                        {{"m", "data-deleted", "copies"}, {"m", "drop-table", "not there"}});
  CHECK(result.suppressed.size() == 2);
  CHECK(result.kept.size() == 1);
  CHECK(result.used == std::vector<std::size_t>{0});
}

TEST_CASE("lint: a value that goes from an enum, and who names it", "[migrate]") {
  const std::string before =
      "CREATE TYPE role AS ENUM ('user', 'guest'); CREATE TABLE u (id INT PRIMARY KEY, r role);"
      "CREATE FUNCTION guests() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM u WHERE r = 'guest' $$;"
      "CREATE FUNCTION users() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM u WHERE r = 'user' $$;";
  const auto naming_guest = [&](std::string_view sql) {
    std::string found;
    const catalog::ParsedSql parsed = catalog::parse_sql(sql);
    REQUIRE(parsed.errors.empty());
    for (const migrate::Hazard& hazard :
         migrate::hazards(parsed.steps, run(before, catalog::Catalog::empty()), {}, sql)) {
      if (hazard.message.contains("value guest of role")) found += hazard.message + "\n";
    }
    return found;
  };
  const std::string guests = "These use value guest of role and will fail when they are called: function guests.\n";
  const std::string convert = " ALTER TABLE u ALTER r TYPE ";
  CHECK(naming_guest("CREATE TYPE role_new AS ENUM ('user');" + convert +
                     "role_new USING r::text::role_new; ALTER TYPE role RENAME TO role_old; ALTER TYPE role_new RENAME "
                     "TO role; DROP TYPE role_old;") == guests);
  CHECK(naming_guest("ALTER TYPE role RENAME TO role_old; CREATE TYPE role AS ENUM ('user');" + convert +
                     "role USING r::text::role; DROP TYPE role_old;") == guests);
  // All values stay.
  CHECK(naming_guest("ALTER TYPE role RENAME TO role_old; CREATE TYPE role AS ENUM ('guest', 'user', 'more');" +
                     convert + "role USING r::text::role; DROP TYPE role_old;")
            .empty());

  const std::string unused =
      "CREATE TYPE role AS ENUM ('user', 'guest');"
      "CREATE FUNCTION guest() RETURNS text LANGUAGE sql AS $$ SELECT 'guest'::role::text $$;";
  const auto all = [&](std::string_view sql) { return codes_after(unused, sql, migrate::HazardLevel::warning); };
  CHECK(all("ALTER TYPE role RENAME TO old; CREATE TYPE role AS ENUM ('user'); DROP TYPE old;") == "dependents-broken");
  CHECK(all("DROP TYPE role; CREATE TYPE role AS ENUM ('user');") == "dependents-broken");
  CHECK(all("DROP TYPE role; CREATE TYPE role AS ENUM ('user', 'guest');").empty());
  CHECK(all("ALTER TYPE role RENAME VALUE 'user' TO 'member';") == "rename-enum-value");
  CHECK(all("ALTER TYPE role RENAME VALUE 'guest' TO 'visitor';") == "rename-enum-value,dependents-broken");
  CHECK(all("ALTER TYPE role ADD VALUE 'new'; ALTER TYPE role RENAME VALUE 'new' TO 'newer';").empty());
  CHECK(all("CREATE TYPE mood AS ENUM ('good'); ALTER TYPE mood RENAME VALUE 'good' TO 'fine';").empty());
}

TEST_CASE("lint: aggregates, operators and ranges hold their types", "[migrate]") {
  const std::string role =
      "CREATE TYPE role AS ENUM ('user'); CREATE TYPE other AS ENUM ('a');"
      "CREATE FUNCTION pick(text, text) RETURNS text LANGUAGE sql AS 'SELECT $2';";
  for (const std::string made : {"CREATE AGGREGATE last(role) (SFUNC = pick, STYPE = text);",
                                 "CREATE AGGREGATE last(text) (SFUNC = pick, STYPE = role);",
                                 "CREATE AGGREGATE last(BASETYPE = role, SFUNC = pick, STYPE = text);",
                                 "CREATE AGGREGATE last(ORDER BY role) (SFUNC = pick, STYPE = text);",
                                 "CREATE OPERATOR === (LEFTARG = role, RIGHTARG = text, FUNCTION = pick);",
                                 "CREATE TYPE roles AS RANGE (SUBTYPE = role);"}) {
    INFO(made);
    CHECK(dangers(role + made, "DROP TYPE role;") == "dependents-block");
    CHECK(dangers(role + made, "DROP TYPE other;").empty());
    CHECK(dangers(role + made, "ALTER TYPE role RENAME TO old; CREATE TYPE role AS ENUM (); DROP TYPE old;") ==
          "dependents-block");
  }
}

TEST_CASE("lint: what guarded the rows and is gone or switched off", "[migrate]") {
  CHECK(codes("DROP DATABASE reports;") == "drop-database");
  CHECK(codes("DROP DATABASE IF EXISTS reports WITH (FORCE);") == "drop-database");
  for (const char* sql :
       {"ALTER TABLE \"A\" DISABLE TRIGGER ALL;", "ALTER TABLE \"A\" DISABLE TRIGGER USER;",
        "ALTER TABLE ONLY \"A\" DISABLE TRIGGER audit;", "ALTER TABLE \"A\" ENABLE REPLICA TRIGGER audit;",
        "SET session_replication_role = replica;", "SET LOCAL session_replication_role TO 'REPLICA';",
        "SELECT set_config('session_replication_role', 'replica', true);",
        "ALTER ROLE app SET session_replication_role = replica;",
        "ALTER DATABASE d SET session_replication_role = 'replica';"}) {
    INFO(sql);
    CHECK(codes(sql) == "triggers-off");
  }
  for (const char* sql :
       {"ALTER TABLE \"A\" ENABLE TRIGGER ALL;", "ALTER TABLE \"A\" ENABLE ALWAYS TRIGGER audit;",
        "SET session_replication_role = DEFAULT;", "SET session_replication_role = origin;",
        "ALTER ROLE app SET work_mem = '1MB';", "CREATE TABLE t (x INT); ALTER TABLE t DISABLE TRIGGER ALL;",
        "ALTER TABLE \"A\" FORCE ROW LEVEL SECURITY;"}) {
    INFO(sql);
    CHECK(codes(sql).empty());
  }
  CHECK(codes("ALTER TABLE nobody DISABLE TRIGGER ALL;").contains("will-fail"));
  CHECK(codes("ALTER TABLE \"A\" NO FORCE ROW LEVEL SECURITY;") == "row-security-off");
  CHECK(codes("EXPLAIN ANALYZE DELETE FROM \"A\";") == "data-deleted");
  CHECK(codes("EXPLAIN (ANALYZE off) DELETE FROM \"A\";").empty());
}

TEST_CASE("lint: uniqueness that is lost", "[migrate]") {
  const std::string table =
      "CREATE TABLE u (id INT, a INT NOT NULL, b INT, CONSTRAINT u_pkey PRIMARY KEY (id), CONSTRAINT u_ab UNIQUE (a, "
      "b)); CREATE UNIQUE INDEX u_b ON u (b); CREATE UNIQUE INDEX u_some ON u (a) WHERE b > 0; CREATE UNIQUE INDEX "
      "u_lower ON u ((a + b));";
  const auto lost = [&](std::string_view sql) {
    return codes_after(table, sql, migrate::HazardLevel::notice).contains("uniqueness-lost");
  };
  CHECK(lost("DROP INDEX u_b;"));
  CHECK(lost("DROP INDEX CONCURRENTLY IF EXISTS public.u_b;"));
  CHECK(lost("DROP INDEX u_some;"));
  CHECK(lost("DROP INDEX u_lower;"));
  CHECK(lost("ALTER TABLE u DROP CONSTRAINT u_pkey;"));
  CHECK(lost("DROP INDEX u_b; CREATE INDEX u_b ON u (b);"));
  CHECK(lost("DROP INDEX u_b; CREATE UNIQUE INDEX u_b ON u (b, a);"));
  CHECK(lost("ALTER TABLE u DROP CONSTRAINT u_pkey; ALTER TABLE u ADD CONSTRAINT u_pkey PRIMARY KEY (id, a);"));
  CHECK(lost("DROP INDEX u_b; ALTER TABLE u DROP CONSTRAINT u_ab;"));
  // Another one keeps the columns apart.
  CHECK_FALSE(lost("ALTER TABLE u DROP CONSTRAINT u_ab;"));
  CHECK_FALSE(lost("DROP INDEX u_b; ALTER TABLE u ADD CONSTRAINT u_b2 UNIQUE (b);"));
  CHECK_FALSE(lost("CREATE UNIQUE INDEX u_b2 ON u (b); DROP INDEX u_b;"));
  CHECK_FALSE(lost("DROP INDEX u_some; CREATE UNIQUE INDEX u_a ON u (a);"));
  CHECK_FALSE(lost("DROP INDEX u_b; DROP TABLE u;"));
  CHECK_FALSE(lost("DROP INDEX u_b; ALTER TABLE u DROP COLUMN b;"));
  CHECK_FALSE(lost("CREATE INDEX plain ON u (a); DROP INDEX plain;"));
}

TEST_CASE("lint: a condition that is true for every row is none", "[migrate]") {
  for (const std::string condition :
       {"true", "1 = 1", "NOT false", "'t'", "1 < 2", "true OR m = 3", "1::boolean", "NULL IS NULL",
        "true IS NOT FALSE", "5 BETWEEN 1 AND 9", "'a' = 'a' AND 2 >= 2", "1 IN (1, 2)", "coalesce(NULL, true)"}) {
    INFO(condition);
    CHECK(codes("UPDATE \"A\" SET m = 1 WHERE " + condition + ";") == "every-row-updated");
  }
  for (const std::string condition : {"m = 1", "false", "1 = 2", "NULL", "true AND m = 3", "now() IS NOT NULL",
                                      "NOT EXISTS (SELECT FROM pg_class WHERE relname = 'x')", "m = m"}) {
    INFO(condition);
    CHECK(codes("UPDATE \"A\" SET m = 1 WHERE " + condition + ";").empty());
  }
}

TEST_CASE("lint: a check over a column that is new in every row", "[migrate]") {
  const auto adds = [&](const std::string& column) {
    return dangers(kBefore, "ALTER TABLE \"A\" ADD COLUMN " + column + ";");
  };
  for (const std::string column :
       {"z int CHECK (z > 0)", "z int CHECK (z > 0 AND z < 10)", "z text CHECK (char_length(z) <= 5)",
        "z text CHECK (z IN ('a', 'b'))", "z int CHECK (z > m)", "z int CHECK (z > 0 OR m > 0)",
        "z text CHECK (z ~ '^a')", "z text CHECK (z LIKE 'a%')", "z int CHECK (z BETWEEN 1 AND 5)",
        "z int CHECK (z % 2 = 0)", "z int CHECK (z IS NULL OR z > m)", "z int NOT NULL DEFAULT 5 CHECK (z > 0)",
        "z text DEFAULT 'a' CHECK (z IN ('a', 'b'))", "z text NOT NULL DEFAULT 'a' CHECK (z <> '')",
        "z int DEFAULT 3 CHECK (z BETWEEN 1 AND 5)", "z int[] CHECK (cardinality(z) > 0)",
        "z int, ADD CONSTRAINT positive CHECK (z > 0)"}) {
    INFO(column);
    CHECK(adds(column).empty());
  }
  for (const std::string column :
       {"z int CHECK (z IS NOT NULL)", "z int CHECK (coalesce(z, 0) > 0)", "z int CHECK (m > 0)",
        "z int DEFAULT 0 CHECK (z > 0)", "z text DEFAULT 'c' CHECK (z IN ('a', 'b'))", "z int CHECK (allowed(z))",
        "z int GENERATED ALWAYS AS (m) STORED CHECK (z > 0)", "z int CHECK (z > 0 AND m > 0)"}) {
    INFO(column);
    CHECK(adds(column) == "new-check");
  }
  CHECK(dangers(kBefore, "ALTER TABLE \"A\" ADD z int; UPDATE \"A\" SET z = m; ALTER TABLE \"A\" ADD CHECK (z > 0);")
            .contains("new-check"));
  CHECK(dangers(kBefore,
                "ALTER TABLE \"A\" ADD z int DEFAULT 5; ALTER TABLE \"A\" ALTER z DROP DEFAULT; ALTER TABLE "
                "\"A\" ADD CHECK (z > 0);")
            .empty());
}

}  // namespace refract::test
