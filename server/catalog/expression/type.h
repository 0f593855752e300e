#pragma once

#include <optional>

#include "catalog/catalog.h"
#include "catalog/tree/tree.h"

namespace refract::catalog {

using tree::Value;

class Reader;

// Reads a type's name off SQL text; what is not built in and has no schema written keeps an empty one.
std::optional<ColumnType> read_type(Reader& reader);

// A TypeName of the tree.
struct LoweredType {
  ColumnType type;      // schema empty where none was written
  bool serial = false;  // SERIAL, BIGSERIAL, SMALLSERIAL
};
LoweredType lower_type_name(const Value& type_name);

// Why PostgreSQL refuses the modifiers of a built-in type: "the length of type VARCHAR(0) is not between 1 and
// 10485760". Empty: it does not.
std::string modifier_fault(const ColumnType& type);

// Whether ALTER COLUMN TYPE converts without USING: PostgreSQL's implicit and assignment casts.
bool converts_by_itself(const ColumnType& from, const ColumnType& to, const Catalog& catalog);

}  // namespace refract::catalog
