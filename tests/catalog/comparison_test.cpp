#include "catalog/expression/comparison.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "catalog/expression/expression.h"
#include "support/catch.h"

using namespace refract;

namespace {

// Those of Prisma's native types, and others that a schema can name in Unsupported("…"). E and F are enums.
constexpr std::array kTypes = {
    "smallint", "integer", "bigint",     "numeric(10,2)", "money",   "inet",      "oid",          "citext",
    "real",     "float8",  "varchar(5)", "char(5)",       "text",    "bytea",     "timestamp(3)", "timestamptz(3)",
    "date",     "time",    "timetz",     "boolean",       "bit(3)",  "varbit(3)", "uuid",         "jsonb",
    "name",     "cidr",    "int4range",  "interval",      "macaddr", "macaddr8",  "tsvector",     "\"char\"",
    "E",        "F",       "integer[]",  "smallint[]",    "text[]",  "E[]",       "F[]"};

catalog::Catalog with_enums() {
  catalog::Catalog catalog = catalog::Catalog::empty();
  for (const char* name : {"E", "F"}) {
    catalog::Enum enumeration;
    enumeration.name = {"public", name};
    catalog.enums.emplace(enumeration.name, enumeration);
  }
  return catalog;
}

catalog::ColumnType type_named(std::string name) {
  const bool list = name.ends_with("[]");
  const std::string stem = name.substr(0, list ? name.size() - 2 : name.size());
  catalog::ColumnType type = catalog::canonical_type(stem == "E" || stem == "F" ? "\"" + stem + "\"" : stem);
  type.array = list;
  return type;
}

// The other types that may refer to the type.
std::string referring(const std::string& to) {
  const catalog::Catalog catalog = with_enums();
  std::string found;
  for (const char* from : kTypes) {
    if (from == to || !catalog::can_refer(type_named(from), type_named(to), catalog)) continue;
    found += (found.empty() ? "" : " ") + std::string(from);
  }
  return found;
}

}  // namespace

// Each pair was tried on PostgreSQL 15: ALTER TABLE … ADD FOREIGN KEY.
TEST_CASE("comparison: which types of columns may refer to which", "[catalog]") {
  CHECK(referring("smallint") == "integer bigint");
  CHECK(referring("integer") == "smallint bigint");
  CHECK(referring("bigint") == "smallint integer");
  CHECK(referring("numeric(10,2)") == "smallint integer bigint");
  CHECK(referring("money").empty());
  CHECK(referring("inet") == "cidr");
  CHECK(referring("cidr") == "inet");
  CHECK(referring("oid") == "smallint integer bigint");
  CHECK(referring("citext").empty());
  CHECK(referring("real") == "smallint integer bigint numeric(10,2) float8");
  CHECK(referring("float8") == "smallint integer bigint numeric(10,2) real");
  CHECK(referring("varchar(5)") == "citext char(5) text name \"char\"");
  CHECK(referring("char(5)") == "varchar(5) text");
  CHECK(referring("text") == "citext varchar(5) char(5) name \"char\"");
  CHECK(referring("name") == "varchar(5) char(5) text");
  CHECK(referring("bytea").empty());
  CHECK(referring("timestamp(3)") == "timestamptz(3) date");
  CHECK(referring("timestamptz(3)") == "timestamp(3) date");
  CHECK(referring("date") == "timestamp(3) timestamptz(3)");
  CHECK(referring("time").empty());
  CHECK(referring("timetz") == "time");
  CHECK(referring("interval") == "time");
  CHECK(referring("boolean").empty());
  CHECK(referring("bit(3)") == "varbit(3)");
  CHECK(referring("varbit(3)") == "bit(3)");
  CHECK(referring("uuid").empty());
  CHECK(referring("jsonb").empty());
  CHECK(referring("int4range").empty());
  CHECK(referring("macaddr") == "macaddr8");
  CHECK(referring("macaddr8") == "macaddr");
  for (const char* list : {"integer[]", "smallint[]", "text[]", "E[]", "E", "F", "tsvector", "\"char\""}) {
    INFO(list);
    CHECK(referring(list).empty());
  }
}

TEST_CASE("comparison: domains are their types, and of extensions nothing is known", "[catalog]") {
  catalog::Catalog catalog = with_enums();
  catalog.unmanaged.push_back({.kind = catalog::UnmanagedKind::domain,
                               .name = {"public", "count"},
                               .on_table = {},
                               .definition = {},
                               .uses = {},
                               .domain = catalog::Domain{.base = type_named("integer")}});
  const catalog::ColumnType domain{.name = "count", .schema = "public", .modifiers = {}};
  const catalog::ColumnType geometry{.name = "geometry", .schema = "public", .modifiers = {}};
  CHECK(catalog::can_refer(domain, type_named("bigint"), catalog));
  CHECK(catalog::can_refer(type_named("smallint"), domain, catalog));
  CHECK_FALSE(catalog::can_refer(domain, type_named("text"), catalog));
  CHECK(catalog::can_refer(geometry, type_named("text"), catalog));
  CHECK(catalog::can_refer(geometry, geometry, catalog));
}

// Tried on PostgreSQL 15: CREATE INDEX … (column class).
TEST_CASE("comparison: which types an operator class takes", "[catalog]") {
  const auto takes = [](const char* op_class, const char* method, const char* type) {
    return catalog::takes_type(op_class, method, type_named(type), with_enums());
  };
  CHECK(takes("text_pattern_ops", "btree", "text"));
  CHECK(takes("text_pattern_ops", "btree", "varchar(5)"));
  CHECK(takes("text_ops", "btree", "citext"));
  CHECK_FALSE(takes("text_pattern_ops", "btree", "integer"));
  CHECK_FALSE(takes("text_pattern_ops", "btree", "name"));
  CHECK_FALSE(takes("text_pattern_ops", "btree", "char(5)"));
  CHECK_FALSE(takes("bpchar_ops", "btree", "citext"));
  CHECK_FALSE(takes("int4_ops", "btree", "bigint"));
  CHECK(takes("inet_ops", "gist", "cidr"));
  CHECK(takes("array_ops", "gin", "integer[]"));
  CHECK_FALSE(takes("array_ops", "gin", "integer"));
  CHECK_FALSE(takes("jsonb_path_ops", "gin", "text"));
  CHECK(takes("enum_ops", "btree", "E"));
  CHECK_FALSE(takes("enum_ops", "btree", "text"));
  CHECK(takes("range_ops", "gist", "int4range"));
  CHECK(takes("gin_trgm_ops", "gin", "integer"));  // an extension's
}
