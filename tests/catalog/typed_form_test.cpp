#include "catalog/expression/typed_form.h"
#include "catalog/dump.h"
#include "catalog/expression/constant_form.h"
#include "catalog/expression/expression.h"
#include "support/catch.h"

using namespace refract::catalog;
using namespace refract::catalog::test;

// Each pair of forms was taken from PostgreSQL 15; tests/live/expressions_test.cpp asks it for thousands more.

namespace {

const Catalog& shop() {
  static const Catalog kShop = [] {
    Catalog catalog = Catalog::empty();
    const auto issues = replay(steps_of(R"(
CREATE EXTENSION citext;
CREATE TYPE "Mood" AS ENUM ('sad', 'glad');
CREATE DOMAIN positive AS integer;
CREATE TABLE t (id integer, n numeric(10,2), f double precision, name text, code varchar(10), at timestamptz(3), d date,
  iv interval, tags text[], data jsonb, mood "Mood", ip inet, price money, raw bytea, size positive, c citext, letters char(3));)"),
                               catalog);
    CHECK(issues.empty());
    return catalog;
  }();
  return kShop;
}

ExpressionPlace place(const ColumnType* target = nullptr) {
  return {&shop(), shop().find_table({"public", "t"}), target};
}

void check_same(std::string_view written, std::string_view stored) {
  INFO(written << "\n" << stored);
  CHECK(typed_form(written, place()) == typed_form(stored, place()));
}

void check_other(std::string_view one, std::string_view other) {
  INFO(one << "\n" << other);
  CHECK_FALSE(same_expression(one, place(), other, place()));
}

void check_default(std::string_view type, std::string_view written, std::string_view stored) {
  INFO(type << ": " << written << "\n" << stored);
  const ColumnType target = canonical_type(type);
  CHECK(same_expression(written, place(&target), stored, place(&target)));
}

}  // namespace

TEST_CASE("typed form: the casts that PostgreSQL adds", "[catalog]") {
  check_same("lower(code)", "lower((code)::text)");
  check_same("code = 'a'", "((code)::text = 'a'::text)");
  check_same("code IN ('a', 'b')",
             "((code)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))");
  // As pg_dump writes it and PostgreSQL stores it the second time.
  check_same("code IN ('a', 'b')",
             "((code)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))");
  check_same("n > 0", "(n > (0)::numeric)");
  check_same("f * n > 1.5", "((f * (n)::double precision) > (1.5)::double precision)");
  check_same("COALESCE(id, 1::bigint) > 0", "(COALESCE((id)::bigint, (1)::bigint) > 0)");
  check_same("mood IN ('sad', 'glad')", "(mood = ANY (ARRAY['sad'::\"Mood\", 'glad'::\"Mood\"]))");
  check_same("size > 3", "((size)::integer > 3)");
  check_same("tags && ARRAY['a', 'b']", "(tags && ARRAY['a'::text, 'b'::text])");
  check_same("data->>'a' = 'x' AND data @> '{\"b\": 1}'",
             "(((data ->> 'a'::text) = 'x'::text) AND (data @> '{\"b\": 1}'::jsonb))");
  check_same("id BETWEEN 1 AND 5 AND d > '2020-1-2'", "((id >= 1) AND (id <= 5) AND (d > '2020-01-02'::date))");
  check_same("extract(year from at) > 2000 AND name LIKE 'a%'",
             "((EXTRACT(year FROM at) > (2000)::numeric) AND (name ~~ 'a%'::text))");
  check_same("trim(name) <> ''", "(TRIM(BOTH FROM name) <> ''::text)");
  check_same("(id, name) = (1, 'a')", "((id = 1) AND (name = 'a'::text))");
  check_same("id > -(7)", "(id > '-7'::integer)");
  check_same("CASE mood WHEN 'sad' THEN 1 ELSE 2.5 END > 1",
             "(CASE mood WHEN 'sad'::\"Mood\" THEN (1)::numeric ELSE 2.5 END > (1)::numeric)");
}

TEST_CASE("typed form: names on the search path, COLLATE, dollar quotes and U&", "[catalog]") {
  check_same("pg_catalog.lower(name) COLLATE pg_catalog.\"C\" < $$b$$", "((lower(name) COLLATE \"C\") < 'b'::text)");
  check_same("U&'\\0041' = name", "('A'::text = name)");
  check_same("E'a\\nb' = name", "('a\nb'::text = name)");
  CHECK(same_expression("f(id)", place(), "public.f(id)", place()));
  CHECK(same_expression("'sad'::\"Mood\"", place(), "'sad'::public.\"Mood\"", place()));
  CHECK(same_expression("extensions.uuid_generate_v4()", place(), "uuid_generate_v4()", place()));
  check_other("a.f(id)", "b.f(id)");
  // Of functions of which nothing is known casts do not count.
  check_same("similarity(code, 'x') > 0.5", "(similarity((code)::text, 'x'::text) > (0.5)::double precision)");
  check_same("c = 'x'", "(c = 'x'::citext)");
  check_same("SESSION_USER < '1' COLLATE \"C\"", "(SESSION_USER < ('1'::name COLLATE \"C\"))");
  check_same("name < 'a' COLLATE \"C\"", "(name < ('a'::text COLLATE \"C\"))");
}

TEST_CASE("typed form: constants in every spelling", "[catalog]") {
  const auto same = [](std::string_view type, const std::vector<std::string_view>& spellings) {
    for (const std::string_view spelling : spellings) {
      INFO(type << " " << spelling);
      CHECK(constant_form(type, spelling) == constant_form(type, spellings.front()));
    }
  };
  same("interval", {"24:00:00", "24 hours", "24h", "PT24H", "@ 24 hours", "1440 minutes", "86400", "86400 seconds"});
  same("interval", {"14 days", "2 weeks", "2w", "P2W", "P14D"});
  same("interval", {"1 year 2 mons 3 days 04:05:06.7", "1y 2mon 3d 4h 5m 6.7s", "P1Y2M3DT4H5M6.7S", "1-2 3 4:05:06.7"});
  same("interval", {"-1 days +02:03:00", "-1 day 02:03"});
  same("interval", {"1 day 12:00:00", "1.5 days"});
  same("interval", {"-01:00:00", "1 hour ago", "-1 hour"});
  same("date", {"1999-01-08", "January 8, 1999", "1/8/1999", "19990108", "08-Jan-1999", "1999-Jan-08", "Jan 8 1999"});
  same("time", {"16:05:00", "04:05 PM", "16:05", "160500"});
  same("timestamptz", {"2020-01-02 01:04:05+00", "2020-01-02 03:04:05+02", "2020-01-02T01:04:05Z"});
  same("timestamp", {"1970-01-01 00:00:00", "epoch", "1970-01-01"});
  same("inet", {"192.168.0.1", "192.168.0.1/32"});
  same("inet", {"2001:db8::1", "2001:0DB8:0:0:0:0:0:1", "2001:db8::0:1/128"});
  same("cidr", {"10.0.0.0/8", "10", "10/8", "10.0/8"});
  same("macaddr", {"08:00:2b:01:02:03", "08002b:010203", "0800.2B01.0203"});
  same("money", {"$1,000.50", "1000.5", "1000.50"});
  same("bytea", {"\\x6162", "ab", "\\141b", "\\x 61 62"});
  same("numeric", {"1000", "1e3", "01000"});
  same("float8", {"0.1", "1e-1", ".1"});
  same("uuid", {"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "{A0EEBC999C0B4EF8BB6D6BB9BD380A11}"});
  same("int4[]", {"{1,NULL}", "{ 1 , null }", "{\"1\",NULL}"});
  same("int4range", {"[1,10)", "[1,9]", "(0,9]"});
  same("daterange", {"[2020-01-01,2020-02-02)", "[2020-01-01,2020-02-01]"});
  same("bool", {"true", "t", "yes", "on", "1"});
  same("point", {"(1,2)", " ( 1.0 , 2 )"});
  CHECK(constant_form("interval", "1 month") != constant_form("interval", "30 days"));
  CHECK(constant_form("interval", "24 hours") != constant_form("interval", "1 day"));
  CHECK(constant_form("numeric", "1.50") != constant_form("numeric", "1.5"));
  CHECK(constant_form("date", "not a date") == "not a date");
}

TEST_CASE("typed form: defaults as PostgreSQL stores them", "[catalog]") {
  check_default("TIMESTAMPTZ(3)", "now() + interval '24 hours'", "(now() + '24:00:00'::interval)");
  check_default("TIMESTAMPTZ(3)", "CURRENT_TIMESTAMP + '30 min'", "(CURRENT_TIMESTAMP + '00:30:00'::interval)");
  check_default("TIMESTAMPTZ(3)", "now() + interval '2 weeks'", "(now() + '14 days'::interval)");
  check_default("TIMESTAMPTZ(3)", "now() + interval '1 month'", "(now() + '1 mon'::interval)");
  check_default("TEXT", "'a' COLLATE \"C\"", "('a'::text COLLATE \"C\")");
  check_default("JSONB", "'{\"a\":1}'::json::jsonb", "('{\"a\":1}'::json)::jsonb");
  check_default("DOUBLE PRECISION", "- 7 * pi()", "(('-7'::integer)::double precision * pi())");
  check_default("INTERVAL", "make_interval(days => '7'::int)", "make_interval(days => 7)");
  check_default("INTERVAL", "'90'::interval(3)", "'00:01:30'::interval");
  check_default("INTEGER[]", "ARRAY[1, NULL]::int[]", "ARRAY[1, NULL::integer]");
  check_default("REAL", "-100", "'-100'::integer");
  check_default("DECIMAL(10,2)", "-'100'::integer::numeric(10,2)", "(- (100)::numeric(10,2))");
  check_default("BOOLEAN", "NULL IS NULL", "(NULL::unknown IS NULL)");
  check_default("BOOLEAN", "NULL IS NOT DISTINCT FROM NULL", "(NULL::unknown IS NULL)");
  check_same("name IS DISTINCT FROM NULL", "(name IS NOT NULL)");
  check_same("NULL IS NOT DISTINCT FROM id", "(id IS NULL)");
  check_other("id IS DISTINCT FROM NULL", "id IS NULL");
  check_default("BOOLEAN", "'x' IS NOT NULL", "('x' IS NOT NULL)");
  check_default("BOOLEAN", "ROW(NULL, 1) IS NULL", "(ROW(NULL::unknown, 1) IS NULL)");
  check_default("INTEGER", "CASE WHEN NULL IS NULL THEN 1 ELSE 2 END",
                "CASE WHEN (NULL::unknown IS NULL) THEN 1 ELSE 2 END");
}

TEST_CASE("typed form: now and today are the moment of CREATE, which nothing is compared with", "[catalog]") {
  check_default("TIMESTAMP(6)", "'now'", "'2026-11-29 10:26:11.687896'::timestamp without time zone");
  check_default("TIMESTAMPTZ(3)", "timestamptz 'now'", "'2026-11-29 10:26:11.687+00'::timestamp with time zone");
  check_default("TIMESTAMPTZ(3)", "' NOW '::timestamptz", "'2026-11-29 10:26:11.687+00'::timestamp with time zone");
  check_default("TIMESTAMPTZ(3)", "'today 10:00 America/New_York'",
                "'2026-11-29 15:00:00+00'::timestamp with time zone");
  check_default("DATE", "'today'", "'2026-11-29'::date");
  check_default("DATE", "'tomorrow'::date + 1", "('2026-11-30'::date + 1)");
  check_default("TIMESTAMP(6)", "'yesterday 12:00'", "'2026-11-28 12:00:00'::timestamp without time zone");
  check_default("TIME(6)", "'now'", "'10:26:11.687896'::time without time zone");
  check_default("TIMETZ(6)", "'now'", "'10:26:11.687896+00'::time with time zone");
  check_default("TIMESTAMPTZ(6)[]", "'{now,epoch}'",
                "'{\"2026-11-29 10:26:11.687896+00\",\"1970-01-01 00:00:00+00\"}'::timestamp with time zone[]");
  check_default("tstzrange", "'[now,infinity)'", "'[\"2026-11-29 10:26:11.687896+00\",infinity)'::tstzrange");
  check_default("daterange", "'[today,tomorrow]'", "'[2026-11-29,2026-12-01)'::daterange");
  // These are one value whenever they are read.
  check_default("TIMESTAMP(6)", "'epoch'", "'1970-01-01 00:00:00'::timestamp without time zone");
  check_default("TIME(6)", "'allballs'", "'00:00:00'::time without time zone");
  check_default("TIMETZ(6)", "'allballs'", "'00:00:00+00'::time with time zone");
  check_default("DATE", "'-infinity'", "'-infinity'::date");
  const auto other = [](std::string_view type, std::string_view one, std::string_view two) {
    INFO(type << ": " << one << "\n" << two);
    const ColumnType target = canonical_type(type);
    CHECK_FALSE(same_expression(one, place(&target), two, place(&target)));
  };
  other("TIMESTAMP(6)", "'epoch'", "'2026-11-29 10:26:11'::timestamp without time zone");
  other("DATE", "'infinity'", "'2026-11-29'::date");
  other("TEXT", "'now'", "'2026-11-29'::text");
  other("TIMESTAMPTZ(6)", "'now'::text::timestamptz", "'2026-11-29 10:26:11+00'::timestamp with time zone");
  other("DATE", "'today'::date + 1", "('2026-11-29'::date + 2)");
  other("TIMESTAMPTZ(6)", "'now'", "now()");
  other("TIMESTAMPTZ(6)[]", "'{now,epoch}'", "'{\"2026-11-29 10:26:11+00\"}'::timestamp with time zone[]");
}

TEST_CASE("typed form: one token makes another expression", "[catalog]") {
  check_other("lower(name)", "upper(name)");
  check_other("id::bigint", "id");
  check_other("name::varchar(3)", "name::varchar(4)");
  check_other("name::varchar(3)", "name");
  check_other("n > 0", "n >= 0");
  check_other("code IN ('a', 'b')", "code IN ('a', 'c')");
  check_other("id - (1 - id)", "(id - 1) - id");
  check_other("name COLLATE \"C\" < 'a'", "name < 'a'");
  check_other("COALESCE(id, 1)", "COALESCE(id, 1::bigint)");
  check_other("now() + interval '1 day'", "now() + interval '24 hours'");
  check_other("at > '2020-01-01'", "at > '2020-01-02'");
  check_other("data -> 'a'", "data ->> 'a'");
  check_other("now()", "clock_timestamp()");
  check_other("lower(letters::bpchar)", "lower(letters::text)");
  check_other("'{\"a\": 1}'::jsonb::json", "'{\"a\":1}'::json");
  check_other("'x' IS NULL", "NULL IS NULL");
}

TEST_CASE("typed form: a cast to bpchar takes the length away", "[catalog]") {
  check_same("lower(letters)", "lower((letters)::text)");
  check_same("letters::bpchar = 'a'", "((letters)::bpchar = 'a'::bpchar)");
  check_same("letters::char(5)::bpchar = 'a'", "(((letters)::character(5))::bpchar = 'a'::bpchar)");
  check_same("letters IN ('a', 'b')", "(letters = ANY (ARRAY['a'::bpchar, 'b'::bpchar]))");
  check_same("code::bpchar = letters", "((code)::bpchar = letters)");
  check_other("letters::bpchar = 'a'", "letters = 'a'");
}
