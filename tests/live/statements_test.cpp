#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "catalog/parse/sql.h"
#include "catalog/tree/raw_parse.h"
#include "live/catalog_difference.h"
#include "live/introspect.h"
#include "live/session.h"
#include "support/catch.h"
#include "support/postgres.h"

// Any SQL, statement by statement, on PostgreSQL and offline: what one takes the other must take, with the same
// outcome. For files written for psql that no project need hold, PostgreSQL's own regression tests first of all:
//   REFRACT_STATEMENTS=".../test_setup.sql .../create_table.sql" test_live "[statements]"
// Every file but the first begins with what the first makes.
namespace refract::test {
namespace {

// Without psql's own commands and the rows after COPY … FROM stdin.
std::string without_psql(const std::string& text) {
  std::istringstream lines(text);
  std::string kept;
  bool rows = false;
  for (std::string line; std::getline(lines, line);) {
    if (rows) {
      rows = line != "\\.";
      continue;
    }
    if (line.starts_with("\\")) continue;
    std::string lower = line;
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    rows = lower.starts_with("copy ") && lower.find("from stdin") != std::string::npos;
    if (!rows) kept += line + "\n";
  }
  return kept;
}

std::vector<std::string> statements_of(const std::string& path) {
  std::ifstream file(path);
  if (!file) FAIL(path << " cannot be read");
  std::ostringstream content;
  content << file.rdbuf();
  const std::string text = without_psql(content.str());
  std::vector<std::string> statements;
  const auto pieces = catalog::split_statements(text);
  if (!pieces) {
    std::cout << path << ": a string or comment has no end\n";
    return {};
  }
  for (const auto& piece : *pieces) statements.push_back(text.substr(piece.begin, piece.end - piece.begin));
  return statements;
}

catalog::Catalog without_temporary(catalog::Catalog catalog) {
  std::erase_if(catalog.tables, [](const auto& entry) { return entry.first.schema == "pg_temp"; });
  std::erase_if(catalog.sequences, [](const auto& entry) { return entry.first.schema == "pg_temp"; });
  std::erase_if(catalog.views, [](const auto& entry) { return entry.first.schema == "pg_temp"; });
  std::erase_if(catalog.enums, [](const auto& entry) { return entry.first.schema == "pg_temp"; });
  std::erase_if(catalog.unmanaged, [](const catalog::Unmanaged& object) {
    return object.name.schema == "pg_temp" || (object.on_table && object.on_table->schema == "pg_temp");
  });
  return catalog;
}

class Both {
 public:
  Both() : session_(open()), catalog_(catalog::Catalog::empty()), replay_(catalog_) {
    REQUIRE(session_.execute("SET statement_timeout = 5000"));
  }

  void run(const std::string& statement, bool quietly) {
    const auto parsed = catalog::parse_sql(statement);
    const bool was_aborted = aborted_;
    const bool was_open = session_.in_transaction();
    const auto ran = session_.execute(statement);
    const bool open = session_.in_transaction();
    if (!ran) {
      aborted_ = open;
      if (was_open && !open) feed(statement, catalog::parse_sql("ROLLBACK"), true);
      if (!quietly && !was_aborted) refused(statement, parsed, ran.error().message);
      return;
    }
    if (was_aborted && !open) {
      aborted_ = false;
      feed(statement, catalog::parse_sql("ROLLBACK"), true);
      return;
    }
    aborted_ = false;
    feed(statement, parsed, quietly);
  }

  std::size_t count = 0, false_errors = 0, opaque = 0, unseen = 0, seen = 0, differing = 0;

 private:
  static live::Session open() {
    auto session = live::Session::open(fresh_database());
    if (!session) FAIL(session.error().message);
    return std::move(*session);
  }

  // PostgreSQL rejects it: does the replay, on a copy?
  void refused(const std::string& statement, const catalog::ParsedSql& parsed, const std::string& why) {
    if (!parsed.errors.empty()) return;
    const auto state = replay_.state();
    if (!state) return;
    catalog::Catalog copy = catalog_;
    catalog::Replay replay(copy, *state);
    const auto issues = replay.run(parsed.steps);
    if (!issues.empty()) {
      ++seen;
      return;
    }
    ++unseen;
    if (std::getenv("REFRACT_UNSEEN") != nullptr) std::cout << "UNSEEN " << why << "\n    " << statement << "\n";
  }

  void feed(const std::string& statement, const catalog::ParsedSql& parsed, bool quietly) {
    ++count;
    bool said = false;
    const auto say = [&](const std::string& line) {
      if (quietly) return;
      std::cout << line << "\n";
      if (!said) std::cout << "    " << statement << "\n";
      said = true;
    };
    for (const auto& error : parsed.errors) say("SYNTAX " + error.message);
    for (const auto& issue : replay_.run(parsed.steps)) {
      if (issue.error) {
        ++false_errors;
        say("FALSE ERROR " + issue.message);
      } else {
        ++opaque;
        say("OPAQUE " + issue.message);
      }
    }
    const bool changes = std::ranges::any_of(parsed.steps, [](const catalog::Step& step) {
      return !std::holds_alternative<catalog::DataStatement>(step.change);
    });
    // Introspection takes a transaction of its own: what an open one did is compared when it ends.
    if (!changes || session_.in_transaction()) return;
    auto introspected = live::introspect(session_);
    if (!introspected) {
      say("NO INTROSPECTION " + introspected.error().message);
      return;
    }
    std::set<std::string> now;
    for (std::string& line : differences(without_temporary(catalog_), *introspected)) now.insert(std::move(line));
    bool any = false;
    for (const std::string& line : now) {
      if (known_.contains(line)) continue;
      any = true;
      say("DIFFERS " + line.substr(0, 300));
    }
    if (any) ++differing;
    known_ = std::move(now);
  }

  live::Session session_;
  catalog::Catalog catalog_;
  catalog::Replay replay_;
  std::set<std::string> known_;
  bool aborted_ = false;
};

}  // namespace

TEST_CASE("statements: any files of SQL, on PostgreSQL and offline", "[.statements]") {
  const char* given = std::getenv("REFRACT_STATEMENTS");
  if (given == nullptr) FAIL("REFRACT_STATEMENTS names no files");
  REFRACT_NEEDS_POSTGRES();
  std::istringstream names(given);
  std::vector<std::string> files;
  for (std::string name; names >> name;) files.push_back(name);
  const std::vector<std::string> first = statements_of(files.front());
  for (const std::string& file : files) {
    std::cout << "=== " << file << "\n";
    Both both;
    for (const std::string& statement : first) both.run(statement, file != files.front());
    if (file != files.front()) {
      for (const std::string& statement : statements_of(file)) both.run(statement, false);
    }
    std::cout << fmt::format(
        "--- {}: {} statements ran, {} taken for errors offline, {} opaque, {} changed things otherwise; "
        "{} refused by both, {} by PostgreSQL alone\n",
        file, both.count, both.false_errors, both.opaque, both.differing, both.seen, both.unseen);
  }
}

}  // namespace refract::test
