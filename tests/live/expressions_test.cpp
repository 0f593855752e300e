#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "catalog/expression/expression.h"
#include "catalog/expression/typed_form.h"
#include "live/catalog_difference.h"
#include "live/expression_writer.h"
#include "live/fixture.h"
#include "live/introspect.h"
#include "live/session.h"
#include "migrate/diff/diff_options.h"
#include "migrate/history/next.h"
#include "migrate/wanted/default_match.h"
#include "migrate/wanted/schema_catalog.h"
#include "support/catch.h"
#include "support/postgres.h"

// Generated expressions in defaults, checks and indexes: what PostgreSQL stores compares equal to what was written,
// what it stores differently does not, and down.sql brings them back.
//   REFRACT_EXPRESSIONS=5000 REFRACT_SEED=1 build/dev/tests/live/test_live "[expressions]"

namespace refract::test {
namespace {

using catalog::Catalog;
using catalog::Table;

std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

enum class Kind { check, index, default_value, value_of_default };

struct Expression {
  Kind kind = Kind::check;
  std::string column;  // whose default it is
  std::string text;
  std::optional<std::string> stored = {};  // as PostgreSQL prints it; nullopt: it refuses
};

// Tries an expression and takes it back; NULL where PostgreSQL refuses it.
constexpr std::string_view kTry = R"sql(
CREATE FUNCTION try(kind integer, col text, expr text) RETURNS text LANGUAGE plpgsql AS $f$
DECLARE answer text;
BEGIN
  IF kind = 0 THEN
    EXECUTE 'ALTER TABLE t ADD CONSTRAINT k CHECK (' || expr || ')';
    SELECT pg_get_constraintdef(oid) INTO answer FROM pg_constraint WHERE conname = 'k' AND conrelid = 't'::regclass;
    answer := substr(answer, 7);
  ELSIF kind = 1 THEN
    EXECUTE 'CREATE INDEX k ON t ((' || expr || '))';
    SELECT pg_get_expr(indexprs, indrelid) INTO answer FROM pg_index WHERE indexrelid = 'k'::regclass;
    IF answer IS NULL THEN RETURN NULL; END IF;
  ELSE
    EXECUTE 'ALTER TABLE t ALTER COLUMN ' || col || ' SET DEFAULT ' || expr;
    SELECT pg_get_expr(adbin, adrelid) INTO answer FROM pg_attrdef WHERE adrelid = 't'::regclass;
  END IF;
  IF kind = 3 THEN
    EXECUTE 'INSERT INTO t DEFAULT VALUES RETURNING ' || col || '::text' INTO answer;
  END IF;
  RAISE EXCEPTION 'undo' USING DETAIL = answer;
EXCEPTION WHEN OTHERS THEN
  IF SQLERRM <> 'undo' THEN RETURN NULL; END IF;
  GET STACKED DIAGNOSTICS answer = PG_EXCEPTION_DETAIL;
  RETURN answer;
END $f$;
CREATE TYPE "Mood" AS ENUM ('sad', 'ok', 'Happy day');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
)sql";
constexpr std::string_view kPlain =
    "SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC'; SET lc_monetary = 'C'; "
    "SET search_path = public";

class Laboratory {
 public:
  explicit Laboratory(std::uint64_t seed) : writer(seed), database_(fresh_database()) {
    run_sql(database_, std::string(kTry) + ExpressionWriter::table("t"));
    auto session = live::Session::open(database_);
    REQUIRE(session);
    session_.emplace(std::move(*session));
    REQUIRE(session_->execute(kPlain));
    catalog_ = *live::introspect(*session_);
    table_ = catalog_.find_table({"public", "t"});
    REQUIRE(table_ != nullptr);
  }

  // So many at a time that a round trip to the server costs little.
  std::vector<Expression> accepted(std::size_t wanted) {
    std::vector<Expression> found;
    while (found.size() < wanted) {
      std::vector<Expression> batch;
      for (std::size_t at = 0; at < 400; ++at) batch.push_back(next());
      store(batch);
      std::ranges::copy_if(batch, std::back_inserter(found),
                           [](const Expression& one) { return one.stored.has_value(); });
    }
    found.resize(wanted);
    return found;
  }

  void store(std::vector<Expression>& expressions) {
    std::string rows;
    for (const Expression& one : expressions) {
      rows += fmt::format("{}({}, {}, {})", rows.empty() ? "" : ", ", static_cast<int>(one.kind),
                          catalog::quote_literal(one.column), catalog::quote_literal(one.text));
    }
    const auto answers = session_->query("SELECT try(k, c, e) FROM (VALUES " + rows + ") v(k, c, e)");
    if (!answers) FAIL(answers.error().message);
    for (std::size_t at = 0; at < expressions.size(); ++at) expressions[at].stored = (*answers)[at][0];
  }

  Expression next() {
    Expression made;
    made.kind = static_cast<Kind>(made_++ % 3);
    switch (made.kind) {
      case Kind::check:
        made.text = writer.of_type("bool", 3, true);
        break;
      case Kind::index:
        made.text = writer.of_any_type(3, true);
        break;
      case Kind::default_value:
      case Kind::value_of_default:
        made.column = writer.column();
        made.text = writer.of_type(ExpressionWriter::type_of(made.column), 2, false);
        break;
    }
    return made;
  }

  // What the diff would say of a database that has `stored` where `written` is asked for.
  bool same(const Expression& of, const std::string& written, const std::string& stored) const {
    if (of.kind != Kind::default_value) {
      const catalog::ExpressionPlace place{&catalog_, table_, nullptr};
      return catalog::same_expression(written, place, stored, place);
    }
    const catalog::ColumnType& type = column_named(of.column)->type;
    const auto column = [&](const std::string& text) {
      catalog::Column made = *column_named(of.column);
      made.default_value = catalog::canonical_default(text, type);
      return made;
    };
    return migrate::defaults_match(column(stored), column(written),
                                   {.from_catalog = &catalog_, .to_catalog = &catalog_});
  }

  // Whether a default is a value, casts around it aside: those are compared by what the column gets.
  bool is_value(const Expression& of) const {
    if (of.kind != Kind::default_value) return false;
    const auto value = catalog::canonical_default(*of.stored, column_named(of.column)->type);
    return !value || value->kind == catalog::DefaultKind::literal;
  }
  // The same default in one spelling: a value as what the column gets, an expression with the cast to the column's type
  // that PostgreSQL makes on assignment.
  std::vector<std::string> meanings(const std::vector<Expression>& of) {
    std::vector<Expression> asked;
    for (const Expression& one : of) {
      Expression& made = asked.emplace_back(one);
      if (one.kind != Kind::default_value || !one.stored) continue;
      if (is_value(one)) {
        made.kind = Kind::value_of_default;
      } else {
        catalog::ColumnType type = column_named(one.column)->type;
        type.modifiers.clear();
        made.text = fmt::format("CAST({} AS {})", *one.stored, catalog::type_sql(type, "public"));
      }
    }
    store(asked);
    std::vector<std::string> found;
    for (const Expression& one : asked) found.push_back(one.stored.value_or(""));
    return found;
  }

  // Both forms, for a failure's message.
  std::string forms(const Expression& of, const std::string& written, const std::string& stored) const {
    catalog::ExpressionPlace place{&catalog_, table_, nullptr};
    if (of.kind == Kind::default_value) place.target = &column_named(of.column)->type;
    return fmt::format("kind {} {}\nwritten {}\nstored  {}\nwritten {}\nstored  {}", static_cast<int>(of.kind),
                       of.column, written, stored, catalog::typed_form(written, place),
                       catalog::typed_form(stored, place));
  }

  const live::ConnectionString& database() const { return database_; }
  Catalog live() {
    auto found = live::introspect(*session_);
    REQUIRE(found);
    return std::move(*found);
  }
  void run(const std::string& sql) {
    if (const auto done = session_->execute(sql); !done) FAIL(done.error().message << "\n" << sql);
  }

  ExpressionWriter writer;

 private:
  const catalog::Column* column_named(std::string_view written) const {
    const std::string name(written.starts_with('"') ? written.substr(1, written.size() - 2) : written);
    return table_->find_column(name);
  }

  live::ConnectionString database_;
  std::optional<live::Session> session_;
  Catalog catalog_;
  const Table* table_ = nullptr;
  std::size_t made_ = 0;
};

// Reports the first few only: one rule that is missing makes many.
class Failures {
 public:
  void add(const std::string& text) {
    if (++count_ <= 12) FAIL_CHECK(text);
  }
  std::size_t count() const { return count_; }

 private:
  std::size_t count_ = 0;
};

constexpr std::uint64_t kShort = 250;

}  // namespace

TEST_CASE("expressions: what PostgreSQL stores is what was written", "[live][.pg][expressions]") {
  REFRACT_NEEDS_POSTGRES();
  const std::uint64_t count = number_of("REFRACT_EXPRESSIONS", kShort);
  Laboratory laboratory(number_of("REFRACT_SEED", 1));
  Failures failures;
  for (const Expression& one : laboratory.accepted(count)) {
    if (!laboratory.same(one, one.text, *one.stored)) failures.add(laboratory.forms(one, one.text, *one.stored));
  }
  CHECK(failures.count() == 0);
  fmt::print("{} expressions, {} not recognised\n", count, failures.count());
}

TEST_CASE("expressions: one token changed and stored differently is another", "[live][.pg][expressions]") {
  REFRACT_NEEDS_POSTGRES();
  const std::uint64_t count = number_of("REFRACT_EXPRESSIONS", kShort);
  Laboratory laboratory(number_of("REFRACT_SEED", 1) + 1000);
  Failures failures;
  std::uint64_t pairs = 0;
  while (pairs < count) {
    std::vector<Expression> before, after;
    for (Expression& one : laboratory.accepted(200)) {
      auto changed = laboratory.writer.changed(one.text);
      if (!changed) continue;
      after.push_back({one.kind, one.column, std::move(*changed)});
      before.push_back(std::move(one));
    }
    laboratory.store(after);
    const std::vector<std::string> meant = laboratory.meanings(before), meant_after = laboratory.meanings(after);
    for (std::size_t at = 0; at < before.size() && pairs < count; ++at) {
      if (!after[at].stored || after[at].stored == before[at].stored || meant[at] == meant_after[at]) continue;
      ++pairs;
      if (laboratory.same(before[at], before[at].text, *after[at].stored)) {
        failures.add(laboratory.forms(before[at], before[at].text, *after[at].stored));
      } else if (laboratory.same(before[at], after[at].text, *before[at].stored)) {
        failures.add(laboratory.forms(before[at], after[at].text, *before[at].stored));
      }
    }
  }
  CHECK(failures.count() == 0);
  fmt::print("{} pairs, {} taken for equal\n", pairs, failures.count());
}

// Tables with the expressions are made by SQL, dropped by a migration, and brought back by its down.sql.
TEST_CASE("expressions: down.sql brings them back", "[live][.pg][expressions]") {
  REFRACT_NEEDS_POSTGRES();
  const std::uint64_t count = number_of("REFRACT_EXPRESSIONS", kShort);
  Laboratory laboratory(number_of("REFRACT_SEED", 1) + 2000);
  const auto schema = schema_of("model Other {\n  id Int @id\n}");
  const std::string other =
      R"(CREATE TABLE "Other" ("id" INTEGER NOT NULL, CONSTRAINT "Other_pkey" PRIMARY KEY ("id"));)";
  laboratory.run("DROP FUNCTION try; DROP TABLE t;" + other);
  Laboratory source(number_of("REFRACT_SEED", 1) + 2000);
  constexpr std::size_t kTable = 50;
  for (std::uint64_t done = 0; done < count; done += kTable) {
    const std::vector<Expression> expressions = source.accepted(kTable);
    std::string sql =
        "CREATE TYPE \"Mood\" AS ENUM ('sad', 'ok', 'Happy day'); CREATE DOMAIN positive AS integer CHECK "
        "(VALUE > 0);" +
        other + ExpressionWriter::table("t");
    std::vector<std::string> defaults;  // a column has one: the later ones get tables of their own
    for (std::size_t at = 0; at < expressions.size(); ++at) {
      const Expression& one = expressions[at];
      if (one.kind == Kind::check) sql += fmt::format("\nALTER TABLE t ADD CONSTRAINT k{} CHECK ({});", at, one.text);
      if (one.kind == Kind::index) sql += fmt::format("\nCREATE INDEX k{} ON t (({}));", at, one.text);
      if (one.kind != Kind::default_value) continue;
      if (std::ranges::find(defaults, one.column) == defaults.end()) {
        sql += fmt::format("\nALTER TABLE t ALTER COLUMN {} SET DEFAULT {};", one.column, one.text);
      } else {
        sql += "\n" + ExpressionWriter::table(fmt::format("t{}", at)) +
               fmt::format("\nALTER TABLE t{} ALTER COLUMN {} SET DEFAULT {};", at, one.column, one.text);
      }
      defaults.push_back(one.column);
    }
    const catalog::ParsedSql parsed = catalog::parse_sql(sql);
    REQUIRE(parsed.errors.empty());
    Catalog before = Catalog::empty();
    for (const auto& issue : catalog::replay(parsed.steps, before)) FAIL_CHECK(issue.message);
    const migrate::NextMigration next = migrate::next_migration(before, *schema, migrate::diff_options(*schema));
    laboratory.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public; " + sql);
    const Catalog made = laboratory.live();
    for (const std::string& line : differences(before, made)) FAIL_CHECK("replayed: " << line);
    laboratory.run(next.sql);
    INFO(next.down.sql);
    laboratory.run(next.down.sql);
    for (const std::string& line : differences(made, laboratory.live())) FAIL_CHECK(line);
  }
}

// Each column's default as the schema has it, in a database that was made from it: there is nothing left to do, and
// nothing that differs between the migrations and the database.
TEST_CASE("expressions: defaults that PostgreSQL stores as something else", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const std::vector<std::pair<std::string, std::string>> defaults = {
      {"DateTime? @db.Timestamp(6)", "'now'"},
      {"DateTime? @db.Timestamp(6)", "'now'::timestamp"},
      {"DateTime? @db.Timestamptz(3)", "timestamptz 'now'"},
      {"DateTime? @db.Timestamptz(6)", "'now'::text::timestamptz"},
      {"DateTime? @db.Date", "'today'"},
      {"DateTime? @db.Date", "'tomorrow'::date + 1"},
      {"DateTime? @db.Timestamp(6)", "'yesterday 12:00'"},
      {"DateTime? @db.Timestamp(6)", "'epoch'"},
      {"DateTime? @db.Timestamptz(6)", "'infinity'"},
      {"DateTime? @db.Date", "date 'epoch'"},
      {"String?", "U&'\\0041'"},
      {"Int?", "$$7$$"},
      {"DateTime? @db.Date", "'-infinity'::date"},
      {"DateTime? @db.Time(6)", "'allballs'"},
      {"DateTime? @db.Timetz(6)", "'allballs'::timetz"},
      {"DateTime? @db.Time(6)", "'now'"},
      {"DateTime[] @db.Timestamptz(6)", "'{now,epoch}'"},
      {"Unsupported(\"tstzrange\")?", "'[now,infinity)'"},
      {"Unsupported(\"daterange\")?", "'[today,tomorrow]'"},
      {"String?", "'now'"},
      {"Boolean?", "(NULL IS NULL)"},
      {"Boolean?", "NULL IS NOT NULL"},
      {"Boolean?", "'x' IS NULL AND true"},
      {"Boolean?", "NULL = NULL"},
      {"Boolean?", "NULL IS NOT DISTINCT FROM NULL"},
      {"DateTime? @db.Timestamptz(6)", "'today 10:00 America/New_York'"},
      {"Boolean?", "(NULL, 1) IS NULL"},
      {"Boolean?", "NULL IS UNKNOWN"},
      {"Boolean?", "NULL::boolean"},
      {"String? @db.VarChar(5)", "NULL::varchar(5)"},
      {"Int?", "NULLIF(1, 2)"},
      {"Int?", "CASE WHEN NULL IS NULL THEN 1 ELSE 2 END"},
      {"Decimal? @db.Decimal(10, 2)", "-'100'::integer::numeric(10,2)"},
      {"Decimal? @db.Decimal(10, 2)", "(-'100'::integer)::numeric(10,2)"},
      {"Decimal? @db.Decimal(10, 2)", "-CAST('1.5' AS numeric)"},
      {"Decimal? @db.Decimal(10, 2)", "-'100'::bigint"},
      {"Decimal? @db.Decimal(10, 2)", "(-'-100'::integer)::numeric(10,2)"},
      {"Int?", "-'5'::smallint"},
      {"Float?", "- float8 '1.5'"},
      {"Json? @db.Json", "'{\"b\": 1,\"a\":2}'::jsonb"},
      {"Json? @db.Json", "'{\"b\": 1,\"a\":2}'::jsonb::json"},
      {"Json?", "'{\"b\": 1,\"a\":2}'::json"},
      {"DateTime? @db.Timestamp(6)", "now() AT TIME ZONE 'utc'"},
  };
  std::string models = "model A {\n  id Int @id\n";
  for (std::size_t at = 0; at < defaults.size(); ++at) {
    const auto& [type, value] = defaults[at];
    std::string escaped;
    for (const char c : value) escaped += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
    const std::size_t native = type.find(" @");
    models += fmt::format("  c{} {} @default(dbgenerated(\"{}\")){}\n", at, type.substr(0, native), escaped,
                          native == std::string::npos ? "" : type.substr(native));
  }
  const auto schema = schema_of(models + "}");
  const migrate::DiffOptions options = migrate::diff_options(*schema);
  const Catalog wanted = migrate::catalog_of(*schema);
  const std::string sql = migrate::render_sql(migrate::plan(Catalog::empty(), wanted, options));
  INFO(sql);
  const live::ConnectionString database = fresh_database();
  run_sql(database, sql);
  auto session = live::Session::open(database);
  REQUIRE(session);
  const auto made = live::introspect(*session);
  REQUIRE(made);
  const std::string nothing = migrate::render_sql({});
  CHECK(migrate::render_sql(migrate::plan(*made, wanted, options)) == nothing);
  Catalog replayed = Catalog::empty();
  CHECK(catalog::replay(catalog::parse_sql(sql).steps, replayed).empty());
  CHECK(migrate::render_sql(migrate::plan(*made, replayed, options)) == nothing);
  CHECK(migrate::render_sql(migrate::plan(replayed, *made, options)) == nothing);
}

}  // namespace refract::test
