#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "validation/mistakes/line.h"

// Characters that an editor does not show, or shows as white space, and that Prisma rejects: they come with text that
// is copied from web pages and word processors.
namespace refract::validation {

struct InvisibleCharacter {
  text::Range range;
  char32_t value = 0;
  std::string name;         // "U+200B (ZERO WIDTH SPACE)"
  std::string replacement;  // what is written instead; empty: nothing
};

// Those in the lines of the range, outside of strings and comments.
std::vector<InvisibleCharacter> invisible_characters(std::string_view text, text::Range range);

// The text of the range without them.
std::string without_invisible(std::string_view text, text::Range range,
                              const std::vector<InvisibleCharacter>& characters);

// What is wrong with a line that has them, and the mistake whose fix does nothing else.
Correction invisible_correction(const std::vector<InvisibleCharacter>& characters);
Mistake invisible_mistake(const syntax::Block& block, text::Range line,
                          const std::vector<InvisibleCharacter>& characters);

}  // namespace refract::validation
