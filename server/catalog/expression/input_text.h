#pragma once

#include <string_view>

namespace refract::catalog {

// Whether PostgreSQL's input function of a built-in type takes the text: what it does with '…' in a default. True
// where only a server knows, and for types that are not known here.
bool may_be_value(std::string_view text, std::string_view type);

}  // namespace refract::catalog
