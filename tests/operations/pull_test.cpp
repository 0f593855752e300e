#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "catalog/expression/expression.h"
#include "features/migration/pull.h"
#include "live/catalog_difference.h"
#include "live/introspect.h"
#include "live/session.h"
#include "migrate/diff/diff_options.h"
#include "migrate/diff/diff_side.h"
#include "migrate/diff/expressible.h"
#include "migrate/history/next.h"
#include "migrate/wanted/domains.h"
#include "migrate/wanted/schema_catalog.h"
#include "operations/hostile_database.h"
#include "support/catch.h"
#include "support/postgres.h"
#include "validation/core/diagnostic.h"

// Generated databases with hostile names, types and objects: `pull` gives a schema that `check` accepts, that `diff`
// calls the same, and that makes the same database again, but for what no schema can express.
//   REFRACT_DATABASES=1000 REFRACT_SEED=1 build/dev/tests/operations/test_operations "[hostile]"

namespace refract::test {
namespace {

using catalog::Catalog;

std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

std::shared_ptr<const schema::Snapshot> snapshot_of(std::string text) {
  std::vector<schema::SourceFile> files;
  files.push_back({"schema.prisma", syntax::File::parse(text::Document(std::move(text)))});
  return schema::Snapshot::build(std::move(files), {.version = schema::PrismaVersion::v7});
}

std::string header(const HostileDatabase& of) {
  std::string text = "datasource db {\n  provider = \"postgresql\"\n";
  if (!of.schemas.empty()) {
    text += "  schemas = [";
    for (const std::string& name : of.schemas) text += (text.ends_with('[') ? "\"" : ", \"") + name + "\"";
    text += "]\n";
  }
  text += "}\n\ngenerator client {\n  provider = \"prisma-client-js\"\n";
  if (of.partial_indexes) text += "  previewFeatures = [\"partialIndexes\"]\n";
  return text + "}\n";
}

// What a schema can express of a database, in one spelling: an autoincrement() is an identity or a SERIAL, a unique
// index a constraint or not, a domain's column of the type beneath. Generated columns are made again where their
// expression names a column.
Catalog expressible(const Catalog& of, const std::vector<std::string>& schemas, const migrate::DiffOptions& options) {
  Catalog made = Catalog::empty();
  made.schemas = schemas;
  std::ranges::sort(made.schemas);
  const auto manages = [&](const catalog::QualifiedName& name) {
    return std::ranges::find(schemas, name.schema) != schemas.end();
  };
  const migrate::Domains domains(of);
  const migrate::DiffSide seen(of, options, migrate::Scope::described);
  for (const auto& [name, table] : of.tables) {
    if (!manages(name) || table.partition_of || table.columns.empty()) continue;
    catalog::Table& kept = made.tables.emplace(name, table).first->second;
    const catalog::Table* shown = seen.find_table(name) ? seen.find_table(name)->table : &table;
    while (auto beneath = domains.with_base_types(kept)) kept = std::move(*beneath);
    const std::vector<catalog::Index> indexes = kept.indexes;
    std::erase_if(kept.indexes, [&](const catalog::Index& index) {
      if (!inexpressible(index, options)) return false;
      // One that says more than a schema can counts where no other makes the columns unique.
      return !migrate::is_plain_unique(index) || std::ranges::any_of(indexes, [&](const catalog::Index& other) {
        const bool same = migrate::is_plain_unique(other) &&
                          std::ranges::equal(other.columns, index.columns, {}, &catalog::IndexColumn::column,
                                             &catalog::IndexColumn::column);
        return same && (other.name < index.name || (other.name != index.name && !inexpressible(other, options)));
      });
    });
    for (catalog::Index& index : kept.indexes) {
      index.constraint = false;
      if (!migrate::is_plain_unique(index)) continue;
      // That the columns are unique is said of it, and no more.
      catalog::Index plain{.name = index.name, .unique = true, .columns = index.columns};
      for (catalog::IndexColumn& column : plain.columns) column = {.column = column.column, .order = column.order};
      index = std::move(plain);
    }
    std::erase_if(kept.foreign_keys, [&](catalog::ForeignKey& key) {
      key.valid = true;
      key.deferrable = key.initially_deferred = false;
      return !manages(key.referenced_table) || inexpressible(key, *shown, seen, seen, options).has_value();
    });
    if (kept.primary_key && inexpressible(*kept.primary_key, kept, options)) {
      // Its columns are NOT NULL by it.
      kept.primary_key.reset();
    }
    kept.checks.clear();
    kept.exclusions.clear();
    kept.inherits.clear();
    kept.partitioned = false;
    kept.row_level_security = false;
    for (catalog::Column& column : kept.columns) {
      column.collation.reset();
      const std::string& type = column.type.name;
      const bool clock = type == "time" || type == "timetz" || type == "timestamp" || type == "timestamptz";
      if (clock && column.type.modifiers.empty()) column.type.modifiers = {6};
      if (type == "char" && column.type.schema.empty()) {
        column.type = {.name = "bpchar", .modifiers = {1}, .array = column.type.array};
      }
      if (column.type.array) column.nullable = true;  // NOT NULL of a list is not compared
      if (column.identity != catalog::Identity::none) {
        column.identity = catalog::Identity::none;
        column.default_value = catalog::Default{.kind = catalog::DefaultKind::sequence, .expression = ""};
      }
      if (column.default_value && column.default_value->kind == catalog::DefaultKind::sequence) {
        column.default_value = catalog::Default{.kind = catalog::DefaultKind::sequence, .expression = ""};
      }
    }
  }
  for (const auto& [name, enumeration] : of.enums) {
    if (manages(name) && !enumeration.values.empty()) made.enums.emplace(name, enumeration);
  }
  return made;
}

class Laboratory {
 public:
  explicit Laboratory(const live::ConnectionString& database) {
    auto session = live::Session::open(database);
    REQUIRE(session);
    session_.emplace(std::move(*session));
  }

  void empty() {
    const auto rows =
        session_->query("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'");
    REQUIRE(rows);
    for (const live::Row& row : *rows) {
      REQUIRE(session_->execute("DROP SCHEMA " + catalog::quote_name(*row[0]) + " CASCADE"));
    }
    REQUIRE(session_->execute("CREATE SCHEMA public"));
  }

  // How many it took.
  std::size_t run(const std::vector<std::string>& statements) {
    return static_cast<std::size_t>(
        std::ranges::count_if(statements, [&](const std::string& sql) { return session_->execute(sql).has_value(); }));
  }

  Result<void> execute(const std::string& sql) { return session_->execute(sql); }

  Catalog catalog() {
    auto found = live::introspect(*session_);
    REQUIRE(found);
    return std::move(*found);
  }

 private:
  std::optional<live::Session> session_;
};

// The first thing that does not hold; empty: all does.
std::string check(const HostileDatabase& of, Laboratory& first, Laboratory& second, std::string& schema,
                  std::size_t& ran) {
  first.empty();
  ran = first.run(of.prelude) + first.run(of.statements);
  const Catalog database = first.catalog();
  const auto start = snapshot_of(header(of));
  const auto pulled = features::pull(*start, database);
  if (!pulled) return "refused: " + pulled.error().message;
  schema = pulled->files.empty() ? header(of) : pulled->files.front().text;
  const auto snapshot = snapshot_of(schema);
  const auto analysis = validation::Analysis::run(snapshot, nullptr, validation::AnalysisMode::strict);
  for (const auto& diagnostic : analysis->diagnostics()) {
    if (diagnostic.severity == validation::Severity::error) return "check: " + diagnostic.message;
  }
  const migrate::DiffOptions options = migrate::diff_options(*snapshot);
  const migrate::Plan rest = migrate::plan(database, migrate::catalog_of(*snapshot), options);
  if (!rest.empty()) return "diff: " + migrate::render_sql(rest);
  const auto again = features::pull(*snapshot, database);
  if (!again) return "refused the second time: " + again.error().message;
  if (!again->files.empty()) return "the second pull changes:\n" + again->files.front().text;

  second.empty();
  second.run(of.prelude);
  const migrate::NextMigration next = migrate::next_migration(Catalog::empty(), *snapshot, options);
  // Sequences of defaults and enums without values are no part of a schema.
  second.run({"CREATE SEQUENCE shared_seq"});
  for (const auto& [name, enumeration] : database.enums) {
    if (!enumeration.values.empty()) continue;
    const std::string in = catalog::quote_name(name.schema);
    second.run({"CREATE SCHEMA IF NOT EXISTS " + in,
                fmt::format("CREATE TYPE {}.{} AS ENUM ()", in, catalog::quote_name(name.name))});
  }
  if (const auto done = second.execute(next.sql); !done) return "SQL: " + done.error().message + "\n" + next.sql;
  const Catalog made = second.catalog();
  if (const auto twice = migrate::plan(made, migrate::catalog_of(*snapshot), options); !twice.empty()) {
    return "diff of the database made from it: " + migrate::render_sql(twice);
  }
  const std::vector<std::string> schemas = of.schemas.empty() ? std::vector<std::string>{"public"} : of.schemas;
  Catalog wanted = expressible(database, schemas, options);
  Catalog actual = expressible(made, schemas, options);
  for (auto& [name, table] : wanted.tables) {
    catalog::Table* other = actual.tables.contains(name) ? &actual.tables.at(name) : nullptr;
    for (catalog::Column& column : table.columns) {
      catalog::Column* there = other ? other->find_column(column.name) : nullptr;
      // 1 + 1 of no column is a default elsewhere.
      if (there && column.generated && !there->generated) column.generated.reset(), there->default_value.reset();
    }
  }
  std::string text;
  for (const std::string& line : differences(wanted, actual)) text += line + "\n";
  return text.empty() ? "" : "another database:\n" + text;
}

constexpr std::uint64_t kShort = 40;

}  // namespace

TEST_CASE("pull: a generated database gives a schema that makes it again", "[operations][.pg][hostile]") {
  REFRACT_NEEDS_POSTGRES();
  const std::uint64_t first = number_of("REFRACT_SEED", 1);
  const std::uint64_t count = number_of("REFRACT_DATABASES", kShort);
  Laboratory one(fresh_database());
  Laboratory other(fresh_database());
  std::size_t failed = 0;
  std::size_t statements = 0;
  std::size_t accepted = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const HostileDatabase database = hostile_database(seed);
    std::string schema;
    std::size_t ran = 0;
    const std::string failure = check(database, one, other, schema, ran);
    statements += database.statements.size() + database.prelude.size();
    accepted += ran;
    // Reports the first few only: one rule that is missing makes many.
    if (failure.empty() || ++failed > 12) continue;
    std::string sql;
    for (const std::string& statement : database.statements) sql += statement + ";\n";
    FAIL_CHECK("seed " << seed << ": " << failure << "\n---- database\n" << sql << "---- schema\n" << schema);
  }
  CHECK(failed == 0);
  // A generator whose statements PostgreSQL refuses would test nothing.
  CHECK(accepted * 10 > statements * 7);
  fmt::print("{} databases from seed {} ({} of {} statements accepted), {} not the same\n", count, first, accepted,
             statements, failed);
}

TEST_CASE("pull: databases that were written wrong once", "[operations][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  struct Case {
    std::vector<std::string> statements;
    std::vector<std::string> expected;  // in the schema
  };
  const std::vector<Case> cases = {
      {{"CREATE TYPE level AS ENUM ('1', '2', '-1', 'high')",
        "CREATE TABLE a (id int PRIMARY KEY, l level DEFAULT '2')"},
       {"@map(\"1\")", "@map(\"-1\")", "@default(value_2)"}},
      {{"CREATE TABLE a (id int PRIMARY KEY, f float8 DEFAULT '-Infinity', n numeric[] DEFAULT '{NaN}', "
        "t text[] DEFAULT '{a,NULL}')"},
       {"dbgenerated(\"'-Infinity'::double precision\")", "ARRAY['a', NULL]::TEXT[]"}},
      {{"CREATE TABLE a (id int PRIMARY KEY, \"q\"\"q\" text NOT NULL, g text NOT NULL GENERATED ALWAYS AS "
        "(upper(\"q\"\"q\")) STORED)"},
       {"g   String @default(dbgenerated("}},
      {{"CREATE TABLE \"x y\" (id int PRIMARY KEY, \"1_a\" text, \"2_a\" text)",
        "CREATE TABLE \"x_y\" (id int PRIMARY KEY)", "CREATE TABLE \"日本\" (\"日本\" text PRIMARY KEY)",
        "CREATE TABLE \"Int\" (id int PRIMARY KEY)"},
       {"model public_x_y {", "model x_y {", "model RenamedInt {", "@@map(\"日本\")"}},
  };
  Laboratory one(fresh_database());
  Laboratory other(fresh_database());
  for (const Case& given : cases) {
    std::string schema;
    std::size_t ran = 0;
    const std::string failure = check({.statements = given.statements}, one, other, schema, ran);
    INFO(schema);
    CHECK(failure == "");
    CHECK(ran == given.statements.size());
    for (const std::string& text : given.expected) {
      INFO(text);
      CHECK(schema.contains(text));
    }
  }
}

}  // namespace refract::test
