#include "features/code_actions.h"

#include <algorithm>
#include <optional>

#include "migrate/hazards/hazard_table.h"
#include "migrate/history/next.h"
#include "validation/fixes/helpful_fixes.h"

namespace refract::features {
namespace {

// How many statements of the next migration PostgreSQL rejects.
std::size_t rejected_statements(const migrate::History& history, const validation::Analysis& analysis) {
  if (analysis.has_errors()) return 0;  // no migration is made
  const auto next = migrate::next_migration(history, *analysis.snapshot());
  if (!next) return 0;
  const std::string_view rejected = migrate::spec_of(migrate::HazardKind::will_fail).code;
  return static_cast<std::size_t>(std::ranges::count(next->hazards, rejected, &migrate::Hazard::code));
}

}  // namespace

std::vector<QuickFix> quick_fixes(const std::shared_ptr<const validation::Analysis>& analysis, schema::FileRange at,
                                  const migrate::History* history) {
  if (analysis->snapshot()->provider() != schema::Provider::postgresql) history = nullptr;
  std::optional<std::size_t> rejected;
  std::vector<QuickFix> found;
  for (const validation::Diagnostic& diagnostic : analysis->diagnostics()) {
    const bool touched = diagnostic.at.file == at.file && diagnostic.at.range.begin <= at.range.end &&
                         at.range.begin <= diagnostic.at.range.end;
    if (!touched) continue;
    for (const validation::Fix* fix : validation::helpful_fixes(analysis, diagnostic)) {
      if (history) {
        if (!rejected) rejected = rejected_statements(*history, *analysis);
        if (rejected_statements(*history, *validation::analysis_with(analysis, *fix)) > *rejected) continue;
      }
      found.push_back({&diagnostic, fix});
    }
  }
  std::ranges::stable_sort(found, std::greater<>(), [](const QuickFix& quick_fix) { return quick_fix.fix->preferred; });
  return found;
}

}  // namespace refract::features
