#include "catalog/dump.h"
#include "catalog/expression/expression.h"
#include "support/catch.h"

using namespace refract::catalog;
using namespace refract::catalog::test;

namespace {

// Every spelling means the same as the first, and the first keeps its own text as a literal or is of the kind told.
void check_same(std::string_view type, DefaultKind kind, const std::vector<std::string_view>& spellings) {
  const auto first = canonical_default(spellings.front(), canonical_type(type));
  REQUIRE(first);
  CHECK(first->kind == kind);
  for (const std::string_view spelling : spellings) {
    INFO(type << " default " << spelling);
    const auto other = canonical_default(spelling, canonical_type(type));
    REQUIRE(other);
    CHECK(*other == *first);
    // What replay makes of the same text.
    Catalog catalog = Catalog::empty();
    std::string sql = "CREATE TYPE \"Role\" AS ENUM ('A', 'B'); CREATE SEQUENCE \"A_id_seq\"; CREATE TABLE t (x ";
    sql.append(type).append(" DEFAULT ").append(spelling).append(")");
    CHECK(replay(steps_of(sql), catalog).empty());
    const Column* column = catalog.find_table({"public", "t"})->find_column("x");
    REQUIRE(column->default_value);
    CHECK(*column->default_value == *first);
  }
}

}  // namespace

TEST_CASE("defaults: literals under all their spellings", "[catalog]") {
  const auto literal = [](std::string_view type, const std::vector<std::string_view>& spellings) {
    check_same(type, DefaultKind::literal, spellings);
    CHECK(canonical_default(spellings.front(), canonical_type(type))->expression == spellings.front());
  };
  literal("TEXT", {"'a'", "'a'::text", "'a'::character varying", "E'a'", "CAST('a' AS text)", "('a')"});
  literal("TEXT", {"'it''s'", "'it''s'::text", "E'it\\'s'"});
  literal("VARCHAR(5)", {"'a'", "'a'::character varying(5)", "'a'::varchar"});
  literal("INTEGER", {"1", "'1'", "1::integer", "+1", "(1)"});
  literal("BIGINT", {"-5", "'-5'::bigint", "'-5'::integer", "(-5)", "- 5"});
  literal("DECIMAL(65,30)", {"1.50", "1.5", "'1.5'::numeric", "01.500", "1.5e0", "15e-1"});
  literal("DOUBLE PRECISION", {"0", "0.0", "'0'::double precision", "(0)::double precision", "-0"});
  literal("BOOLEAN", {"true", "'t'", "'true'::boolean", "TRUE", "'on'"});
  literal("JSONB", {"'{\"b\": 1, \"a\": [1,2]}'", "'{\"a\": [1, 2], \"b\": 1}'::jsonb", "'{\"a\":[1,2.0],\"b\":1}'"});
  literal("\"Role\"", {"'A'", "'A'::\"Role\"", "'A'::public.\"Role\""});
  literal("\"Role\"[]", {"ARRAY['A', 'B']::\"Role\"[]", "'{A,B}'::\"Role\"[]", "ARRAY['A'::\"Role\", 'B'::\"Role\"]",
                         "'{\"A\", B}'"});
  literal("TEXT[]", {"ARRAY[]::TEXT[]", "'{}'", "'{}'::text[]", "ARRAY[]::text[]"});
  literal("TEXT[]",
          {"ARRAY['a b', 'c\"']::TEXT[]", "'{\"a b\",\"c\\\"\"}'::text[]", "ARRAY['a b'::text, 'c\"'::text]"});
  literal("TIMESTAMP(3)", {"'2020-01-02 03:04:05'", "'2020-01-02T03:04:05Z'",
                           "'2020-01-02 03:04:05.000'::timestamp without time zone"});
  literal("TIMESTAMPTZ(3)",
          {"'2020-01-01 00:00:00 +00:00'", "'2020-01-01 00:00:00+00'::timestamp with time zone", "'2020-01-01'"});
  literal("BYTEA", {"'\\x6162'", "'ab'::bytea", "'\\x6162'::bytea"});
  literal("UUID", {"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid"});
  literal("BIT(4)", {"'0101'", "B'0101'", "'0101'::\"bit\""});
}

TEST_CASE("defaults: now, sequences and expressions", "[catalog]") {
  check_same("TIMESTAMP(3)", DefaultKind::now, {"CURRENT_TIMESTAMP", "now()", "now()::timestamp", "pg_catalog.now()"});
  check_same("INTEGER", DefaultKind::sequence,
             {"nextval('\"A_id_seq\"'::regclass)", "nextval('public.\"A_id_seq\"')",
              "nextval(('\"A_id_seq\"'::text)::regclass)"});
  check_same("UUID", DefaultKind::expression,
             {"gen_random_uuid()", "gen_random_uuid( )", "pg_catalog.gen_random_uuid()"});
  check_same("TIMESTAMP(3)", DefaultKind::expression,
             {"now() + interval '1 day'", "(now() + '1 day'::interval)", "CURRENT_TIMESTAMP + '1 day'"});
  check_same("TEXT", DefaultKind::expression, {"now()", "CURRENT_TIMESTAMP"});
  check_same("TEXT", DefaultKind::expression, {"lower('A')", "lower('A'::text)"});
  check_same("TEXT", DefaultKind::expression, {"5", "5"});
  check_same("TIMESTAMP(3)", DefaultKind::expression, {"CURRENT_TIMESTAMP(3)", "current_timestamp(3)"});
}

TEST_CASE("defaults that differ stay distinct", "[catalog]") {
  const auto differ = [](std::string_view type, std::string_view left, std::string_view right) {
    INFO(type << ": " << left << " and " << right);
    CHECK_FALSE(canonical_default(left, canonical_type(type)) == canonical_default(right, canonical_type(type)));
  };
  differ("TEXT", "'a'", "'A'");
  differ("TEXT", "'1.50'", "'1.5'");
  differ("INTEGER", "1", "-1");
  differ("DECIMAL", "1.5", "1.51");
  differ("TEXT[]", "'{}'", "ARRAY['']");
  differ("TEXT[]", "ARRAY['a','b']", "ARRAY['a,b']");
  differ("JSON", "'{\"a\":1}'", "'{\"a\":2}'");
  differ("TIMESTAMP(3)", "'2020-01-01'", "'2020-01-02'");
  differ("TEXT", "'lower(1)'", "lower('1')");
}

TEST_CASE("defaults: NULL is none", "[catalog]") {
  for (const char* sql : {"NULL", "null::text", "NULL::character varying(5)"})
    CHECK_FALSE(canonical_default(sql, canonical_type("TEXT")));
  check_catalog("CREATE TABLE t (a text DEFAULT NULL, b int DEFAULT 1); ALTER TABLE t ALTER b SET DEFAULT NULL",
                "table t\n  a TEXT\n  b INTEGER");
}

TEST_CASE("defaults: text that is no expression is kept", "[catalog]") {
  const auto odd = canonical_default("1 +  ", canonical_type("INTEGER"));
  REQUIRE(odd);
  CHECK(odd->kind == DefaultKind::expression);
  CHECK(odd->normal == "1 +");
  CHECK(literal_value("'it''s'") == "it's");
  CHECK(literal_value("-1.5") == "-1.5");
}

TEST_CASE("expressions: PostgreSQL's own spelling equals what was written", "[catalog]") {
  const auto same = [](std::string_view written, std::string_view printed) {
    CHECK(canonical_expression(written) == canonical_expression(printed));
  };
  same("lower(name)", "lower((name)::text)");
  same("status IN ('a', 'b')", "(status = ANY (ARRAY['a'::text, 'b'::text]))");
  same("status IN ('a')", "((status)::text = 'a'::text)");
  same("n BETWEEN 1 AND 5", "((n >= 1) AND (n <= 5))");
  same("a != 1 OR NOT b", "((a <> 1) OR (NOT b))");
  same("name LIKE 'a%' AND \"deletedAt\" IS NULL", "(((name)::text ~~ 'a%'::text) AND (\"deletedAt\" IS NULL))");
  same("data->>'a' = 'x'", "((data ->> 'a'::text) = 'x'::text)");
  CHECK_FALSE(canonical_expression("a > 1") == canonical_expression("a > 2"));
  CHECK_FALSE(canonical_expression("a - (b - c)") == canonical_expression("a - b - c"));
}
