#include "catalog/expression/default_fault.h"

#include <string>
#include <string_view>
#include <vector>

#include "catalog/expression/expression.h"
#include "catalog/expression/extension_objects.h"
#include "catalog/expression/input_text.h"
#include "support/catch.h"

using namespace refract;

namespace {

// The texts that are no values of the type. Each was tried on PostgreSQL 15.
std::vector<std::string_view> refused(std::string_view type, const std::vector<std::string_view>& texts) {
  std::vector<std::string_view> found;
  for (const std::string_view text : texts) {
    if (!catalog::may_be_value(text, type)) found.push_back(text);
  }
  return found;
}

std::string fault(const std::string& sql, const std::string& type) {
  const catalog::Default value{.kind = catalog::DefaultKind::expression, .expression = sql};
  return catalog::default_fault(value, catalog::canonical_type(type), catalog::Catalog::empty());
}

using Texts = std::vector<std::string_view>;

}  // namespace

TEST_CASE("default faults: texts that an input function takes", "[catalog]") {
  CHECK(refused("int4", {"1", " 1 ", "+1", "-1", "1.5", "", "x", "2147483648"}) == Texts{"1.5", "", "x", "2147483648"});
  CHECK(refused("oid", {"1", "-1", "x"}) == Texts{"x"});
  CHECK(refused("numeric", {"1.5", ".5", "1.", "1e3", "NaN", "-inf", "", "x", "1e", "."}) == Texts{"", "x", "1e", "."});
  CHECK(refused("bool", {"t", "TRUE", "ye", "on", "0", "o", "2", "A"}) == Texts{"o", "2", "A"});
  CHECK(refused("jsonb", {"{}", "[1, 2.5e+3]", "null", "-0", "\"\\u00e9\"", "{", "01", "tru", "\"a", "[1,]", "",
                          "\"\\u0000\"", "\"\\x\""}) ==
        Texts{"{", "01", "tru", "\"a", "[1,]", "", "\"\\u0000\"", "\"\\x\""});
  CHECK(refused("json", {"\"\\u0000\"", "{\"a\" 1}"}) == Texts{"{\"a\" 1}"});
  const std::string deep = std::string(3000, '[') + std::string(3000, ']');
  CHECK(refused("jsonb", {deep}).empty());
  CHECK(refused("timestamp", {"now", "epoch", "Jan 1 2020", "2020-01-01", "0000-01-01", "x", "", "12"}) ==
        Texts{"0000-01-01", "x", "", "12"});
  CHECK(refused("inet", {"10.0.0.1", "10.0.0.0/8", "::1", "::ffff:1.2.3.4", "10.0.0.300", "1.2.3", "x"}) ==
        Texts{"10.0.0.300", "1.2.3", "x"});
  CHECK(refused("bit", {"101", "b101", "x1F", "102", "xg"}) == Texts{"102", "xg"});
  CHECK(refused("bytea", {"\\x00ff", "\\xzz", "abc"}) == Texts{"\\xzz"});
  CHECK(refused("xml", {"<a/>", "text", "<a b='>'>x</a>", "<a><b></b></a> <c/>", "<!-- -->", "<a>", "</a>", "<a></b>",
                        "<a"}) == Texts{"<a>", "</a>", "<a></b>", "<a"});
  CHECK(refused("tsvector", {"anything"}).empty());
}

TEST_CASE("default faults: expressions of another type", "[catalog]") {
  CHECK(fault("1", "boolean") == "has type int4, which is not converted to bool");
  CHECK(fault("lower('A')", "integer") == "has type text, which is not converted to int4");
  CHECK(fault("CASE WHEN true THEN 1 ELSE 2.5 END", "date").starts_with("has type numeric"));
  CHECK(fault("ARRAY[1]", "integer") != "");
  CHECK(fault("'x'::date", "date") == "is no value of type date: 'x'");
  CHECK(fault("1", "inet") != "");
  CHECK(fault("true", "bit(3)") != "");
  CHECK(fault("$1", "integer") == "has a parameter");
  CHECK(fault("coalesce(NULL, 1)", "bigint") == "");
  CHECK(fault("ARRAY[1]", "bigint[]") == "");
  CHECK(fault("'{1,2}'", "integer[]") == "");
  CHECK(fault("'[0:1]={1,2}'", "integer[]") == "");
  CHECK(fault("'1'", "integer[]") != "");
  CHECK(fault("now()::text", "varchar(40)") == "");
  CHECK(fault("own(1)", "integer") == "");
}

TEST_CASE("default faults: a database's own functions and operators may give another type", "[catalog]") {
  catalog::Catalog catalog = catalog::Catalog::empty();
  const catalog::Default value{.kind = catalog::DefaultKind::expression, .expression = "lower('A')"};
  const catalog::ColumnType type = catalog::canonical_type("integer");
  CHECK(catalog::default_fault(value, type, catalog) != "");
  catalog.unmanaged.push_back({.kind = catalog::UnmanagedKind::function,
                               .name = {"public", "lower"},
                               .on_table = {},
                               .definition = {},
                               .uses = {}});
  CHECK(catalog::default_fault(value, type, catalog) == "");
}

TEST_CASE("default faults: functions of extensions", "[catalog]") {
  catalog::Catalog catalog = catalog::Catalog::empty();
  const auto missing = catalog::missing_function("upper(uuid_generate_v4()::text)", catalog);
  CHECK(missing.function == "uuid_generate_v4");
  CHECK(missing.extension == "uuid-ossp");
  CHECK(catalog::missing_function("'uuid_generate_v4()'", catalog).function.empty());
  CHECK(catalog::missing_function("UUID()", catalog).instead == "gen_random_uuid()");
  CHECK(catalog::missing_function("ifnull(1, 2)", catalog).function == "ifnull");
  CHECK(catalog::missing_function("uuid('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')", catalog).function.empty());
  CHECK(catalog::missing_function("own.uuid()", catalog).function.empty());
  catalog.extensions["uuid-ossp"] = {"uuid-ossp", "public", "", {}};
  CHECK(catalog::missing_function("uuid_generate_v4()", catalog).function.empty());
}

TEST_CASE("default faults: dates, intervals and lists", "[catalog]") {
  CHECK(refused("timestamp", {"2020-13-01", "2020-02-30", "2020-02-29", "2021-02-29", "0005-02-29 BC",
                              "2020-01-01 25:00", "2020-01-01T23:59:60Z", "13/13/2020"}) ==
        Texts{"2020-13-01", "2020-02-30", "2021-02-29", "2020-01-01 25:00"});
  CHECK(refused("time", {"25:00", "23:60", "24:00", "040506"}) == Texts{"25:00", "23:60"});
  CHECK(refused("interval", {"1 day", "1 dya", "P1D", "2 weeks ago", "@ 1 minute", "1-2", "3 4:05:06", "5 milliseconds",
                             "10 fortnights", ""}) == Texts{"1 dya", "10 fortnights", ""});
  CHECK(fault("'{1,2'", "integer[]").contains("is no value of type int4[]"));
  CHECK(fault("'[0:1]={1,2}'", "integer[]").empty());
  CHECK(fault("ARRAY[]", "text[]").contains("empty ARRAY[]"));
  CHECK(fault("ARRAY[]::text[]", "text[]").empty());
}

TEST_CASE("default faults: the parts of an expression do not match", "[catalog]") {
  using Cases = std::vector<std::pair<std::string, std::string>>;
  const Cases refused = {{"now() + interval '1 dya'", "timestamp"},
                         {"CURRENT_TIMESTAMP + 1", "timestamp"},
                         {"coalesce(1, 'a')", "text"},
                         {"CASE WHEN true THEN 1 ELSE 'a' END", "text"},
                         {"CASE WHEN 1 THEN 2 END", "integer"},
                         {"'a' + 'b'", "text"},
                         {"length(5)", "integer"},
                         {"lower(1)", "text"},
                         {"abs('a')", "integer"},
                         {"nextval()", "bigint"},
                         {"now(3)", "timestamp"},
                         {"ARRAY[1, true]", "integer[]"},
                         {"greatest(1, now())", "integer"}};
  for (const auto& [sql, type] : refused) {
    INFO(sql);
    CHECK_FALSE(fault(sql, type).empty());
  }
  const Cases valid = {
      {"now() + '1 day'", "timestamp"},       {"coalesce(1, '2')", "integer"}, {"'a' || 1", "text"},
      {"CURRENT_DATE + 1", "date"},           {"random(1, 10)", "integer"},    {"reverse('\\x00'::bytea)", "bytea"},
      {"ARRAY[1] + 1", "integer[]"},          {"'a' % 'b'", "boolean"},        {"own(5)", "text"},
      {"CASE WHEN 't' THEN 2 END", "integer"}};
  for (const auto& [sql, type] : valid) {
    INFO(sql);
    CHECK(fault(sql, type).empty());
  }
}
