// The search_path that scripts leave, offline and on a real PostgreSQL.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <random>

#include "catalog/parse/sql.h"
#include "live/session.h"
#include "support/catch.h"
#include "support/postgres.h"

namespace refract::test {
namespace {

const std::string kSchemas = "CREATE SCHEMA a; CREATE SCHEMA b; CREATE SCHEMA c; CREATE SCHEMA \"A\";";

// Scripts of one session. Transactions are opened and ended as PostgreSQL takes it without an error.
class Scripts {
 public:
  explicit Scripts(std::uint64_t seed) : random_(seed) {}

  std::string next() {
    std::string script;
    for (std::size_t count = 2 + random_() % 6; count > 0; --count) script += statement() + "\n";
    if (open_ && random_() % 4 != 0) {
      script += "COMMIT;\n";
      end();
    }
    return script;
  }
  // Ends what the last script left open.
  std::string finish() {
    const bool open = open_;
    end();
    return open ? "COMMIT;\n" : "";
  }

 private:
  static constexpr const char* kAnywhere[] = {
      "SET search_path = a;",
      "SET search_path TO b, public;",
      "SET search_path TO \"$user\", c;",
      "SET search_path TO missing, \"A\", a;",
      "SET LOCAL search_path TO c;",
      "SET LOCAL search_path = \"A\";",
      "SET SESSION search_path = c, a;",
      "SET SCHEMA 'b';",
      "SET LOCAL SCHEMA 'a';",
      "RESET search_path;",
      "RESET ALL;",
      "RESET work_mem;",
      "SET search_path FROM CURRENT;",
      "SET LOCAL search_path FROM CURRENT;",
      "SET search_path TO DEFAULT;",
      "SET LOCAL search_path TO DEFAULT;",
      "SET work_mem = '5MB';",
      "SELECT set_config('search_path', ' A ,\"b\"', false);",
      "SELECT pg_catalog.set_config('search_path', '\"A\",public', 'no');",
      "SELECT pg_catalog.set_config('SEARCH_PATH', 'c', true);",
      "SELECT set_config('work_mem', '4MB', false), set_config('search_path', 'b', 'true');",
      "SELECT set_config('search_path', NULL, false);",
      "SELECT set_config('search_path', 'a'::text, 'f'::boolean);",
      "DO $$ BEGIN PERFORM set_config('search_path', 'b', false); END $$;",
      "DO $$ BEGIN SET LOCAL search_path TO c; END $$;",
      "DO $$ BEGIN SET search_path TO public; CREATE TABLE {0} (id int); END $$;",
      "CREATE SCHEMA {0} CREATE TABLE t (id int) CREATE VIEW v AS SELECT id FROM t;",
      "CREATE SCHEMA {0} CREATE VIEW v AS SELECT id FROM t CREATE TABLE t (id int);",
      "CREATE SCHEMA IF NOT EXISTS a;",
      "CREATE TABLE {0} (id int);",
      "CREATE TYPE {0} AS ENUM ('x');",
  };

  std::string statement() {
    switch (random_() % 12) {
      case 0:
      case 1:
        if (open_) break;
        open_ = true;
        return "BEGIN;";
      case 2:
        if (!open_) break;
        end();
        return random_() % 2 == 0 ? "COMMIT;" : "ROLLBACK;";
      case 3:
        if (!open_) break;
        savepoints_.push_back(fmt::format("s{}", random_() % 3));
        return fmt::format("SAVEPOINT {};", savepoints_.back());
      case 4:
        if (savepoints_.empty()) break;
        return fmt::format("ROLLBACK TO {};", savepoints_.back());
      case 5: {
        if (savepoints_.empty()) break;
        const std::string name = savepoints_.back();
        savepoints_.pop_back();
        return fmt::format("RELEASE {};", name);
      }
      default:
        break;
    }
    const std::string pattern = kAnywhere[random_() % std::size(kAnywhere)];
    return pattern.contains("{0}") ? std::string(pattern).replace(pattern.find("{0}"), 3, fmt::format("n{}", made_++))
                                   : pattern;
  }
  void end() {
    open_ = false;
    savepoints_.clear();
  }

  std::mt19937_64 random_;
  bool open_ = false;
  std::vector<std::string> savepoints_;
  int made_ = 0;
};

std::string names(std::vector<std::string> all) {
  std::ranges::sort(all);
  return fmt::format("{}", fmt::join(all, " "));
}

}  // namespace

TEST_CASE("search_path: what a session leaves is what the replay says", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const live::ConnectionString database = fresh_database();
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Scripts scripts(seed);
    auto session = live::Session::open(database);
    REQUIRE(session);
    REQUIRE(
        session->execute("DO $$ DECLARE s name; BEGIN FOR s IN SELECT nspname FROM pg_namespace WHERE nspname !~ "
                         "'^pg_|^information' LOOP EXECUTE format('DROP SCHEMA %I CASCADE', s); END LOOP; END $$; "
                         "CREATE SCHEMA public;" +
                         kSchemas));
    catalog::Catalog catalog = catalog::Catalog::empty();
    catalog::Replay replay(catalog);
    static_cast<void>(replay.run(catalog::parse_sql(kSchemas).steps));
    std::string all;
    for (int text = 0; text < 4; ++text) {
      const std::string script = text < 3 ? scripts.next() : scripts.finish() + "CREATE TABLE probe (id int);";
      all += script + "-- end of a script\n";
      INFO("seed " << seed << ":\n" << all);
      const auto ran = session->execute(script);
      if (!ran) FAIL_CHECK(ran.error().message);
      const auto parsed = catalog::parse_sql(script);
      REQUIRE(parsed.errors.empty());
      for (const catalog::ReplayIssue& issue : replay.run(parsed.steps)) FAIL_CHECK(issue.message);
    }
    std::vector<std::string> offline;
    for (const auto& [name, table] : catalog.tables) offline.push_back(name.schema + "." + name.name);
    for (const auto& [name, type] : catalog.enums) offline.push_back(name.schema + "." + name.name);
    std::vector<std::string> real;
    const auto rows = session->query(
        "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
        "c.relkind = 'r' AND n.nspname !~ '^pg_|^information' UNION ALL SELECT n.nspname || '.' || t.typname FROM "
        "pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e'");
    REQUIRE(rows);
    for (const live::Row& row : *rows) real.push_back(row.at(0).value_or(""));
    INFO("seed " << seed << ":\n" << all);
    CHECK(names(offline) == names(real));
  }
}

}  // namespace refract::test
