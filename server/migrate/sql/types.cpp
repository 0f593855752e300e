#include "migrate/sql/types.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/expression/expression.h"

namespace refract::migrate {
namespace {

struct NativeRow {
  std::string_view prisma;   // the name after @db.
  std::string_view catalog;  // PostgreSQL's internal name
  std::string_view sql;      // as Prisma writes it
  Native native;
};

constexpr std::array kNatives = {
    NativeRow{"SmallInt", "int2", "SMALLINT", Native::small_int},
    NativeRow{"Integer", "int4", "INTEGER", Native::integer},
    NativeRow{"BigInt", "int8", "BIGINT", Native::big_int},
    NativeRow{"Oid", "oid", "OID", Native::oid},
    NativeRow{"Real", "float4", "REAL", Native::real},
    NativeRow{"DoublePrecision", "float8", "DOUBLE PRECISION", Native::double_precision},
    NativeRow{"Decimal", "numeric", "DECIMAL", Native::decimal},
    NativeRow{"Money", "money", "MONEY", Native::money},
    NativeRow{"VarChar", "varchar", "VARCHAR", Native::var_char},
    NativeRow{"Char", "bpchar", "CHAR", Native::char_},
    NativeRow{"Text", "text", "TEXT", Native::text},
    NativeRow{"Citext", "citext", "CITEXT", Native::citext},
    NativeRow{"ByteA", "bytea", "BYTEA", Native::bytea},
    NativeRow{"Bit", "bit", "BIT", Native::bit},
    NativeRow{"VarBit", "varbit", "VARBIT", Native::var_bit},
    NativeRow{"Uuid", "uuid", "UUID", Native::uuid},
    NativeRow{"Xml", "xml", "XML", Native::xml},
    NativeRow{"Json", "json", "JSON", Native::json},
    NativeRow{"JsonB", "jsonb", "JSONB", Native::jsonb},
    NativeRow{"Inet", "inet", "INET", Native::inet},
    NativeRow{"Boolean", "bool", "BOOLEAN", Native::boolean},
    NativeRow{"Timestamp", "timestamp", "TIMESTAMP", Native::timestamp},
    NativeRow{"Timestamptz", "timestamptz", "TIMESTAMPTZ", Native::timestamptz},
    NativeRow{"Date", "date", "DATE", Native::date},
    NativeRow{"Time", "time", "TIME", Native::time},
    NativeRow{"Timetz", "timetz", "TIMETZ", Native::timetz},
};

const NativeRow* row_of(const catalog::ColumnType& type) {
  if (!type.unsupported.value.empty()) return nullptr;
  // citext comes with an extension and may lie in any schema; any other type of such a name there is an enum.
  for (const NativeRow& row : kNatives) {
    if (row.catalog == type.name && (type.schema.empty() || row.native == Native::citext)) return &row;
  }
  return nullptr;
}

catalog::ColumnType default_type(schema::ScalarType scalar) {
  using schema::ScalarType;
  switch (scalar) {
    case ScalarType::string:
      return {.name = "text", .schema = "", .modifiers = {}};
    case ScalarType::boolean:
      return {.name = "bool", .schema = "", .modifiers = {}};
    case ScalarType::int_:
      return {.name = "int4", .schema = "", .modifiers = {}};
    case ScalarType::big_int:
      return {.name = "int8", .schema = "", .modifiers = {}};
    case ScalarType::float_:
      return {.name = "float8", .schema = "", .modifiers = {}};
    case ScalarType::decimal:
      return {.name = "numeric", .schema = "", .modifiers = {65, 30}};
    case ScalarType::date_time:
      return {.name = "timestamp", .schema = "", .modifiers = {3}};
    case ScalarType::json:
      return {.name = "jsonb", .schema = "", .modifiers = {}};
    case ScalarType::bytes:
      return {.name = "bytea", .schema = "", .modifiers = {}};
  }
  std::unreachable();
}

catalog::ColumnType native_type(const schema::NativeType& native, catalog::ColumnType otherwise) {
  for (const NativeRow& row : kNatives) {
    if (row.prisma != native.name) continue;
    catalog::ColumnType type{.name = std::string(row.catalog), .schema = "", .modifiers = {}};
    for (const std::string& argument : native.arguments) {
      std::int32_t modifier = 0;
      std::from_chars(argument.data(), argument.data() + argument.size(), modifier);
      type.modifiers.push_back(modifier);
    }
    return type;
  }
  return otherwise;
}

std::string raw_text(const catalog::ColumnType& type) {
  std::string text = type.name;
  if (!type.modifiers.empty()) text += fmt::format("({})", fmt::join(type.modifiers, ","));
  return text;
}

catalog::ColumnType unsupported_type(const std::string& written) {
  catalog::ColumnType type = catalog::canonical_type(written);
  type.unsupported.value = written;
  return type;
}

}  // namespace

catalog::ColumnType column_type(const schema::Field& field, const schema::Snapshot& snapshot) {
  catalog::ColumnType type;
  if (field.kind == schema::TypeKind::enumeration) {
    const schema::Placed* enumeration = snapshot.find(field.type_name);
    type.name = (*enumeration)->database_name;
    type.schema = (*enumeration)->database_schema.value_or("public");
  } else if (field.kind == schema::TypeKind::unsupported) {
    type = unsupported_type(field.syntax->type->unsupported_type);
  } else {
    // A composite type cannot be stored on PostgreSQL; Prisma's engine would take JSON.
    type = field.kind == schema::TypeKind::scalar ? default_type(field.scalar) : default_type(schema::ScalarType::json);
    if (field.native_type) type = native_type(*field.native_type, std::move(type));
  }
  type.array = field.arity == syntax::Arity::list;
  return type;
}

std::string type_text(const catalog::ColumnType& type, Spelling spelling) {
  const std::string_view brackets = type.array ? "[]" : "";
  if (!type.unsupported.value.empty()) return fmt::format("{}{}", type.unsupported.value, brackets);
  if (const NativeRow* row = row_of(type)) {
    if (type.modifiers.empty()) return fmt::format("{}{}", row->sql, brackets);
    return fmt::format("{}({}){}", row->sql, fmt::join(type.modifiers, ","), brackets);
  }
  if (type.schema.empty()) return raw_text(type) + std::string(brackets);
  if (!type.modifiers.empty()) return catalog::type_sql(type);
  return quoted(catalog::QualifiedName{type.schema, type.name}, spelling) + std::string(brackets);
}

std::string serial_text(const catalog::ColumnType& type) {
  if (type.name == "int2") return "SMALLSERIAL";
  return type.name == "int8" ? "BIGSERIAL" : "SERIAL";
}

Native native_of(const catalog::ColumnType& type) {
  if (type.name == "char" && type.unsupported.value.empty())
    return Native::char_;  // the one-byte type of PostgreSQL's own tables
  const NativeRow* row = row_of(type);
  return row ? row->native : Native::other;
}

std::string_view scalar_of(Native native) {
  switch (native) {
    case Native::small_int:
    case Native::integer:
    case Native::oid:
      return "Int";
    case Native::big_int:
      return "BigInt";
    case Native::real:
    case Native::double_precision:
      return "Float";
    case Native::decimal:
    case Native::money:
      return "Decimal";
    case Native::var_char:
    case Native::char_:
    case Native::text:
    case Native::citext:
    case Native::bit:
    case Native::var_bit:
    case Native::uuid:
    case Native::xml:
    case Native::inet:
      return "String";
    case Native::bytea:
      return "Bytes";
    case Native::json:
    case Native::jsonb:
      return "Json";
    case Native::boolean:
      return "Boolean";
    case Native::timestamp:
    case Native::timestamptz:
    case Native::date:
    case Native::time:
    case Native::timetz:
      return "DateTime";
    case Native::other:
      break;
  }
  return {};
}

std::string_view native_name(Native native) {
  const auto row = std::ranges::find(kNatives, native, &NativeRow::native);
  return row == kNatives.end() ? std::string_view() : row->prisma;
}

bool is_temporal(Native type) {
  return type == Native::timestamp || type == Native::timestamptz || type == Native::date || type == Native::time ||
         type == Native::timetz;
}

}  // namespace refract::migrate
