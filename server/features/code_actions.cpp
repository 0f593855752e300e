#include "features/code_actions.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "features/rejections.h"
#include "migrate/hazards/hazard_table.h"
#include "migrate/history/next.h"
#include "validation/fixes/helpful_fixes.h"

namespace refract::features {
namespace {

// Why PostgreSQL rejects statements of the next migration.
using Reasons = std::set<std::string>;

// "type \"citext\" does not exist." of the message that begins with what is rejected.
std::string reason_of(const std::string& message) {
  const std::size_t colon = message.find(": ");
  return colon == std::string::npos ? message : message.substr(colon + 2);
}

Reasons reasons_in(const migrate::History& history, const validation::Analysis& analysis) {
  Reasons reasons;
  if (analysis.has_errors()) return reasons;  // no migration is made
  const auto next = migrate::next_migration(history, *analysis.snapshot());
  if (!next) return reasons;
  const std::string_view rejected = migrate::spec_of(migrate::HazardKind::will_fail).code;
  for (const migrate::Hazard& hazard : next->hazards) {
    if (hazard.code == rejected) reasons.insert(reason_of(hazard.message));
  }
  return reasons;
}

// Whether a place of the new text is in what the fix wrote.
bool is_written(const validation::Fix& fix, const schema::FileRange& at) {
  text::Offset shift = 0;  // wraps around where the text becomes shorter
  std::vector<text::Edit> edits;
  for (const validation::FileEdit& edit : fix.edits)
    if (edit.file == at.file) edits.push_back(edit.edit);
  std::ranges::stable_sort(edits, {}, [](const text::Edit& edit) { return edit.range.begin; });
  return std::ranges::any_of(edits, [&](const text::Edit& edit) {
    const text::Offset begin = edit.range.begin + shift;
    const auto size = static_cast<text::Offset>(edit.text.size());
    shift += size - edit.range.size();
    return at.range.touches(begin) || text::Range{begin, begin + size}.touches(at.range.begin);
  });
}

// Whether the next migration is rejected after the fix for what was no reason before it. Of a schema with errors, for
// which no migration is made, it is not known what was one: what is rejected in the rest of the schema is no reason.
bool is_rejected(const migrate::History& history, const Reasons& before, const validation::Analysis& after,
                 const validation::Fix& fix) {
  if (std::ranges::includes(before, reasons_in(history, after))) return false;
  const schema::Snapshot& snapshot = *after.snapshot();
  const auto found = rejections(snapshot, &history);
  if (found.empty()) return true;
  Reasons written;
  Reasons elsewhere = before;
  for (const validation::Diagnostic& one : rejection_diagnostics(snapshot, found))
    (is_written(fix, one.at) ? written : elsewhere).insert(reason_of(one.message));
  return !std::ranges::includes(elsewhere, written);
}

}  // namespace

std::vector<QuickFix> quick_fixes(const std::shared_ptr<const validation::Analysis>& analysis, schema::FileRange at,
                                  const migrate::History* history) {
  if (analysis->snapshot()->provider() != schema::Provider::postgresql) history = nullptr;
  std::optional<Reasons> rejected;
  std::vector<QuickFix> found;
  for (const validation::Diagnostic& diagnostic : analysis->diagnostics()) {
    const bool touched = diagnostic.at.file == at.file && diagnostic.at.range.begin <= at.range.end &&
                         at.range.begin <= diagnostic.at.range.end;
    if (!touched) continue;
    for (const validation::Fix* fix : validation::helpful_fixes(analysis, diagnostic)) {
      if (history) {
        if (!rejected) rejected = reasons_in(*history, *analysis);
        if (is_rejected(*history, *rejected, *validation::analysis_with(analysis, *fix), *fix)) continue;
      }
      found.push_back({&diagnostic, fix});
    }
  }
  std::ranges::stable_sort(found, std::greater<>(), [](const QuickFix& quick_fix) { return quick_fix.fix->preferred; });
  return found;
}

}  // namespace refract::features
