#pragma once

#include <optional>
#include <string_view>

#include "validation/mistakes/mistake.h"

namespace refract::validation {

// Whether a line, without white space at its beginning, begins a block: `keyword Name {`.
bool begins_block(std::string_view line);

// A block that begins inside of another one, whose closing brace is missing above it. nullopt: `line` begins none.
std::optional<Mistake> inner_block(const syntax::Block& block, text::Range line);

}  // namespace refract::validation
