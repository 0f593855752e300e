#include "validation/codes/codes.h"

#include <vector>

#include "validation/codes/code_families.h"

namespace refract::validation {

std::span<const CodeFamily> code_families() {
  static const std::vector<CodeFamily> families = {
      {"Syntax, names, types and attributes", syntax_codes()},
      {"Defaults and functions", defaults_codes()},
      {"Ids, unique keys, indexes and names in the database", keys_codes()},
      {"Relations", relations_codes()},
      {"Native types, databases and configuration", database_codes()}};
  return families;
}

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
  for (const CodeInfo& known : codes()) {
    if (known.code == code) return &known;
  }
  return nullptr;
}

}  // namespace refract::validation
