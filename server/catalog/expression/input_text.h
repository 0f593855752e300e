#pragma once

#include <string>
#include <string_view>

#include "catalog/expression/resolve.h"

namespace refract::catalog {

// Whether PostgreSQL's input function of a built-in type takes the text: what it does with '…' in a default. True
// where only a server knows, and for types that are not known here.
bool may_be_value(std::string_view text, std::string_view type);

// Why the text is no value of the type, an enum or a list, as the end of a sentence: "is no value of type int4: 'a'".
// Empty: it may be one.
std::string text_fault(std::string_view text, const TypeKey& type, const Types& types);

}  // namespace refract::catalog
