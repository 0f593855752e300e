#pragma once

#include <string_view>

#include "syntax/ast.h"

namespace refract::syntax {

// The documentation in a run of comments: the content of its `///` lines and /* */ comments, without white space
// in front, joined by "\n". `//` lines are none.
Documentation documentation_in(std::string_view comments);

// Adds the text of a trailing comment (slashes included) to the documentation above.
void append_documentation(Documentation& documentation, std::string_view comment);

}  // namespace refract::syntax
