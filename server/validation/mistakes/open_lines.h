#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "validation/mistakes/mistake.h"

// A line that ends inside of brackets, with the lines that belong to it.
namespace refract::validation {

struct OpenLines {
  text::Range range;    // from the first character of the line to the end of the last one, in the block's text
  std::string text;     // with a comma at each line end that lacks one, and with all brackets closed
  bool closed = false;  // the text has all closing brackets
  // Where a closing brace at the beginning of a line ends the block for Prisma: the block after it, and how much of it
  // belongs to the line.
  const syntax::Block* next = nullptr;
  text::Offset end_in_next = 0;

  bool several(const syntax::Block& block) const;
};

// The lines up to the one that closes the brackets; if there is none before the next member, those that read like more
// arguments. nullopt: no bracket is open at the end of the line, or a string is.
std::optional<OpenLines> open_lines(const MistakeContext& context, const syntax::Block& block, text::Range line);

}  // namespace refract::validation
