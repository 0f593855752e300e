#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/declaration.h"

namespace refract::validation {

// Whether a field of this native type can be part of an index, key or id. `has_length`: the index is over a prefix of
// the value.
bool may_be_indexed(schema::Provider provider, schema::IndexKind kind, std::string_view native_type,
                    const std::vector<std::string>& arguments, bool has_length);

// Whether an id can have a field of this type.
bool may_be_id(schema::Provider provider, schema::ScalarType type);

// Whether a field of this type is compared with such a value in the condition of an index.
bool takes_in_condition(schema::ScalarType type, schema::LiteralKind kind);

// SQL Server's `VarChar(Max)`.
bool is_max(std::string_view argument);

}  // namespace refract::validation
