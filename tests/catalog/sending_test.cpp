#include "catalog/parse/sending.h"

#include "catalog/parse/sql.h"
#include "support/catch.h"

// How a statement has to be sent, and that no statement of a text is passed over.
namespace refract::test {
namespace {

using catalog::parse_leniently;
using catalog::parse_sql;
using catalog::Sending;

std::string command_of(std::string_view sql) {
  const catalog::ParsedSql parsed = parse_sql(sql);
  if (parsed.statements.size() != 1) return "statements: " + std::to_string(parsed.statements.size());
  const catalog::SendingRule rule = parsed.statements.front().rule;
  if (rule.sending == Sending::anywhere) return "anywhere";
  return (rule.sending == Sending::alone ? "alone: " : "") + std::string(rule.command);
}

std::string errors_of(std::string_view sql) {
  std::string text;
  for (const catalog::SqlError& error : parse_leniently(sql).errors) {
    text += std::to_string(error.range.line + 1) + ": " + error.message + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("sending: what refuses a transaction block", "[catalog]") {
  CHECK(command_of("CREATE INDEX CONCURRENTLY i ON t (a)") == "alone: CREATE INDEX CONCURRENTLY");
  CHECK(command_of("DROP INDEX CONCURRENTLY i") == "alone: DROP INDEX CONCURRENTLY");
  CHECK(command_of("REINDEX TABLE CONCURRENTLY t") == "alone: REINDEX CONCURRENTLY");
  CHECK(command_of("REINDEX (CONCURRENTLY on) INDEX i") == "alone: REINDEX CONCURRENTLY");
  CHECK(command_of("REINDEX SCHEMA public") == "alone: REINDEX SCHEMA");
  CHECK(command_of("VACUUM (ANALYZE) t") == "alone: VACUUM");
  CHECK(command_of("CLUSTER") == "alone: CLUSTER");
  CHECK(command_of("ALTER SYSTEM SET work_mem = '8MB'") == "alone: ALTER SYSTEM");
  CHECK(command_of("CREATE DATABASE other") == "alone: CREATE DATABASE");
  CHECK(command_of("DROP DATABASE other") == "alone: DROP DATABASE");
  CHECK(command_of("ALTER DATABASE d SET TABLESPACE s") == "alone: ALTER DATABASE SET TABLESPACE");
  CHECK(command_of("CREATE TABLESPACE s LOCATION '/x'") == "alone: CREATE TABLESPACE");
  CHECK(command_of("ALTER TABLE t DETACH PARTITION p CONCURRENTLY") == "alone: ALTER TABLE ... DETACH CONCURRENTLY");
  CHECK(command_of("CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p").starts_with("alone: "));
  CHECK(command_of("ALTER SUBSCRIPTION s REFRESH PUBLICATION").starts_with("alone: "));
  CHECK(command_of("DISCARD ALL") == "alone: DISCARD ALL");
  CHECK(command_of("COMMIT PREPARED 'x'") == "alone: COMMIT PREPARED");
  CHECK(command_of("DO $$ BEGIN PERFORM 1; COMMIT; END $$") == "alone: DO with COMMIT");
}

TEST_CASE("sending: what refuses to run outside of a transaction block", "[catalog]") {
  CHECK(command_of("SAVEPOINT s") == "SAVEPOINT");
  CHECK(command_of("RELEASE s") == "RELEASE SAVEPOINT");
  CHECK(command_of("ROLLBACK TO s") == "ROLLBACK TO SAVEPOINT");
}

TEST_CASE("sending: what does not", "[catalog]") {
  for (const char* sql :
       {"CREATE INDEX i ON t (a)", "REINDEX TABLE t", "REINDEX (CONCURRENTLY off) TABLE t", "ANALYZE", "CLUSTER t",
        "DISCARD TEMP", "ALTER DATABASE d SET work_mem = '8MB'", "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
        "ALTER TYPE e ADD VALUE 'x'", "ALTER TABLE t DETACH PARTITION p", "LOCK TABLE t",
        "DECLARE c CURSOR FOR SELECT 1", "COPY t TO STDOUT", "COPY t FROM '/x'",
        "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = false)",
        "ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)", "ALTER SUBSCRIPTION s DISABLE"}) {
    INFO(sql);
    CHECK(command_of(sql) == "anywhere");
  }
  CHECK(command_of("BEGIN ISOLATION LEVEL SERIALIZABLE") == "BEGIN");
  CHECK(command_of("START TRANSACTION") == "BEGIN");
  CHECK(command_of("END") == "COMMIT");
  CHECK(command_of("ABORT") == "ROLLBACK");
  CHECK(command_of("DO $$ BEGIN PERFORM 'commit'; END $$") == "DO");
  CHECK(command_of("CALL p()") == "CALL");
  CHECK(command_of("COPY t FROM STDIN") == "COPY FROM STDIN");
}

TEST_CASE("sending: a text read statement by statement passes over nothing", "[catalog]") {
  // The scanner alone leaves these out, as there is no keyword in them.
  CHECK(errors_of("SELECT 1;\nfoo;\n") == "2: syntax error at or near \"foo\"\n");
  CHECK(errors_of("42;") == "1: syntax error at or near \"42\"\n");
  CHECK(errors_of("foo bar;\nSELECT 1;").starts_with("1: syntax error"));
  CHECK(errors_of("SELECT 1;\n\"User\"(1);").starts_with("2: syntax error"));
  CHECK(errors_of("SELECT 1;\n'text';").starts_with("2: syntax error"));
  CHECK(errors_of("\\d").starts_with("1: a psql command"));
  CHECK(errors_of("SELECT 1;\n\\connect other\nSELECT 2;").starts_with("2: a psql command"));
  CHECK(errors_of("SELECT 1;\n\\echo it's").starts_with("2: "));
  CHECK(errors_of("-- nothing\n;; /* here */ ;").empty());
  CHECK(errors_of("SELECT 1;\nCREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;\nSELEC;") ==
        "3: syntax error at or near \"SELEC\"\n");
  CHECK(errors_of(std::string("SELECT 1;\n-- a\0b\nSELECT 2;", 25)) == "2: SQL must not contain a NUL byte\n");
  CHECK(errors_of("\xEF\xBB\xBFSELECT 1;").empty());
  CHECK(parse_leniently("SELECT 1; SELECT 2").statements.size() == 2);
}

TEST_CASE("parameters: refused where PostgreSQL wants a constant", "[catalog]") {
  for (const char* sql : {"SET a = $1", "SET a TO 1, $1", "ALTER SYSTEM SET a = $1", "SET TIME ZONE $1", "SET ROLE $1",
                          "ALTER ROLE r PASSWORD $1", "ALTER ROLE r SET a = $1", "ALTER DATABASE d SET a = $1",
                          "SELECT INTERVAL $1", "SELECT DATE $1", "SELECT EXTRACT($1 FROM a)"}) {
    INFO(sql);
    CHECK(errors_of(sql) == "1: syntax error at or near \"$1\"\n");
  }
  for (const char* sql : {"SELECT $1::date", "SELECT CAST($1 AS date)", "SELECT extract(year FROM $1)", "EXECUTE p($1)",
                          "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT $1'",
                          "CREATE FUNCTION f(int) RETURNS int RETURN $1", "SELECT position($1 in $2)"}) {
    INFO(sql);
    CHECK(errors_of(sql).empty());
  }
}

}  // namespace refract::test
