#include "report/shown.h"

#include <fmt/format.h>

#include <algorithm>

namespace refract::report {

using validation::Diagnostic;
using validation::Severity;

std::size_t Shown::left_out_in_all() const {
  std::size_t count = 0;
  for (const auto& [file, in_file] : left_out) count += in_file;
  return count;
}

Shown shown_of(const std::vector<Diagnostic>& diagnostics, std::size_t most) {
  const auto errors = static_cast<std::size_t>(std::ranges::count(diagnostics, Severity::error, &Diagnostic::severity));
  std::size_t errors_left = std::min(errors, most);
  std::size_t warnings_left = most - errors_left;
  Shown shown;
  for (const Diagnostic& diagnostic : diagnostics) {
    std::size_t& left = diagnostic.severity == Severity::error ? errors_left : warnings_left;
    if (left == 0) {
      ++shown.left_out[diagnostic.at.file];
      continue;
    }
    --left;
    shown.diagnostics.push_back(&diagnostic);
  }
  return shown;
}

std::string left_out_text(std::size_t count) {
  return fmt::format("{} more diagnostic{} not shown. Correct the ones above first.", count,
                     count == 1 ? " is" : "s are");
}

}  // namespace refract::report
