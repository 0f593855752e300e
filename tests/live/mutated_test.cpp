#include <array>
#include <random>
#include <string>
#include <vector>

#include "catalog/parse/sql.h"
#include "live/session.h"
#include "support/catch.h"
#include "support/postgres.h"

// Whether a text parses: offline and on a PostgreSQL of the grammar's version, for texts that are nearly SQL.
namespace refract::test {
namespace {

constexpr std::array<std::string_view, 24> kTexts = {
    "CREATE TABLE \"User\" (\"id\" SERIAL NOT NULL, \"email\" TEXT NOT NULL DEFAULT 'a''b', CONSTRAINT \"User_pkey\" "
    "PRIMARY KEY (\"id\"));\n",
    "-- CreateIndex\nCREATE UNIQUE INDEX \"User_email_key\" ON \"User\"(\"email\" DESC NULLS LAST) WHERE id > 0;\n",
    "ALTER TABLE \"Post\" ADD CONSTRAINT \"Post_fkey\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"User\"(\"id\", \"c\") "
    "ON "
    "DELETE SET NULL ON UPDATE CASCADE;\n",
    "CREATE TYPE \"Role\" AS ENUM ('ADMIN', 'USER');\nALTER TYPE \"Role\" ADD VALUE IF NOT EXISTS 'X' BEFORE 'USER';\n",
    "BEGIN;\nALTER TABLE t ALTER COLUMN x TYPE numeric(10,2) USING x::numeric(10,2), ALTER y DROP DEFAULT;\nCOMMIT;\n",
    "CREATE INDEX CONCURRENTLY i ON t USING gin (lower(name) gin_trgm_ops, (a->>'b')) INCLUDE (c) WITH "
    "(fillfactor=70);\n",
    "DO $body$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type) THEN CREATE TYPE x AS (a int); END IF; END $body$;\n",
    "CREATE OR REPLACE FUNCTION f(a int DEFAULT 1, VARIADIC b text[]) RETURNS TABLE (x int) LANGUAGE sql AS $$ SELECT "
    "1; "
    "$$ IMMUTABLE;\n",
    "CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;\n",
    "CREATE TRIGGER tr AFTER INSERT OR UPDATE OF a, b ON t FOR EACH ROW WHEN (NEW.a IS DISTINCT FROM OLD.a) EXECUTE "
    "FUNCTION f();\n",
    "CREATE POLICY p ON t AS RESTRICTIVE FOR SELECT TO public USING (owner = current_user) WITH CHECK (true);\n",
    "INSERT INTO t (a, b) VALUES (1, E'x\\n'), (-2.5e3, NULL) ON CONFLICT (a) DO UPDATE SET b = EXCLUDED.b RETURNING "
    "*;\n",
    "UPDATE t SET a = DEFAULT, (b, c) = (SELECT 1, 2) FROM u WHERE t.id = u.id AND u.x NOT IN (1, 2);\n",
    "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5) DELETE FROM t USING r WHERE t.a = "
    "r.n;\n",
    "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (u.id);\n",
    "CREATE VIEW v (a) AS SELECT count(*) FILTER (WHERE b) OVER (PARTITION BY c ORDER BY d ROWS 1 PRECEDING) FROM t;\n",
    "CREATE TABLE p (a int, b date) PARTITION BY RANGE (b);\nCREATE TABLE p1 PARTITION OF p FOR VALUES FROM (MINVALUE) "
    "TO "
    "('2020-01-01');\n",
    "GRANT SELECT (a, b), UPDATE ON t TO r WITH GRANT OPTION;\nREVOKE ALL ON SCHEMA public FROM PUBLIC CASCADE;\n",
    "COMMENT ON COLUMN t.a IS U&'d\\0061t\\+000061';\nSELECT $1, :a;\n",
    "SET search_path = public, \"$user\";\nSET LOCAL lock_timeout TO '1s';\nRESET ALL;\n",
    "SELECT a.b.c, ARRAY[1,2]::int[], (r).x[1:2], CASE WHEN a THEN 1 ELSE 2 END, x'1F', b'01', 1::\"char\" FROM a "
    "NATURAL "
    "JOIN b;\n",
    "/* outer /* inner */ still */ ALTER TABLE ONLY t RENAME COLUMN a TO b; -- end\n",
    "VACUUM (ANALYZE, VERBOSE) t;\nREINDEX (CONCURRENTLY) INDEX i;\nALTER SYSTEM SET a = 1;\n",
    "CREATE DOMAIN d AS text CHECK (VALUE ~ '^[a-z]+$');\nCREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" WITH SCHEMA "
    "x;\n"};

constexpr std::string_view kInserted = "();,.'\"`$-*/\\:=<>+%&|!~?@#[]{}_ \n\tabzAZ019";
constexpr std::array<std::string_view, 16> kWords = {"SELECT", "FROM", "foo", "\"x\"", "'s'", "42", "NOT", "NULL",
                                                     "foo;",   "42;",  "''",  "$$",    "--",  "/*", "\\d", "AS"};

std::string mutated(std::mt19937& random) {
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  std::string text(kTexts[below(kTexts.size())]);
  if (below(3) == 0) text += kTexts[below(kTexts.size())];
  for (std::size_t count = 1 + below(3); count > 0 && !text.empty(); --count) {
    const std::size_t at = below(text.size());
    switch (below(7)) {
      case 0:
        text.erase(at, 1);
        break;
      case 1:
        text.insert(at, 1, kInserted[below(kInserted.size())]);
        break;
      case 2:
        text[at] = kInserted[below(kInserted.size())];
        break;
      case 3: {  // a word goes
        const std::size_t end = text.find_first_of(" \n", at);
        text.erase(at, end == std::string::npos ? 1 : end - at + 1);
        break;
      }
      case 4:
        text.insert(at, std::string(" ").append(kWords[below(kWords.size())]).append(" "));
        break;
      case 5:
        if (below(8) == 0) text.resize(at);
        break;
      default: {  // two neighbouring words change places
        const std::size_t first = text.find(' ', at);
        const std::size_t second = first == std::string::npos ? first : text.find(' ', first + 1);
        if (second == std::string::npos) break;
        const std::string word = text.substr(first, second - first);
        text.erase(first, second - first);
        text.insert(at, word);
      }
    }
  }
  return text;
}

}  // namespace

TEST_CASE("mutated texts: offline and PostgreSQL agree on whether they parse", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  auto session = live::Session::open(fresh_database());
  REQUIRE(session);
  // Other versions have another grammar.
  if (session->server_version() / 10000 != 15) return;
  constexpr int kCount = 10'000;
  std::mt19937 random(17);
  int parsed = 0;
  int different = 0;
  for (int turn = 0; turn < kCount && different < 10; ++turn) {
    const std::string text = mutated(random);
    const live::ScriptResult result = session->run_script("SELECT 1/0;" + text);
    REQUIRE(result.failure);
    REQUIRE(result.completed == 0);
    // The division is the first thing that runs: where it fails, all of the text was parsed.
    const bool there = result.failure->state == "22012";
    const bool here = catalog::parse_sql(text).errors.empty();
    const bool leniently = catalog::parse_leniently(text).errors.empty();
    parsed += there ? 1 : 0;
    if (here == there && leniently == there) continue;
    ++different;
    INFO(text);
    INFO("PostgreSQL: " << result.failure->state << " " << result.failure->error.message);
    CHECK(here == there);
    CHECK(leniently == there);
  }
  // Both kinds are there in numbers.
  CHECK(parsed > kCount / 20);
  CHECK(parsed < kCount - kCount / 20);
}

}  // namespace refract::test
