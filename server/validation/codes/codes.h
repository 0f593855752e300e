#pragma once

#include <span>
#include <string_view>

namespace refract::validation {

// One code of the one table: what `refract explain`, the pages under docs/codes and codeDescription read.
struct CodeInfo {
  std::string_view code;         // "unknown-type"
  std::string_view title;        // "An undeclared type"
  std::string_view explanation;  // Markdown: why it matters, an example, what to do
};

struct CodeFamily {
  std::string_view title;  // "Relations"
  std::span<const CodeInfo> codes;
};
std::span<const CodeFamily> code_families();
std::span<const CodeInfo> codes();  // of all families
const CodeInfo* find_code(std::string_view code);

}  // namespace refract::validation
