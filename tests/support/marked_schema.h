#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/position.h"

// Fixtures with marked ranges: `<name>…</name>` around text, `<name/>` for a place between two letters. Marks may nest;
// they are taken out of the text.
namespace refract::tests {

struct Mark {
  std::string name;
  text::Range range;
  bool operator==(const Mark&) const = default;
};

struct MarkedSchema {
  std::string text;
  std::vector<Mark> marks;  // by begin, then end
};

MarkedSchema parse_marks(std::string_view fixture);

}  // namespace refract::tests
