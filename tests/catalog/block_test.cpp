#include "catalog/dump.h"
#include "support/catch.h"

using namespace refract::catalog;
using namespace refract::catalog::test;

namespace {

// The SQL leaves what the plain SQL leaves, and nothing about it is unknown.
void check_like(std::string_view sql, std::string_view plain) {
  INFO(sql);
  Catalog followed = Catalog::empty(), wanted = Catalog::empty();
  for (const ReplayIssue& issue : replay(steps_of(sql), followed)) FAIL_CHECK(issue.message);
  replay(steps_of(plain), wanted);
  CHECK(dump(followed) == dump(wanted));
}

}  // namespace

TEST_CASE("a DO block of plain statements is followed", "[catalog]") {
  check_like("DO $$ BEGIN CREATE TABLE a (id int); ALTER TABLE a ADD b text; END $$",
             "CREATE TABLE a (id int, b text)");
  check_like("DO $$ BEGIN EXECUTE 'CREATE TABLE a (id int)'; END $$", "CREATE TABLE a (id int)");
  check_like("DO $x$ BEGIN NULL; RAISE NOTICE 'done'; END $x$ LANGUAGE plpgsql", "");
}

TEST_CASE("a DO block's handlers take the errors they name", "[catalog]") {
  constexpr std::string_view kType =
      "DO $$ BEGIN CREATE TYPE e AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN null; END $$;";
  check_like(kType, "CREATE TYPE e AS ENUM ('a')");
  check_like(std::string("CREATE TYPE e AS ENUM ('b'); ").append(kType), "CREATE TYPE e AS ENUM ('b')");
  check_like(
      "CREATE TABLE t (a int); DO $$ BEGIN ALTER TABLE t ADD a int; EXCEPTION WHEN SQLSTATE '42701' THEN NULL; END $$",
      "CREATE TABLE t (a int)");
  // What the block did before the error goes with it.
  check_like(
      "CREATE TABLE t (a int); DO $$ BEGIN CREATE TABLE u (a int); CREATE TABLE t (b int); "
      "EXCEPTION WHEN others THEN CREATE TABLE v (a int); END $$",
      "CREATE TABLE t (a int); CREATE TABLE v (a int)");
  CHECK(issues_of("CREATE TABLE t (a int); DO $$ BEGIN CREATE TABLE u (a int); ALTER TABLE t ADD a int; "
                  "EXCEPTION WHEN duplicate_table THEN null; END $$; DROP TABLE u") ==
        "error: column \"a\" of table \"t\" already exists\nerror: table \"u\" does not exist");
}

TEST_CASE("a DO block's conditions are looked up in the catalog", "[catalog]") {
  const std::string tables =
      "CREATE TYPE e AS ENUM ('x'); CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (a int CONSTRAINT f REFERENCES "
      "u, e e);";
  const auto holds = [&](const std::string& condition, bool expected) {
    check_like(
        tables + "DO $$ BEGIN IF " + condition + " THEN DROP TABLE t; ELSE ALTER TABLE t DROP COLUMN e; END IF; END $$",
        tables + (expected ? "DROP TABLE t" : "ALTER TABLE t DROP COLUMN e"));
  };
  holds("EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'f')", true);
  holds("NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'f' AND conrelid = 'u'::regclass)", true);
  holds(
      "EXISTS (SELECT FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
      "WHERE t.typname = 'e' AND n.nspname = 'public')",
      true);
  holds("EXISTS (SELECT 1 FROM pg_enum WHERE enumlabel = 'x' AND enumtypid = 'e'::regtype)", true);
  holds(
      "EXISTS (SELECT 1 FROM pg_enum WHERE enumlabel = 'y' AND enumtypid = (SELECT oid FROM pg_type WHERE typname = "
      "'e'))",
      false);
  holds(
      "EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = current_schema() AND "
      "table_name = 't' AND column_name = 'a' AND data_type = 'integer')",
      true);
  holds("EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name IN ('nope', 'none'))", false);
  holds(
      "(SELECT count(*) FROM information_schema.table_constraints WHERE table_name = 'u' AND "
      "constraint_type = 'PRIMARY KEY') = 1",
      true);
  holds("to_regclass('public.nope') IS NULL AND NOT to_regclass('t') IS NULL", true);
  check_like(
      tables +
          "DO $$ DECLARE known boolean; BEGIN SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = 't') INTO known; "
          "IF NOT known THEN RETURN; END IF; DROP TABLE t; END $$",
      tables + "DROP TABLE t");
  check_like(tables +
                 "DO $$ BEGIN PERFORM 1 FROM pg_indexes WHERE indexname = 'nope'; "
                 "IF NOT FOUND THEN CREATE INDEX nope ON t (a); END IF; END $$",
             tables + "CREATE INDEX nope ON t (a)");
}

TEST_CASE("a DO block whose effect is known only when it runs is opaque and leaves nothing behind", "[catalog]") {
  const auto opaque = [](const std::string& block) {
    INFO(block);
    Catalog catalog = Catalog::empty();
    const auto issues = replay(steps_of("CREATE TABLE t (a int); " + block), catalog);
    REQUIRE(issues.size() == 1);
    CHECK_FALSE(issues[0].error);
    CHECK(dump(catalog) == "table t\n  a INTEGER\n");
  };
  opaque("DO $$ BEGIN CREATE TABLE u (a int); EXECUTE format('DROP TABLE %I', 't'); END $$");
  opaque("DO $$ DECLARE r record; BEGIN FOR r IN SELECT 1 LOOP CREATE TABLE u (a int); END LOOP; END $$");
  opaque("DO $$ BEGIN IF EXISTS (SELECT 1 FROM t) THEN DROP TABLE t; END IF; END $$");
  opaque("DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relkind = 'm') THEN DROP TABLE t; END IF; END $$");
  opaque("DO $$ BEGIN IF version() LIKE 'x%' THEN DROP TABLE t; END IF; END $$");
  opaque("DO $$ BEGIN PERFORM my_own(); END $$");
  opaque("DO LANGUAGE plpython3u $$ x = 1 $$");
}

TEST_CASE("a DO block that only touches rows passes", "[catalog]") {
  check_like(
      "CREATE TABLE t (a int); DO $$ DECLARE r record; BEGIN FOR r IN SELECT a FROM t LOOP "
      "UPDATE t SET a = r.a + 1; END LOOP; IF EXISTS (SELECT 1 FROM t WHERE a IS NULL) THEN "
      "RAISE EXCEPTION 'no'; END IF; END $$",
      "CREATE TABLE t (a int)");
}
