#pragma once

#include <vector>

#include "validation/diagnostic.h"

namespace refract::features {

// A quick fix with the finding it belongs to.
struct QuickFix {
  const validation::Diagnostic* diagnostic = nullptr;
  const validation::Fix* fix = nullptr;
};

// The fixes of all findings that touch the range, preferred ones first.
std::vector<QuickFix> quick_fixes(const validation::Analysis& analysis, schema::FileRange at);

}  // namespace refract::features
