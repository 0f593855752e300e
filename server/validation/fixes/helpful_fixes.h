#pragma once

#include <memory>
#include <vector>

#include "validation/core/diagnostic.h"

namespace refract::validation {

// The fixes of the diagnostic after which it is gone and no other has come up that is their doing (FixEffect). That is
// asked in both modes, of which one has to agree. Each fix costs a check of what it changes, or two.
std::vector<const Fix*> helpful_fixes(const std::shared_ptr<const Analysis>& analysis, const Diagnostic& diagnostic);

// What is found once the fix is made, by the same reader. It need not help.
std::shared_ptr<const Analysis> analysis_with(const std::shared_ptr<const Analysis>& before, const Fix& fix);

// All diagnostics, with helpful fixes only: for reports. Trying is given up on schemas with so many diagnostics or so
// much text that it would take seconds; the diagnostics after that have no fixes.
std::vector<Diagnostic> with_helpful_fixes(const std::shared_ptr<const Analysis>& analysis);

}  // namespace refract::validation
