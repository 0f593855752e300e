#pragma once

#include <string_view>

#include "schema/connector.h"

namespace refract::validation {

// Whether the text of a string default is one of the type: a date, Base64, JSON, a decimal number.
bool is_content_of(schema::ScalarType type, std::string_view text, schema::PrismaVersion version);

}  // namespace refract::validation
