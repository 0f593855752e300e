#include "catalog/parse/sql.h"

#include <array>
#include <thread>

#include "catalog/dump.h"
#include "support/catch.h"

using namespace refract::catalog;
using namespace refract::catalog::test;

namespace {

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("steps know their statement's place", "[catalog]") {
  const std::string sql =
      "-- a comment; with a semicolon\nCREATE TABLE \"ü\" (a int);\n\n/* more */ DROP TABLE \"ü\"  ;";
  const std::vector<Step> steps = steps_of(sql);
  REQUIRE(steps.size() == 2);
  CHECK(sql.substr(steps[0].origin.begin, steps[0].origin.end - steps[0].origin.begin) == "CREATE TABLE \"ü\" (a int)");
  CHECK(sql.substr(steps[1].origin.begin, steps[1].origin.end - steps[1].origin.begin) == "DROP TABLE \"ü\"");
  CHECK(steps[0].origin.line == 1);
  CHECK(steps[1].origin.line == 3);
}

TEST_CASE("SQL that does not parse: one error at its place, no steps", "[catalog]") {
  const auto error_of = [](std::string_view sql) {
    const ParsedSql parsed = parse_sql(sql);
    CHECK(parsed.steps.empty());
    REQUIRE(parsed.errors.size() == 1);
    const SqlRange range = parsed.errors[0].range;
    return std::make_pair(std::string(sql.substr(range.begin, range.end - range.begin)), range.line);
  };
  CHECK(error_of("CREATE TABLE a (\n  id int\n  x int);\n") == std::make_pair(std::string("x"), 2U));
  CHECK(error_of("SELECT 'ééé';\nSELEC 1") == std::make_pair(std::string("SELEC"), 1U));
  CHECK(error_of("CREATE TABLE a (id int") == std::make_pair(std::string(), 0U));
  CHECK(error_of(std::string("SELECT 1;\nSE\0L", 14)).second == 1);
  CHECK(error_of("CREATE TABLE a (\"\xff\" int)").second == 0);
  CHECK(parse_sql("CREATE TABL a ()").errors[0].message.find("TABL") != std::string::npos);
}

TEST_CASE("empty text, comments and a byte order mark", "[catalog]") {
  CHECK(steps_of("").empty());
  CHECK(steps_of("-- nothing\n;;\n/* at all */").empty());
  const std::vector<Step> steps = steps_of(
      "\xEF\xBB\xBF"
      "CREATE TABLE a (id int)");
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].origin.begin == 3);
}

TEST_CASE("many texts at once give what each gives alone", "[catalog]") {
  const std::array<std::string_view, 10> texts = {"CREATE TABLE a (id int)",
                                                  "",
                                                  "SELECT 1; /*",
                                                  "*/ CREATE TABLE b (id int)",
                                                  "-- comment at the end",
                                                  "nonsense;",
                                                  "\n\nCREATE TABLE c (x int DEFAULT -5) -- c",
                                                  "SELECT '",
                                                  "' ; SELECT 1",
                                                  "\xEF\xBB\xBFSELECT 1;;SELECT 2"};
  const std::vector<ParsedSql> together = parse_many(texts);
  REQUIRE(together.size() == texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    INFO(texts[i]);
    const ParsedSql alone = parse_sql(texts[i]);
    REQUIRE(together[i].steps.size() == alone.steps.size());
    REQUIRE(together[i].errors.size() == alone.errors.size());
    for (std::size_t step = 0; step < alone.steps.size(); ++step) {
      CHECK(together[i].steps[step].change.index() == alone.steps[step].change.index());
      CHECK(together[i].steps[step].origin.begin == alone.steps[step].origin.begin);
      CHECK(together[i].steps[step].origin.end == alone.steps[step].origin.end);
      CHECK(together[i].steps[step].origin.line == alone.steps[step].origin.line);
    }
    for (std::size_t error = 0; error < alone.errors.size(); ++error) {
      CHECK(together[i].errors[error].message == alone.errors[error].message);
      CHECK(together[i].errors[error].range.begin == alone.errors[error].range.begin);
    }
  }
}

TEST_CASE("deep nesting is an error, not a crash", "[catalog]") {
  for (const std::string& sql :
       {"SELECT " + repeated("1+", 100'000) + "1", "SELECT " + repeated("(", 100'000) + "1" + repeated(")", 100'000),
        "SELECT 1" + repeated("::int", 50'000), "SELECT " + repeated("NOT ", 50'000) + "true"}) {
    CHECK(parse_sql(sql).errors.size() == 1);
  }
  CHECK(parse_sql("CREATE TABLE t (x text DEFAULT " + repeated("lower(", 100) + "'A'" + repeated(")", 100) + ")")
            .errors.empty());
}

TEST_CASE("what PostgreSQL's scanner would read again and again is an error", "[catalog]") {
  for (const std::string& sql : {repeated("/*", 10'000), repeated("/*", 10'000) + repeated("*/", 10'000),
                                 "SELECT 1" + repeated("+", 10'000) + "1", "SELECT 1" + repeated("+-", 10'000) + "1"}) {
    const ParsedSql parsed = parse_sql("SELECT 1;\n" + sql);
    REQUIRE(parsed.errors.size() == 1);
    CHECK(parsed.errors[0].message.size() < 500);
  }
  for (const std::string& sql :
       {"/*" + repeated("*", 10'000) + "/ SELECT 1", "--" + repeated("-=", 10'000) + "\nSELECT 1",
        "/* /* " + repeated("=", 10'000) + " */ */ SELECT 1", "SELECT '" + repeated("/", 10'000) + "'"}) {
    CHECK(parse_sql(sql).errors.empty());
  }
}

TEST_CASE("threads may parse at the same time", "[catalog]") {
  std::array<std::size_t, 4> counts{};
  {
    std::vector<std::jthread> threads;
    for (std::size_t& count : counts) {
      threads.emplace_back([&count] {
        for (int i = 0; i < 50; ++i) count += parse_sql("CREATE TABLE a (id int); DROP TABLE a").steps.size();
      });
    }
  }
  for (const std::size_t count : counts) CHECK(count == 100);
}

TEST_CASE("a text with mistakes gives the statements around them", "[catalog]") {
  constexpr std::string_view kSql =
      "\\connect app\nCREATE TABLE a (id int);\nCREATE TABEL b ();\n\\echo done\nALTER TABLE a ADD x text;\n";
  const ParsedSql parsed = parse_leniently(kSql);
  REQUIRE(parsed.errors.size() == 3);
  CHECK(parsed.errors[0].range.line == 0);
  CHECK(parsed.errors[1].range.line == 2);
  CHECK(kSql.substr(parsed.errors[1].range.begin).starts_with("TABEL"));
  CHECK(parsed.errors[2].range.line == 3);
  REQUIRE(parsed.steps.size() == 2);
  CHECK(parsed.steps[1].origin.line == 4);
  CHECK(kSql.substr(parsed.steps[1].origin.begin, 13) == "ALTER TABLE a");
  CHECK(parse_leniently("SELECT 'no end").errors.size() == 1);
}

TEST_CASE("a text that the scanner refuses still has its statements", "[catalog]") {
  // What PostgreSQL 16 reads and the scanner of 15 does not: the others are read.
  const ParsedSql newer = parse_leniently("CREATE TABLE a (id int);\nINSERT INTO a VALUES (1_000), (0x1F);\nVACUUM;");
  REQUIRE(newer.statements.size() == 3);
  CHECK(newer.statements[1].range.line == 1);
  CHECK(newer.statements[2].rule.sending == Sending::alone);
  CHECK(newer.errors.size() == 1);
  CHECK(newer.steps.size() == 2);
  // Names, parameters and quotes of dollars keep their digits and letters apart from numerals.
  CHECK(parse_leniently("SELECT 1_0; DO $a1_b$ BEGIN END $a1_b$; SELECT t1_x FROM a1_b;").statements.size() == 3);
  CHECK(parse_leniently("SELECT 1; SELECT 'no end").statements.size() == 1);
  CHECK(parse_leniently("-- only a comment").statements.empty());
  // A second byte order mark, as two files joined to one have it, is none to PostgreSQL.
  CHECK(parse_leniently("\xEF\xBB\xBFSELECT 1;\n\xEF\xBB\xBFSELECT 2;").errors.size() == 1);
  CHECK(parse_leniently("\xEF\xBB\xBFSELECT 1;\nSELECT 2;").errors.empty());
}

TEST_CASE("a long text of rows is read without its rows", "[catalog]") {
  std::string sql = "CREATE TABLE t (a text);\n";
  while (sql.size() < 5 * 1024 * 1024) sql += "INSERT INTO t VALUES ('a row; with a semicolon'), ('another');\n";
  sql += "ALTER TABLE t ADD b int;\n";
  const ParsedSql parsed = parse_sql(sql);
  CHECK(parsed.errors.empty());
  REQUIRE(parsed.steps.size() == 3);
  CHECK(std::get<DataStatement>(parsed.steps[1].change).tables == std::vector<QualifiedName>{{"", "t"}});
  CHECK(std::holds_alternative<AddColumn>(parsed.steps[2].change));
  CHECK(parse_sql(sql + "CREATE TABEL b ();").errors.size() == 1);
}
