#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include "catalog/expression/expression.h"
#include "catalog/expression/type.h"
#include "catalog/tree/reader.h"

namespace refract::catalog {
namespace {

// Types of pg_catalog that a column can have. PostgreSQL looks there before anywhere else.
const std::unordered_set<std::string_view>& builtin_types() {
  static const std::unordered_set<std::string_view> kTypes = {"bool",
                                                              "bytea",
                                                              "char",
                                                              "name",
                                                              "int8",
                                                              "int2",
                                                              "int2vector",
                                                              "int4",
                                                              "regproc",
                                                              "text",
                                                              "oid",
                                                              "tid",
                                                              "xid",
                                                              "cid",
                                                              "oidvector",
                                                              "json",
                                                              "xml",
                                                              "point",
                                                              "lseg",
                                                              "path",
                                                              "box",
                                                              "polygon",
                                                              "line",
                                                              "float4",
                                                              "float8",
                                                              "circle",
                                                              "money",
                                                              "macaddr",
                                                              "inet",
                                                              "cidr",
                                                              "macaddr8",
                                                              "bpchar",
                                                              "varchar",
                                                              "date",
                                                              "time",
                                                              "timestamp",
                                                              "timestamptz",
                                                              "interval",
                                                              "timetz",
                                                              "bit",
                                                              "varbit",
                                                              "numeric",
                                                              "refcursor",
                                                              "regprocedure",
                                                              "regoper",
                                                              "regoperator",
                                                              "regclass",
                                                              "regtype",
                                                              "regrole",
                                                              "regnamespace",
                                                              "regcollation",
                                                              "uuid",
                                                              "pg_lsn",
                                                              "tsvector",
                                                              "gtsvector",
                                                              "tsquery",
                                                              "regconfig",
                                                              "regdictionary",
                                                              "jsonb",
                                                              "jsonpath",
                                                              "txid_snapshot",
                                                              "pg_snapshot",
                                                              "xid8",
                                                              "int4range",
                                                              "numrange",
                                                              "tsrange",
                                                              "tstzrange",
                                                              "daterange",
                                                              "int8range",
                                                              "int4multirange",
                                                              "nummultirange",
                                                              "tsmultirange",
                                                              "tstzmultirange",
                                                              "datemultirange",
                                                              "int8multirange",
                                                              "aclitem"};
  return kTypes;
}

struct Alias {
  std::string_view name;
  bool serial = false;
};

// SQL's words for built-in types, as the grammar or format_type leaves them (one space between words).
const std::unordered_map<std::string_view, Alias>& aliases() {
  static const std::unordered_map<std::string_view, Alias> kAliases = {
      {"integer", {"int4"}},
      {"int", {"int4"}},
      {"bigint", {"int8"}},
      {"smallint", {"int2"}},
      {"real", {"float4"}},
      {"float", {"float8"}},
      {"double precision", {"float8"}},
      {"decimal", {"numeric"}},
      {"dec", {"numeric"}},
      {"boolean", {"bool"}},
      {"character varying", {"varchar"}},
      {"char varying", {"varchar"}},
      {"character", {"bpchar"}},
      {"char", {"bpchar"}},
      {"bit varying", {"varbit"}},
      {"timestamp without time zone", {"timestamp"}},
      {"timestamp with time zone", {"timestamptz"}},
      {"time without time zone", {"time"}},
      {"time with time zone", {"timetz"}},
      {"serial", {"int4", true}},
      {"serial4", {"int4", true}},
      {"bigserial", {"int8", true}},
      {"serial8", {"int8", true}},
      {"smallserial", {"int2", true}},
      {"serial2", {"int2", true}},
  };
  return kAliases;
}

// Two modifier lists that mean the same become one.
void normalise_modifiers(ColumnType& type) {
  if (!type.schema.empty()) return;
  if (type.name == "numeric" && type.modifiers.size() == 1) type.modifiers.push_back(0);
  if (type.name == "float4" || type.name == "float8") type.modifiers.clear();
}

std::string_view sql_word(std::string_view name) {
  static const std::unordered_map<std::string_view, std::string_view> kWords = {{"int4", "INTEGER"},
                                                                                {"int8", "BIGINT"},
                                                                                {"int2", "SMALLINT"},
                                                                                {"float4", "REAL"},
                                                                                {"float8", "DOUBLE PRECISION"},
                                                                                {"numeric", "DECIMAL"},
                                                                                {"bool", "BOOLEAN"},
                                                                                {"bpchar", "CHAR"},
                                                                                {"varchar", "VARCHAR"}};
  const auto found = kWords.find(name);
  return found == kWords.end() ? std::string_view() : found->second;
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return result;
}

// The words that may follow a type's first word; longest reading wins.
std::string read_more_words(Reader& reader, std::string name) {
  if (name == "double") return reader.take_word("precision") ? "double precision" : name;
  if (name == "character" || name == "char" || name == "bit")
    return reader.take_word("varying") ? name + " varying" : name;
  return name;
}

bool read_zone(Reader& reader, std::string& name) {
  const std::size_t before = reader.position();
  for (const std::string_view word : {"without", "with"}) {
    if (reader.take_word(word) && reader.take_word("time") && reader.take_word("zone")) {
      name += word == "with" ? " with time zone" : " without time zone";
      return true;
    }
    reader.rewind(before);
  }
  return false;
}

}  // namespace

bool is_builtin_type(std::string_view name) {
  return builtin_types().contains(name);
}

std::optional<ColumnType> read_type(Reader& reader) {
  ColumnType type;
  bool quoted = false;
  const std::size_t before = reader.position();
  auto first = reader.read_name(&quoted);
  if (!first) return std::nullopt;
  if (reader.take(".")) {
    type.schema = *first;
    first = reader.read_name(&quoted);
    if (!first) {
      reader.rewind(before);
      return std::nullopt;
    }
    if (type.schema == "pg_catalog") type.schema.clear();
  }
  std::string name = *first;
  if (!quoted && type.schema.empty()) name = read_more_words(reader, std::move(name));
  if (reader.take("(")) {
    while (!reader.at_end() && !reader.take(")")) {
      const bool negative = reader.take("-");
      if (const auto number = reader.read_number()) {
        std::int32_t value = 0;
        std::from_chars(number->data(), number->data() + number->size(), value);
        type.modifiers.push_back(negative ? -value : value);
      } else if (!reader.read_name() && !reader.read_string() && !reader.take(",")) {
        reader.rewind(before);
        return std::nullopt;
      }
    }
  }
  if (!quoted && (name == "timestamp" || name == "time")) read_zone(reader, name);
  if (type.schema.empty() && name.starts_with('_') && is_builtin_type(std::string_view(name).substr(1))) {
    name.erase(0, 1);
    type.array = true;
  }
  const auto alias = quoted || !type.schema.empty() ? aliases().end() : aliases().find(name);
  if (alias != aliases().end()) {
    if (alias->second.name == "bpchar" && type.modifiers.empty()) type.modifiers.push_back(1);
    name = alias->second.name;
  } else if (!quoted && name == "bit" && type.modifiers.empty()) {
    type.modifiers.push_back(1);
  }
  while (reader.take("[")) {
    reader.read_number();
    if (!reader.take("]")) break;
    type.array = true;
  }
  type.name = std::move(name);
  normalise_modifiers(type);
  return type;
}

ColumnType canonical_type(std::string_view sql, std::string_view default_schema) {
  Reader reader(sql);
  auto type = read_type(reader);
  if (!type) return {.name = std::string(sql), .schema = "", .modifiers = {}};
  if (type->schema.empty() && !is_builtin_type(type->name)) type->schema = default_schema;
  return *type;
}

std::string type_sql(const ColumnType& type, std::string_view default_schema) {
  std::string sql;
  if (type.schema.empty() && is_builtin_type(type.name)) {
    const std::string_view word = sql_word(type.name);
    sql = type.name == "char" ? "\"char\"" : word.empty() ? upper(type.name) : std::string(word);
  } else if (type.name == "citext") {
    sql = "CITEXT";  // as Prisma spells its one native type that comes from an extension
  } else {
    if (!type.schema.empty() && type.schema != default_schema) sql = quote_name(type.schema) + ".";
    sql += quote_name(type.name);
  }
  for (std::size_t i = 0; i < type.modifiers.size(); ++i) {
    sql += (i == 0 ? "(" : ",") + std::to_string(type.modifiers[i]);
  }
  if (!type.modifiers.empty()) sql += ")";
  return type.array ? sql + "[]" : sql;
}

LoweredType lower_type_name(const Value& type_name) {
  const std::vector<std::string> names = tree::texts(type_name["names"]);
  QualifiedName written = tree::qualified(names);
  LoweredType lowered;
  ColumnType& type = lowered.type;
  type.array = !type_name["arrayBounds"].items().empty();
  for (const Value& modifier : type_name["typmods"].items()) {
    if (modifier["A_Const"]["ival"].exists()) {
      type.modifiers.push_back(static_cast<std::int32_t>(modifier["A_Const"]["ival"]["ival"].integer()));
    }
  }
  if (written.schema.empty()) {
    if (const auto alias = aliases().find(written.name); alias != aliases().end() && alias->second.serial) {
      type.name = alias->second.name;
      lowered.serial = true;
      return lowered;
    }
  }
  type.schema = written.schema == "pg_catalog" ? "" : written.schema;
  type.name = written.name;
  if (type.schema.empty() && type.name.starts_with('_') && is_builtin_type(std::string_view(type.name).substr(1))) {
    type.name.erase(0, 1);
    type.array = true;
  }
  // The grammar puts the fields of INTERVAL DAY TO SECOND before the precision, as a mask of bits.
  if (type.schema.empty() && type.name == "interval" && !type.modifiers.empty())
    type.modifiers.erase(type.modifiers.begin());
  normalise_modifiers(type);
  return lowered;
}

std::string modifier_fault(const ColumnType& type) {
  if (type.modifiers.empty()) return {};
  const std::int32_t first = type.modifiers.front();
  const auto outside = [&](std::string_view what, std::int32_t least, std::int32_t most, std::int32_t given) {
    if (given >= least && given <= most) return std::string();
    return std::string(what) + " of type " + type_sql(type) + " is not between " + std::to_string(least) + " and " +
           std::to_string(most);
  };
  if (type.name == "varchar" || type.name == "bpchar") return outside("the length", 1, 10485760, first);
  if (type.name == "bit" || type.name == "varbit") return outside("the length", 1, 83886080, first);
  if (type.name != "numeric") return {};
  if (std::string fault = outside("the precision", 1, 1000, first); !fault.empty()) return fault;
  return type.modifiers.size() == 1 ? std::string() : outside("the scale", -1000, 1000, type.modifiers[1]);
}

}  // namespace refract::catalog
