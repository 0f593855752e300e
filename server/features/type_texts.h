#pragma once

#include <string_view>

#include "schema/connector.h"

// What scalar types are, for completion and hover.
namespace refract::features {

std::string_view scalar_doc(schema::ScalarType type);
// The type of a column without a native type, as migrations write it: "DECIMAL(65,30)". Empty: the database has none.
std::string_view stored_as(schema::Provider provider, schema::ScalarType type);

}  // namespace refract::features
