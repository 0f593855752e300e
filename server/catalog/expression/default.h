#pragma once

#include <string_view>

#include "catalog/catalog.h"
#include "catalog/tree/tree.h"

namespace refract::catalog {

// Reads a default's text again, now that the column's type is known for certain. False: NULL, which is no default.
bool resolve_default(Default& value, const ColumnType& type, std::string_view default_schema);

// A default whose type is not known yet.
Default lower_untyped_default(const tree::Value& expression);  // kind expression: resolve_default() knows more

Default sequence_default(const QualifiedName& sequence, std::string_view default_schema);

}  // namespace refract::catalog
