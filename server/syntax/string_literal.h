#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syntax/ast.h"

namespace refract::syntax {

// The content of a string literal (quotes included) with its escapes resolved as JSON's (RFC 8259, section 7).
// What is no escape is left out of the value and added to `errors`, with the range that Prisma marks; `offset` is
// where the literal's opening quote is.
std::string string_value(std::string_view literal, text::Offset offset, std::vector<SyntaxError>& errors);

}  // namespace refract::syntax
