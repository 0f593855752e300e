#include "catalog/expression/extension_objects.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <span>

#include "catalog/expression/expression.h"
#include "catalog/tree/raw_parse.h"
#include "catalog/tree/tree.h"
#include "support/ascii.h"

namespace refract::catalog {
namespace {

struct Object {
  std::string_view name;
  std::string_view extension;
};

constexpr std::array kTypes = {
    Object{"citext", "citext"},     Object{"hstore", "hstore"},     Object{"ltree", "ltree"},
    Object{"lquery", "ltree"},      Object{"ltxtquery", "ltree"},   Object{"vector", "vector"},
    Object{"halfvec", "vector"},    Object{"sparsevec", "vector"},  Object{"geometry", "postgis"},
    Object{"geography", "postgis"}, Object{"box2d", "postgis"},     Object{"box3d", "postgis"},
    Object{"cube", "cube"},         Object{"seg", "seg"},           Object{"isbn", "isn"},
    Object{"isbn13", "isn"},        Object{"issn", "isn"},          Object{"ean13", "isn"},
    Object{"upc", "isn"},           Object{"query_int", "intarray"}};

// Those that a default calls.
constexpr std::array kFunctions = {Object{"uuid_generate_v1", "uuid-ossp"},
                                   Object{"uuid_generate_v1mc", "uuid-ossp"},
                                   Object{"uuid_generate_v3", "uuid-ossp"},
                                   Object{"uuid_generate_v4", "uuid-ossp"},
                                   Object{"uuid_generate_v5", "uuid-ossp"},
                                   Object{"uuid_nil", "uuid-ossp"},
                                   Object{"gen_random_bytes", "pgcrypto"},
                                   Object{"gen_salt", "pgcrypto"},
                                   Object{"crypt", "pgcrypto"},
                                   Object{"digest", "pgcrypto"},
                                   Object{"hmac", "pgcrypto"}};

// Those of MySQL, SQL Server and SQLite that a default calls, and what PostgreSQL has instead.
struct OtherFunction {
  std::string_view name;
  std::string_view instead;
};
constexpr std::array kOtherFunctions = {OtherFunction{"uuid", "gen_random_uuid()"},
                                        OtherFunction{"newid", "gen_random_uuid()"},
                                        OtherFunction{"newsequentialid", "gen_random_uuid()"},
                                        OtherFunction{"getdate", "now()"},
                                        OtherFunction{"getutcdate", "now()"},
                                        OtherFunction{"sysdatetime", "now()"},
                                        OtherFunction{"sysutcdatetime", "now()"},
                                        OtherFunction{"datetime", "now()"},
                                        OtherFunction{"utc_timestamp", "now()"},
                                        OtherFunction{"curdate", "CURRENT_DATE"},
                                        OtherFunction{"curtime", "CURRENT_TIME"},
                                        OtherFunction{"unix_timestamp", "extract(epoch FROM now())"},
                                        OtherFunction{"strftime", "to_char()"},
                                        OtherFunction{"ifnull", "coalesce()"},
                                        OtherFunction{"rand", "random()"},
                                        OtherFunction{"randomblob", "gen_random_uuid()"}};

constexpr std::array kOpClasses = {Object{"gin_trgm_ops", "pg_trgm"},        Object{"gist_trgm_ops", "pg_trgm"},
                                   Object{"vector_l2_ops", "vector"},        Object{"vector_ip_ops", "vector"},
                                   Object{"vector_cosine_ops", "vector"},    Object{"vector_l1_ops", "vector"},
                                   Object{"halfvec_l2_ops", "vector"},       Object{"halfvec_ip_ops", "vector"},
                                   Object{"halfvec_cosine_ops", "vector"},   Object{"gin_hstore_ops", "hstore"},
                                   Object{"gist_hstore_ops", "hstore"},      Object{"gist_ltree_ops", "ltree"},
                                   Object{"gin__int_ops", "intarray"},       Object{"gist__int_ops", "intarray"},
                                   Object{"gist_geometry_ops_2d", "postgis"}};

// Extensions that bring no type for columns.
constexpr std::array<std::string_view, 19> kWithoutTypes = {
    "uuid-ossp",      "pgcrypto",     "pg_trgm",       "btree_gin",      "btree_gist",
    "unaccent",       "plpgsql",      "fuzzystrmatch", "tablefunc",      "pg_stat_statements",
    "dblink",         "postgres_fdw", "pgstattuple",   "amcheck",        "pg_prewarm",
    "pg_buffercache", "pageinspect",  "sslinfo",       "tsm_system_rows"};

std::string_view extension_of(std::span<const Object> objects, std::string_view name) {
  const auto found = std::ranges::find(objects, name, &Object::name);
  return found == objects.end() ? std::string_view() : found->extension;
}

bool is_unknown(const std::string& extension) {
  return may_have_unknown_types(extension);
}

MissingFunction missing_in(const tree::Value& value, const Catalog& catalog) {
  if (value.is_array()) {
    for (const tree::Value& item : value.items()) {
      if (MissingFunction missing = missing_in(item, catalog); !missing.function.empty()) return missing;
    }
    return {};
  }
  if (!value.is_object()) return {};
  for (const auto& [key, member] : value.members()) {
    if (key == "FuncCall") {
      const QualifiedName name = tree::qualified(member["funcname"]);
      const std::string_view extension = extension_of_function(name.name);
      const bool known = std::ranges::any_of(catalog.unmanaged, [&](const Unmanaged& object) {
        return is_routine(object.kind) && object.name.name == name.name;
      });
      if (!extension.empty() && !known && !catalog.extensions.contains(std::string(extension)))
        return {name.name, extension};
      const auto other = std::ranges::find(kOtherFunctions, name.name, &OtherFunction::name);
      // uuid('…') is a cast. Another extension may have one of that name.
      const bool cast = is_builtin_type(name.name) && !member["args"].items().empty();
      if (!cast && name.schema.empty() && other != kOtherFunctions.end() && !known &&
          std::ranges::none_of(std::views::keys(catalog.extensions), is_unknown))
        return {.function = name.name, .instead = other->instead};
    }
    if (MissingFunction missing = missing_in(member, catalog); !missing.function.empty()) return missing;
  }
  return {};
}

}  // namespace

std::string_view extension_of_type(std::string_view type) {
  return extension_of(kTypes, type);
}

std::string_view extension_of_function(std::string_view function) {
  return extension_of(kFunctions, function);
}

std::string_view extension_of_op_class(std::string_view op_class) {
  return extension_of(kOpClasses, op_class);
}

std::vector<std::string_view> types_of_extension(std::string_view extension) {
  std::vector<std::string_view> types;
  for (const Object& type : kTypes) {
    if (type.extension == extension) types.push_back(type.name);
  }
  return types;
}

bool may_have_unknown_types(std::string_view extension) {
  return std::ranges::find(kWithoutTypes, extension) == kWithoutTypes.end() &&
         std::ranges::find(kTypes, extension, &Object::extension) == kTypes.end();
}

MissingFunction missing_function(const std::string& sql, const Catalog& catalog) {
  // Most expressions call none of these; what does is parsed.
  const std::string lower = ascii::to_lower(sql);
  const auto is_named = [&](const auto& function) { return lower.contains(function.name); };
  const bool may = std::ranges::any_of(kFunctions, is_named) || std::ranges::any_of(kOtherFunctions, is_named);
  if (!may) return {};
  const RawParse raw = raw_parse_expression(sql);
  const auto expression = expression_of(raw);
  return expression ? missing_in(*expression, catalog) : MissingFunction();
}

}  // namespace refract::catalog
