#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "validation/core/diagnostic.h"

namespace refract::report {

// More diagnostics of one schema than this are of no use, and slow editors down.
inline constexpr std::size_t kMaxDiagnostics = 1000;

// The diagnostics that are shown, in their order, and how many are not. Errors go before warnings.
struct Shown {
  std::vector<const validation::Diagnostic*> diagnostics;  // point into the list given
  std::map<schema::FileId, std::size_t> left_out;          // by file

  std::size_t left_out_in_all() const;
};
Shown shown_of(const std::vector<validation::Diagnostic>& diagnostics, std::size_t most = kMaxDiagnostics);

// "9000 more diagnostics are not shown. Correct the ones above first."
std::string left_out_text(std::size_t count);

}  // namespace refract::report
