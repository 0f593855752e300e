#pragma once

#include <string_view>

#include "syntax/ast.h"

namespace refract::syntax {

// The documentation in a run of comments: the content of its `///` lines and /* */ comments, without white space
// in front, joined by "\n". `//` lines are none.
Documentation documentation_in(std::string_view comments);

// Adds what a trailing comment (slashes included) says to the documentation above.
void append_documentation(Documentation& documentation, std::string_view comment);

// Adds what Prisma 5, which has no /* */ comments, says of one: each of its lines is invalid. Does nothing for others.
void report_block_comment(std::string_view text, text::Range comment, SyntaxErrorKind kind,
                          std::vector<SyntaxError>& errors);

}  // namespace refract::syntax
