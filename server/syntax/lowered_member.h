#pragma once

#include <optional>
#include <vector>

#include "syntax/ast.h"

namespace refract::syntax {

// One member of a block, lowered. Ranges are relative to the block's text.
struct LoweredMember {
  using Kind = MemberPlace::Kind;
  Kind kind = Kind::field;
  Field field;
  EnumValue value;
  Property property;
  Attribute attribute;
  std::optional<text::Range> legacy_colon;
  std::optional<SyntaxErrorKind> legacy_type;  // legacy_required, legacy_list or optional_list, at the type's range
  std::optional<text::Range> comment;          // the trailing one, slashes included
  std::vector<SyntaxError> string_errors;
  // The first version of Prisma that reads it; 0: all do. 6: letters beyond ASCII, a /* */ comment; 7: `{ … }` values.
  int since_prisma = 0;
};

}  // namespace refract::syntax
