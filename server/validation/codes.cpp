#include "validation/codes.h"

#include <vector>

#include "validation/code_families.h"

namespace refract::validation {

std::span<const CodeInfo> codes() {
  static const std::vector<CodeInfo> all = [] {
    std::vector<CodeInfo> joined;
    for (const auto family : {syntax_codes(), defaults_codes(), keys_codes(), relations_codes(), database_codes()}) {
      joined.insert(joined.end(), family.begin(), family.end());
    }
    return joined;
  }();
  return all;
}

const CodeInfo* find_code(std::string_view code) {
  for (const CodeInfo& known : codes()) {
    if (known.code == code) return &known;
  }
  return nullptr;
}

}  // namespace refract::validation
