#pragma once

#include <string_view>

#include "catalog/catalog.h"

namespace refract::migrate {

// What becomes of a column's rows when its type changes, by the rules of Prisma's engine
// (schema-engine, flavour/postgres/schema_differ.rs): it drops and recreates a column whose values cannot be cast.
enum class TypeChange { none, safe_cast, risky_cast, not_castable };

// The columns with the catalogs that show which types are enums. `from_schema`: `from` was made from a schema, where
// a precision that is not given stays open; a database always has one.
TypeChange type_change(const catalog::ColumnType& from, const catalog::Catalog& from_catalog, bool from_schema,
                       const catalog::ColumnType& to, const catalog::Catalog& to_catalog);

// What a conversion that PostgreSQL makes without a word takes from values: "the time of day". Empty: nothing.
std::string_view cut_by_cast(const catalog::ColumnType& from, const catalog::ColumnType& to);

}  // namespace refract::migrate
