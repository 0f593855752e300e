#pragma once

#include <optional>
#include <string>

#include "catalog/catalog.h"
#include "migrate/sql/spelling.h"
#include "schema/snapshot.h"

namespace refract::migrate {

// The column type of a stored field: its native type, or Prisma's default for its scalar type.
catalog::ColumnType column_type(const schema::Field& field, const schema::Snapshot& snapshot);

// The type as Prisma writes it: INTEGER, VARCHAR(255)[], "Role", s1 types as "s1"."Role".
std::string type_text(const catalog::ColumnType& type, Spelling spelling);

// SERIAL, BIGSERIAL or SMALLSERIAL of an integer type.
std::string serial_text(const catalog::ColumnType& type);

// PostgreSQL's types as Prisma's engine distinguishes them.
enum class Native {
  small_int,
  integer,
  big_int,
  oid,
  real,
  double_precision,
  decimal,
  money,
  var_char,
  char_,
  text,
  citext,
  bytea,
  bit,
  var_bit,
  uuid,
  xml,
  json,
  jsonb,
  inet,
  boolean,
  timestamp,
  timestamptz,
  date,
  time,
  timetz,
  other
};
Native native_of(const catalog::ColumnType& type);
// Its name after @db.: "VarChar".
std::string_view native_name(Native native);

// Prisma's scalar type for it: "Int"; empty for `other`.
std::string_view scalar_of(Native native);

// A date or time: Prisma does not compare defaults of these.
bool is_temporal(Native type);

}  // namespace refract::migrate
