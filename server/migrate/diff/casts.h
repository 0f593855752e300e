#pragma once

#include <string_view>

#include "catalog/catalog.h"

namespace refract::migrate {

// What happens to a column's values when its type changes, by the rules of Prisma's engine
// (schema-engine, flavour/postgres/schema_differ.rs): it drops and recreates a column whose values cannot be cast.
enum class TypeChange { none, safe_cast, risky_cast, not_castable };

// Each catalog shows whether its type is an enum. `from_schema`: `from` comes from a Prisma schema, where an omitted
// precision is unspecified; in a database it is the type's default.
TypeChange type_change(const catalog::ColumnType& from, const catalog::Catalog& from_catalog, bool from_schema,
                       const catalog::ColumnType& to, const catalog::Catalog& to_catalog);

// The part of the values that PostgreSQL's cast drops without an error: "the time of day". Empty: nothing.
std::string_view lost_in_cast(const catalog::ColumnType& from, const catalog::ColumnType& to);

}  // namespace refract::migrate
