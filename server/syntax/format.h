#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/position.h"

namespace refract::syntax {

struct FormatOptions {
  unsigned tab_size = 2;  // spaces of one indent; Prisma's formatter ignores insertSpaces
  unsigned prisma = 7;    // major version whose syntax decides which lines are valid: block comments and letters
                          // beyond ASCII in names since 6, objects `{ a: 1 }` as values since 7
  // Formatting the result again changes nothing, unlike Prisma's: what follows a "}" on its line gets the empty line
  // before it at once, a block comment is read from its first character on, a property without a value keeps its "=",
  // and a text in which the language has no rule for a line is formatted until nothing changes (without `keep`).
  bool stable = false;
  // Not as Prisma does: ranges between two top-level items that stay as they are, sorted.
  std::vector<text::Range> keep;
};

// The text formatted byte for byte as Prisma's formatter formats it: columns aligned between blank lines, one blank
// line at most, attributes in Prisma's order, block attributes last, lines ended by "\n". A line that the language
// has no rule for keeps its wording; a block that is not closed keeps its lines. (A byte order mark is a character
// like others, and no rule handles it.)
// Adds nothing: what Prisma completes (missing opposite fields) is the features layer's part.
//
// As Prisma's formatter does, it loses a comment after the opening brace of a block, and it takes the colon of
// `name: Type` and the "!" of `Type!` (both from Prisma 1) away.
std::string format(std::string_view text, const FormatOptions& options = {});

}  // namespace refract::syntax
