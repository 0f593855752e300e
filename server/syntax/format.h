#pragma once

#include <string>
#include <string_view>

namespace refract::syntax {

struct FormatOptions {
  unsigned tab_size = 2;  // spaces of one indent; Prisma's formatter ignores insertSpaces
  unsigned prisma = 7;    // major version whose syntax decides which lines are valid: block comments and letters
                          // beyond ASCII in names since 6, objects `{ a: 1 }` as values since 7
  // Byte for byte what Prisma's formatter answers, with what it loses and changes (docs/differences.md lists it).
  bool like_prisma = false;

  bool operator==(const FormatOptions&) const = default;
};

class LayoutCache;

// The text laid out as Prisma's formatter does it: columns aligned between blank lines, one blank line at most,
// attributes in Prisma's order, block attributes last. A line that the language has no rule for keeps its wording; a
// block that is not closed keeps its lines.
// Unless `like_prisma` asks for Prisma's answer, no token and no comment is lost or changed, the line ends and a byte
// order mark are kept, and formatting the result again changes nothing.
// Adds nothing: what Prisma completes (missing opposite fields) is the features layer's part.
// `layouts`: those of the same text before it was edited; nullptr: nothing is kept. They change no answer.
std::string format(std::string_view text, const FormatOptions& options = {}, LayoutCache* layouts = nullptr);

}  // namespace refract::syntax
