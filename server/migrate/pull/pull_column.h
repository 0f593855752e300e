#pragma once

#include <string>

#include "migrate/pull/pull_names.h"

namespace refract::migrate {

// A column's type in a schema.
struct PulledType {
  std::string name;    // "Int", "Role", Unsupported("tsvector")
  std::string native;  // db.VarChar(255); empty where it is the type's usual one
  bool unsupported = false;
};
PulledType pulled_type(const catalog::Column& column, const catalog::Catalog& database, const PullNames& names);

// Unsupported("…"), as SQL writes it.
PulledType unsupported_type(catalog::ColumnType type);

// The column's default as dbgenerated("…"); empty: it has none.
std::string raw_default(const catalog::Column& column);

// What is between the parentheses of @default; empty: the column has none that the database knows.
std::string pulled_default(const catalog::Column& column, const catalog::Catalog& database, const PullNames& names);

}  // namespace refract::migrate
