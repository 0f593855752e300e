#include "validation/codes/codes.h"

#include <algorithm>
#include <vector>

namespace refract::validation {

std::span<const CodeInfo> codes() {
  static const std::vector<CodeInfo> all = [] {
    std::vector<CodeInfo> joined;
    for (const CodeFamily& family : code_families()) {
      joined.insert(joined.end(), family.codes.begin(), family.codes.end());
    }
    return joined;
  }();
  return all;
}

const CodeInfo* find_code(std::string_view code) {
  const auto found = std::ranges::find(codes(), code, [](const CodeInfo& info) { return info.code.name(); });
  return found == codes().end() ? nullptr : &*found;
}

}  // namespace refract::validation
