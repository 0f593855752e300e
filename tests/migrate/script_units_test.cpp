#include "migrate/history/script_units.h"

#include "catalog/parse/sql.h"
#include "migrate/history/checksum.h"
#include "support/catch.h"

namespace refract::test {
namespace {

using migrate::ScriptUnit;
using migrate::UnitKind;

// "tx(2) alone(1) as-is(3)"
std::string units_of(std::string_view sql, std::size_t first = 0) {
  std::string text;
  for (const ScriptUnit& unit : migrate::read_script(sql, first).units) {
    const std::string_view kind = unit.kind == UnitKind::transaction ? "tx"
                                  : unit.kind == UnitKind::alone     ? "alone"
                                                                     : "as-is";
    text += std::string(text.empty() ? "" : " ") + std::string(kind) + "(" + std::to_string(unit.count) + ")";
  }
  return text;
}

std::string problems_of(std::string_view sql) {
  std::string text;
  const catalog::ParsedSql parsed = catalog::parse_sql(sql);
  for (const migrate::ScriptProblem& problem : migrate::script_problems(parsed.statements))
    text += std::to_string(problem.range.line + 1) + ": " + problem.message + "\n";
  return text;
}

}  // namespace

TEST_CASE("script units: only what refuses a transaction runs alone", "[migrate]") {
  CHECK(units_of("") == "");
  CHECK(units_of("-- nothing") == "");
  CHECK(units_of("SELECT 1; SELECT 2;") == "tx(2)");
  CHECK(units_of("CREATE INDEX CONCURRENTLY a ON t (x); CREATE INDEX CONCURRENTLY b ON t (y);") == "alone(1) alone(1)");
  CHECK(units_of("SET lock_timeout = '1s'; CREATE INDEX CONCURRENTLY a ON t (x);") == "tx(1) alone(1)");
  CHECK(units_of("CREATE TABLE a (); CREATE TABLE b (); VACUUM; CREATE TABLE c (); CREATE TABLE d ();") ==
        "tx(2) alone(1) tx(2)");
  CHECK(units_of("SELECT 1; BEGIN; SELECT 2; COMMIT; VACUUM; SELECT 3;") == "tx(1) as-is(3) alone(1) tx(1)");
  CHECK(units_of("ALTER SYSTEM SET work_mem = '8MB'; SELECT pg_reload_conf();") == "alone(1) tx(1)");
  CHECK(units_of("SAVEPOINT s; SELECT 1; ROLLBACK TO s;") == "tx(3)");
}

TEST_CASE("script units: transactions of a script's own are sent as they are", "[migrate]") {
  CHECK(units_of("BEGIN; SELECT 1; COMMIT;") == "as-is(3)");
  CHECK(units_of("SELECT 1; COMMIT; SELECT 2;") == "as-is(3)");
  CHECK(units_of("BEGIN; VACUUM; COMMIT;") == "as-is(3)");
  CHECK(units_of("DO $$ BEGIN PERFORM 1; END $$") == "as-is(1)");
  CHECK(units_of("CALL p();") == "as-is(1)");
  CHECK(units_of("CALL p(); SELECT 1;") == "tx(2)");
  CHECK(units_of("DO $$ BEGIN COMMIT; END $$; SELECT 1;") == "alone(1) tx(1)");
}

TEST_CASE("script units: what the grammar does not read is sent all the same", "[migrate]") {
  CHECK(units_of("SELECT 1_000") == "tx(1)");
  CHECK(units_of("INSERT INTO t VALUES (0x1F); CREATE INDEX CONCURRENTLY a ON t (x); SELECT 1;") ==
        "tx(1) alone(1) tx(1)");
  const std::string_view open = "CREATE TABLE a (x text DEFAULT 'no end);";
  CHECK(units_of(open) == "tx(1)");
  const migrate::Script script = migrate::read_script(open);
  CHECK(script.sent(script.units.front()).text == open);
}

TEST_CASE("script units: the rest of a script", "[migrate]") {
  const std::string_view sql = "CREATE TABLE a (); VACUUM; CREATE TABLE b (); CREATE TABLE c ();";
  CHECK(units_of(sql, 1) == "alone(1) tx(2)");
  CHECK(units_of(sql, 2) == "tx(2)");
  CHECK(units_of(sql, 4) == "");
  const migrate::Script rest = migrate::read_script(sql, 2);
  CHECK_FALSE(rest.one_transaction());
  CHECK(rest.sent(rest.units.front()).text == "CREATE TABLE b (); CREATE TABLE c ()");
}

TEST_CASE("script units: how much of a script with transactions of its own took effect", "[migrate]") {
  const migrate::Script script = migrate::read_script("SELECT 1; BEGIN; SELECT 2; COMMIT; SELECT 3; SELECT 4;");
  const ScriptUnit& unit = script.units.front();
  CHECK(script.committed(unit, 0) == 0);
  CHECK(script.committed(unit, 2) == 0);
  CHECK(script.committed(unit, 4) == 4);
  CHECK(script.committed(unit, 5) == 4);
}

TEST_CASE("script units: what a script takes back took no effect", "[migrate]") {
  const auto committed = [](std::string_view sql) {
    const migrate::Script script = migrate::read_script(sql);
    return script.committed(script.units.front(), script.statements.size() - 1);
  };
  CHECK(committed("SELECT 1; ROLLBACK; SAVEPOINT s;") == 0);
  CHECK(committed("BEGIN; SELECT 1; ROLLBACK; SELECT 1/0;") == 0);
  CHECK(committed("BEGIN; SELECT 1; COMMIT; BEGIN; SELECT 2; ROLLBACK; SELECT 1/0;") == 3);
  CHECK(committed("SELECT 1; COMMIT; SELECT 2; ABORT; COMMIT; SELECT 1/0;") == 2);
  CHECK(committed("BEGIN; SELECT 1; ROLLBACK; BEGIN; SELECT 2; END; SELECT 1/0;") == 6);

  const auto taken_back = [](std::string_view sql) {
    const migrate::Script script = migrate::read_script(sql);
    return script.taken_back(script.statements.size());
  };
  using Places = std::vector<std::size_t>;
  CHECK(taken_back("BEGIN; SELECT 1; COMMIT;").empty());
  CHECK(taken_back("BEGIN; SELECT 1; ROLLBACK; BEGIN; SELECT 2; COMMIT;") == Places{1});
  CHECK(taken_back("SELECT 1; ROLLBACK; SELECT 2; COMMIT;") == Places{0});
  CHECK(taken_back("BEGIN; SELECT 1; SAVEPOINT a; SELECT 2; ROLLBACK TO a; SELECT 3; COMMIT;") == Places{3});
  CHECK(taken_back("BEGIN; SAVEPOINT a; SELECT 1; SAVEPOINT b; SELECT 2; ROLLBACK TO SAVEPOINT a; COMMIT;") ==
        Places{2, 3, 4});
}

TEST_CASE("script units: savepoints outside of a transaction block", "[migrate]") {
  // In the transaction that deploy opens, all of these run.
  for (const char* sql :
       {"SAVEPOINT a; SELECT 1; ROLLBACK TO a;", "SAVEPOINT a; RELEASE a;", "LOCK TABLE t;",
        "DECLARE c CURSOR FOR SELECT 1;", "SAVEPOINT a; SELECT 1; RELEASE a; VACUUM;",
        "BEGIN; SAVEPOINT a; RELEASE a; COMMIT;", "BEGIN; SELECT 1; COMMIT AND CHAIN; SAVEPOINT a; COMMIT;",
        "SELECT 1; COMMIT; LOCK TABLE t;"}) {
    INFO(sql);
    CHECK_FALSE(problems_of(sql).contains("can only be used"));
  }
  const std::string why =
      " can only be used in transaction blocks, and this script begins and ends its own; put it between BEGIN and "
      "COMMIT\n";
  CHECK(problems_of("SELECT 1;\nCOMMIT;\nSAVEPOINT a;") == "3: SAVEPOINT" + why);
  CHECK(problems_of("SAVEPOINT a; BEGIN; COMMIT;") == "1: SAVEPOINT" + why);
  CHECK(problems_of("BEGIN; SAVEPOINT a; COMMIT;\nROLLBACK TO a;") == "2: ROLLBACK TO SAVEPOINT" + why);
  CHECK(problems_of("BEGIN; SAVEPOINT a; COMMIT;\nRELEASE a;") == "2: RELEASE SAVEPOINT" + why);
}

TEST_CASE("script units: what is known to fail", "[migrate]") {
  CHECK(problems_of("SELECT 1; CREATE INDEX CONCURRENTLY a ON t (x);").empty());
  CHECK(problems_of("BEGIN; SELECT 1; COMMIT;").empty());
  CHECK(problems_of("BEGIN;\nSELECT 1;\nVACUUM;\nCOMMIT;") ==
        "3: VACUUM cannot run inside a transaction block; end the one that begins at line 1 before it\n");
  CHECK(problems_of("SELECT 1;\nBEGIN;\nSELECT 2;") == "2: this transaction is begun and never ended; add COMMIT\n");
  CHECK(problems_of("BEGIN; SELECT 1; COMMIT AND CHAIN; SELECT 2;").starts_with("1: this transaction is begun"));
  CHECK(problems_of("COMMIT AND CHAIN;") == "1: COMMIT AND CHAIN can only be used in transaction blocks\n");
  CHECK(problems_of("COPY t FROM STDIN;").starts_with("1: COPY FROM STDIN reads rows"));
  CHECK(problems_of("START TRANSACTION;\nDROP INDEX CONCURRENTLY a;\nEND;").starts_with("2: DROP INDEX CONCURRENTLY"));
  CHECK(problems_of("BEGIN; SELECT 1; ABORT;").empty());
  CHECK(problems_of("DO $$ BEGIN CREATE INDEX CONCURRENTLY i ON t (x); END $$;") ==
        "1: CREATE INDEX CONCURRENTLY cannot be executed from a DO block; write it as a separate statement\n");
  CHECK(problems_of("DO $$ BEGIN BEGIN EXECUTE 'VACUUM t'; END; END $$;").starts_with("1: VACUUM cannot be executed"));
  // What a condition may pass over is not known to fail.
  CHECK(problems_of("DO $$ BEGIN IF a() THEN CREATE INDEX CONCURRENTLY i ON t (x); END IF; END $$;").empty());
  CHECK(problems_of("DO $$ BEGIN RETURN; VACUUM t; END $$;").empty());
  CHECK(problems_of("DO $$ BEGIN VACUUM t; EXCEPTION WHEN others THEN NULL; END $$;").empty());
  CHECK(problems_of("DO $$ BEGIN EXECUTE 'CREATE ' || 'DATABASE x'; END $$;").empty());
}

TEST_CASE("script units: places count characters from 1", "[migrate]") {
  const auto place = [](std::string_view sql, std::size_t offset) {
    const migrate::ScriptPlace found = migrate::place_of(sql, offset);
    return std::to_string(found.line) + ":" + std::to_string(found.column);
  };
  CHECK(place("SELECT 1;", 0) == "1:1");
  CHECK(place("a\nbc", 3) == "2:2");
  CHECK(place("ä x", 3) == "1:3");
  CHECK(place("\xEF\xBB\xBFSELECT", 3) == "1:1");
}

TEST_CASE("checksum: line ends and leading zeros make no other migration", "[migrate]") {
  const std::string lf = "CREATE TABLE a (\n  id INT\n);\n";
  const std::string crlf = "CREATE TABLE a (\r\n  id INT\r\n);\r\n";
  const std::string mixed = "CREATE TABLE a (\r\n  id INT\n);\n";
  for (const std::string& recorded : {lf, crlf}) {
    for (const std::string& text : {lf, crlf, mixed})
      CHECK(migrate::matches_checksum(text, migrate::sha256_hex(recorded)));
  }
  CHECK_FALSE(migrate::matches_checksum(lf + " ", migrate::sha256_hex(lf)));
  CHECK_FALSE(migrate::matches_checksum("a\rb", migrate::sha256_hex("a\nb")));
  // Early versions of Prisma wrote one digit for a byte below 16.
  const std::string padded = migrate::sha256_hex("b");
  std::string unpadded;
  for (std::size_t at = 0; at < padded.size(); at += 2)
    unpadded += padded.substr(padded[at] == '0' ? at + 1 : at, padded[at] == '0' ? 1 : 2);
  CHECK(unpadded.size() < padded.size());
  CHECK(migrate::matches_checksum("b", unpadded));
}

}  // namespace refract::test
