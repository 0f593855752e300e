#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "live/catalog_difference.h"
#include "live/fixture.h"
#include "live/introspect.h"
#include "live/schema_pair.h"
#include "migrate/diff/diff_options.h"
#include "migrate/history/next.h"
#include "migrate/sql/render.h"
#include "migrate/wanted/schema_catalog.h"
#include "support/catch.h"
#include "support/postgres.h"

// Pairs of generated schemas: what the diff of both does to a real database, and what its way back does.
//   REFRACT_PAIRS=1000 REFRACT_SEED=1 build/dev/tests/live/test_live "[pairs]"

namespace refract::test {
namespace {

using catalog::Catalog;

std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

// What a database may have otherwise than one made afresh: the order of columns and of enum values, and the names of
// sequences.
Catalog comparable(Catalog catalog) {
  for (auto& [name, table] : catalog.tables) {
    std::ranges::sort(table.columns, {}, &catalog::Column::name);
    for (catalog::Column& column : table.columns) {
      if (column.default_value) column.default_value->sequence.reset();
    }
  }
  for (auto& [name, enumeration] : catalog.enums) std::ranges::sort(enumeration.values);
  catalog.sequences.clear();
  return catalog;
}

class Pair {
 public:
  // The database is emptied: making one takes longer than all else.
  Pair(std::uint64_t seed, live::ConnectionString database)
      : texts_(schema_pair(seed)), database_(std::move(database)) {
    run_sql(database_, "DROP SCHEMA public CASCADE; CREATE SCHEMA public;");
    before_ = schema_of(texts_.before);
    after_ = schema_of(texts_.after);
  }

  const SchemaPair& texts() const { return texts_; }
  bool impossible() const { return impossible_; }

  // The first thing that does not hold; empty: all does.
  std::string check() {
    std::string failure = apply(Catalog::empty(), *before_, "the first schema");
    if (!failure.empty()) return failure;
    const Catalog before = live();
    failure = apply(before, *after_, "the change");
    if (!failure.empty()) return failure;
    const migrate::NextMigration& next = next_;
    const Catalog there = live();
    if (failure = compare(comparable(made_of(*after_)), comparable(there)); !failure.empty()) {
      return "not what the second schema makes:\n" + failure;
    }
    impossible_ = next.down.worst == migrate::Reversal::impossible;
    if (failure = execute(next.down.plan); !failure.empty()) return "the way back: " + failure;
    failure = compare(comparable(before), comparable(live()));
    return failure.empty() ? "" : "the way back does not lead back:\n" + failure;
  }

  std::string sql() const { return next_.sql + "\n" + next_.down.sql; }

 private:
  static std::string compare(const Catalog& expected, const Catalog& actual) {
    std::string text;
    for (const std::string& line : differences(expected, actual)) text += line + "\n";
    return text;
  }

  // Replayed offline from nothing.
  static Catalog made_of(const schema::Snapshot& schema) {
    Catalog made = Catalog::empty();
    const migrate::NextMigration all = migrate::next_migration(made, schema, migrate::diff_options(schema));
    catalog::replay(catalog::parse_sql(all.sql).steps, made);
    return made;
  }

  Catalog live() {
    auto session = live::Session::open(database_);
    REQUIRE(session);
    auto found = live::introspect(*session);
    REQUIRE(found);
    return std::move(*found);
  }

  // Group by group, as a new enum value can be used by another transaction only.
  std::string execute(const migrate::Plan& plan) {
    auto session = live::Session::open(database_);
    REQUIRE(session);
    for (const migrate::Group& group : plan.groups) {
      const std::string sql = migrate::render_group(group, migrate::Spelling::escaped);
      if (const auto done = session->execute(sql); !done) return done.error().message + "\n" + sql;
    }
    return "";
  }

  std::string apply(const Catalog& from, const schema::Snapshot& to, const std::string& what) {
    const migrate::DiffOptions options = migrate::diff_options(to);
    next_ = migrate::next_migration(from, to, options);
    if (std::string failure = execute(next_.plan); !failure.empty()) return what + ": " + failure;
    const Catalog there = live();
    const catalog::ParsedSql parsed = catalog::parse_sql(next_.sql);
    Catalog replayed = from;
    if (!parsed.errors.empty()) return what + " does not parse: " + parsed.errors.front().message;
    if (const auto issues = catalog::replay(parsed.steps, replayed); !issues.empty()) {
      return what + " is refused offline: " + issues.front().message;
    }
    if (std::string failure = compare(replayed, there); !failure.empty()) {
      return what + ", replayed offline, is another:\n" + failure;
    }
    if (!migrate::plan(there, there, options).empty()) return what + ": a database differs from itself";
    const migrate::Plan rest = migrate::plan(there, migrate::catalog_of(to), options);
    return rest.empty() ? "" : what + " leaves something to do:\n" + migrate::render_sql(rest);
  }

  SchemaPair texts_;
  live::ConnectionString database_;
  std::shared_ptr<const schema::Snapshot> before_;
  std::shared_ptr<const schema::Snapshot> after_;
  migrate::NextMigration next_;
  bool impossible_ = false;
};

}  // namespace

TEST_CASE("pairs: the diff of two schemas leads from one to the other and back", "[live][.pg][pairs]") {
  REFRACT_NEEDS_POSTGRES();
  const std::uint64_t first = number_of("REFRACT_SEED", 1);
  const std::uint64_t count = number_of("REFRACT_PAIRS", 40);
  const live::ConnectionString database = fresh_database();
  std::uint64_t impossible = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    Pair pair(seed, database);
    const std::string failure = pair.check();
    if (pair.impossible()) ++impossible;
    if (failure.empty()) continue;
    FAIL_CHECK("seed " << seed << ": " << failure << "\n---- from\n"
                       << pair.texts().before << "---- to\n"
                       << pair.texts().after << "---- SQL\n"
                       << pair.sql());
  }
  fmt::print("{} pairs from seed {}, {} of them with a step that rows would make impossible to undo\n", count, first,
             impossible);
}

}  // namespace refract::test
