#include "features/code_actions.h"

#include <algorithm>

namespace refract::features {

std::vector<QuickFix> quick_fixes(const validation::Analysis& analysis, schema::FileRange at) {
  std::vector<QuickFix> found;
  for (const validation::Diagnostic& diagnostic : analysis.diagnostics()) {
    const bool touched = diagnostic.at.file == at.file && diagnostic.at.range.begin <= at.range.end &&
                         at.range.begin <= diagnostic.at.range.end;
    if (!touched) continue;
    for (const validation::Fix& fix : diagnostic.fixes) found.push_back({&diagnostic, &fix});
  }
  std::ranges::stable_sort(found, std::greater<>(), [](const QuickFix& quick_fix) { return quick_fix.fix->preferred; });
  return found;
}

}  // namespace refract::features
