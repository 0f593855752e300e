#pragma once

#include <vector>

#include "migrate/history/history.h"
#include "validation/core/diagnostic.h"

namespace refract::features {

// A quick fix with the diagnostic it belongs to.
struct QuickFix {
  const validation::Diagnostic* diagnostic = nullptr;
  const validation::Fix* fix = nullptr;
};

// The helpful fixes of all diagnostics that touch the range, preferred ones first. They live as long as the analysis.
// With the migrations of a PostgreSQL project (nullptr: not known), a fix is left out after which the next migration
// has a statement more that PostgreSQL rejects.
std::vector<QuickFix> quick_fixes(const std::shared_ptr<const validation::Analysis>& analysis, schema::FileRange at,
                                  const migrate::History* history = nullptr);

}  // namespace refract::features
