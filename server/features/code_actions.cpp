#include "features/code_actions.h"

#include <algorithm>

#include "validation/fixes/helpful_fixes.h"

namespace refract::features {

std::vector<QuickFix> quick_fixes(const std::shared_ptr<const validation::Analysis>& analysis, schema::FileRange at) {
  std::vector<QuickFix> found;
  for (const validation::Diagnostic& diagnostic : analysis->diagnostics()) {
    const bool touched = diagnostic.at.file == at.file && diagnostic.at.range.begin <= at.range.end &&
                         at.range.begin <= diagnostic.at.range.end;
    if (!touched) continue;
    for (const validation::Fix* fix : validation::helpful_fixes(analysis, diagnostic)) {
      found.push_back({&diagnostic, fix});
    }
  }
  std::ranges::stable_sort(found, std::greater<>(), [](const QuickFix& quick_fix) { return quick_fix.fix->preferred; });
  return found;
}

}  // namespace refract::features
