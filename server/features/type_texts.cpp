#include "features/type_texts.h"

#include <array>

namespace refract::features {
namespace {

using schema::Provider;
using schema::ScalarType;

struct Stored {
  ScalarType type;
  std::string_view postgresql;
  std::string_view mysql;
  std::string_view sqlite;
  std::string_view sqlserver;
  std::string_view mongodb;
  std::string_view cockroachdb;
};

constexpr Stored kStored[] = {
    {ScalarType::string, "TEXT", "VARCHAR(191)", "TEXT", "NVARCHAR(1000)", "string", "STRING"},
    {ScalarType::boolean, "BOOLEAN", "BOOLEAN", "BOOLEAN", "BIT", "bool", "BOOL"},
    {ScalarType::int_, "INTEGER", "INTEGER", "INTEGER", "INT", "int", "INT4"},
    {ScalarType::big_int, "BIGINT", "BIGINT", "BIGINT", "BIGINT", "long", "INT8"},
    {ScalarType::float_, "DOUBLE PRECISION", "DOUBLE", "REAL", "FLOAT(53)", "double", "FLOAT8"},
    {ScalarType::decimal, "DECIMAL(65,30)", "DECIMAL(65,30)", "DECIMAL", "DECIMAL(32,16)", "", "DECIMAL(65,30)"},
    {ScalarType::date_time, "TIMESTAMP(3)", "DATETIME(3)", "DATETIME", "DATETIME2", "date", "TIMESTAMP(3)"},
    {ScalarType::json, "JSONB", "JSON", "JSONB", "", "object", "JSONB"},
    {ScalarType::bytes, "BYTEA", "LONGBLOB", "BLOB", "VARBINARY(max)", "binData", "BYTES"},
};

}  // namespace

std::string_view scalar_doc(ScalarType type) {
  switch (type) {
    case ScalarType::string:
      return "Text of any length.";
    case ScalarType::boolean:
      return "True or false.";
    case ScalarType::int_:
      return "A whole number of 32 bits.";
    case ScalarType::big_int:
      return "A whole number of 64 bits.";
    case ScalarType::float_:
      return "A floating-point number; use Decimal for money.";
    case ScalarType::decimal:
      return "An exact decimal number.";
    case ScalarType::date_time:
      return "A date and time.";
    case ScalarType::json:
      return "A JSON value.";
    case ScalarType::bytes:
      return "Binary data.";
  }
  return {};
}

std::string_view stored_as(Provider provider, ScalarType type) {
  for (const Stored& row : kStored) {
    if (row.type != type) continue;
    switch (provider) {
      case Provider::postgresql:
        return row.postgresql;
      case Provider::mysql:
        return row.mysql;
      case Provider::sqlite:
        return row.sqlite;
      case Provider::sqlserver:
        return row.sqlserver;
      case Provider::mongodb:
        return row.mongodb;
      case Provider::cockroachdb:
        return row.cockroachdb;
    }
  }
  return {};
}

}  // namespace refract::features
