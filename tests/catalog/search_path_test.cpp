#include "catalog/search_path.h"

#include "catalog/dump.h"
#include "support/catch.h"

using namespace refract::catalog;
using namespace refract::catalog::test;

namespace {

// Where a table of the texts, replayed as one session, is made after them.
std::string schema_after(const std::vector<std::string>& texts) {
  Catalog catalog = Catalog::empty();
  Replay session(catalog);
  static_cast<void>(session.run(steps_of("CREATE SCHEMA a; CREATE SCHEMA b; CREATE SCHEMA c; CREATE SCHEMA \"A\";")));
  for (const std::string& text : texts) {
    INFO(text);
    for (const ReplayIssue& issue : session.run(steps_of(text))) FAIL_CHECK(issue.message);
  }
  static_cast<void>(session.run(steps_of("CREATE TABLE probe (id int)")));
  for (const auto& [name, table] : catalog.tables) {
    if (name.name == "probe") return name.schema;
  }
  return "nowhere";
}

}  // namespace

TEST_CASE("search_path: RESET and DEFAULT lead to where the session began", "[catalog]") {
  CHECK(schema_after({"SET search_path = a"}) == "a");
  CHECK(schema_after({"SET search_path = a", "RESET search_path"}) == "public");
  CHECK(schema_after({"SET search_path = a", "RESET ALL"}) == "public");
  CHECK(schema_after({"SET search_path = a", "DISCARD ALL"}) == "public");
  CHECK(schema_after({"SET search_path = a", "SET search_path TO DEFAULT"}) == "public");
  CHECK(schema_after({"SET search_path = a", "SELECT set_config('search_path', NULL, false)"}) == "public");
  CHECK(schema_after({"SET search_path = a", "BEGIN; SET LOCAL search_path TO DEFAULT"}) == "public");
  CHECK(schema_after({"SET search_path = a; SET LOCAL search_path TO DEFAULT;", "SELECT 1"}) == "a");
  CHECK(schema_after({"SET search_path = a; SET search_path FROM CURRENT"}) == "a");
  CHECK(schema_after({"SET search_path = a; SET work_mem FROM CURRENT; RESET work_mem"}) == "a");
  CHECK(schema_after({"SET SCHEMA 'b'", "DISCARD PLANS"}) == "b");
  // What SET LOCAL has in force, the session keeps; RESET ALL leaves alone what is as it began.
  CHECK(schema_after({"BEGIN; SET LOCAL search_path = a; SET search_path FROM CURRENT; COMMIT"}) == "a");
  CHECK(schema_after({"SET search_path = a; BEGIN; SET LOCAL search_path TO DEFAULT; RESET ALL; COMMIT"}) == "a");
  CHECK(schema_after({"SET search_path = a; BEGIN; SET LOCAL search_path TO DEFAULT; RESET search_path; COMMIT"}) ==
        "public");
}

TEST_CASE("search_path: CREATE SCHEMA with elements leaves it as it was", "[catalog]") {
  CHECK(schema_after({"SET search_path = a; CREATE SCHEMA s CREATE TABLE t (id int)"}) == "a");
  CHECK(schema_after({"CREATE SCHEMA s CREATE TABLE t (id int) CREATE VIEW v AS SELECT id FROM t"}) == "public");
  CHECK(schema_after({"SET search_path = ''; CREATE SCHEMA s CREATE TABLE t (id int)"}) == "nowhere");
  CHECK(schema_after({"SET search_path = a; SET LOCAL search_path = b; CREATE SCHEMA s CREATE TABLE t (id int)",
                      "SELECT 1"}) == "a");
  // What it names is looked for in the schemas of before too.
  CHECK(issues_of("CREATE SCHEMA a; CREATE TABLE a.u (id int PRIMARY KEY); SET search_path = a; "
                  "CREATE SCHEMA s CREATE TABLE t (u int REFERENCES u); CREATE VIEW w AS SELECT id FROM u") == "");
}

TEST_CASE("search_path: SET LOCAL ends with its transaction, and ROLleft behindACK takes back", "[catalog]") {
  CHECK(schema_after({"BEGIN; SET LOCAL search_path = a; COMMIT"}) == "public");
  CHECK(schema_after({"BEGIN; SET search_path = a; ROLLBACK"}) == "public");
  CHECK(schema_after({"SET search_path = b", "BEGIN; SET LOCAL search_path = a; SET search_path = c; COMMIT"}) == "c");
  CHECK(schema_after({"BEGIN; SET LOCAL search_path = a; RESET search_path; SET LOCAL search_path = b; COMMIT"}) ==
        "public");
  CHECK(schema_after({"BEGIN; SET LOCAL search_path = a; SAVEPOINT s; SET search_path = b; ROLLBACK TO s; COMMIT"}) ==
        "public");
  CHECK(schema_after({"BEGIN; SAVEPOINT s; SET LOCAL search_path = a; RELEASE s; COMMIT"}) == "public");
  CHECK(schema_after({"BEGIN; SET search_path = a; SAVEPOINT s; SET LOCAL search_path = b; ROLLBACK TO s; COMMIT"}) ==
        "a");
  CHECK(schema_after({"SET LOCAL search_path = a;"}) == "public");
  CHECK(schema_after({"DO $$ BEGIN SET LOCAL search_path = a; END $$; CREATE TABLE t (id int)"}) == "public");
}

TEST_CASE("search_path: set_config() as PostgreSQL reads its text", "[catalog]") {
  CHECK(schema_after({"SELECT set_config('search_path', 'a', false)"}) == "a");
  CHECK(schema_after({"SELECT pg_catalog.set_config('Search_Path', ' A ,b', 'f')"}) == "a");
  CHECK(schema_after({"SELECT set_config('search_path', '\"A\"', false), set_config('work_mem', '4MB', false)"}) ==
        "A");
  CHECK(schema_after({"SELECT set_config('work_mem', '4MB', false), set_config('search_path', 'b', false)"}) == "b");
  CHECK(schema_after({"SELECT set_config('search_path', 'a'::text, true); CREATE TABLE t (id int)"}) == "public");
  CHECK(schema_after({"SELECT set_config('search_path', 'a', 'on'); SELECT 1"}) == "public");
  CHECK(schema_after({"DO $$ BEGIN PERFORM set_config('search_path', 'c', false); END $$"}) == "c");
  CHECK(schema_after({"SELECT set_config('search_path', '', false)"}) == "nowhere");
  const std::string unknown = "set_config() may set the search_path to a computed value";
  CHECK(
      issues_of("SELECT set_config('search_path', current_setting('search_path') || ', a', false)").contains(unknown));
  CHECK(issues_of("SELECT set_config(name, 'a', false) FROM pg_settings").contains(unknown));
  CHECK(issues_of("SELECT set_config('search_path', 'a,,b', false)").contains(unknown));
  CHECK(issues_of("SELECT set_config('lock_timeout', '1s', false)") == "");

  using Schemas = std::vector<std::string>;
  CHECK(parse_search_path("") == Schemas{});
  CHECK(parse_search_path(" \"$user\",\tpublic\n") == Schemas{"public"});
  CHECK(parse_search_path("\"x, \"\"y\"\"\",Z") == Schemas{"x, \"y\"", "z"});
  CHECK(parse_search_path("a b") == std::nullopt);
  CHECK(parse_search_path("a,") == std::nullopt);
  CHECK(parse_search_path("\"a") == std::nullopt);
}
