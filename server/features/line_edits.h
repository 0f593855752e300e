#pragma once

#include <string_view>
#include <vector>

#include "text/document.h"

namespace refract::features {

// The edits that lead from one text to another by groups of differing lines, a line whose white space alone changed
// by itself. The smallest such edits for what a formatter does, which moves little; correct for any two texts.
std::vector<text::Edit> line_edits(std::string_view old_text, std::string_view new_text);

}  // namespace refract::features
