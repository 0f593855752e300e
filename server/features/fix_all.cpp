#include "features/fix_all.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "features/add_relations.h"
#include "features/line_edits.h"
#include "validation/fixes/fix_effect.h"
#include "validation/fixes/helpful_fixes.h"
#include "validation/mistakes/mistake.h"

namespace refract::features {
namespace {

// A fixed schema may have more to fix: what a mistake hid, and fixes that would have met another's edits.
constexpr int kMaxRounds = 4;
// Sets of fixes that are tried in one round. Each trial costs a check of all that the set changes.
constexpr int kMaxTrials = 40;

// The codes of diagnostics that an editor may fix without being asked, for example when a file is saved: the intended
// text is unambiguous, and the fix neither guesses a name, nor changes the kind of a value, nor decides anything about
// the database.
constexpr std::array<validation::Code, 15> kSafelyFixed = {"deprecated-preview-feature",
                                                           "duplicate-schema",
                                                           "empty-argument",
                                                           "function-takes-no-argument",
                                                           "id-and-unique",
                                                           "ignore-in-ignored-model",
                                                           "ignore-on-unsupported",
                                                           "invalid-escape",
                                                           "legacy-colon",
                                                           "legacy-list",
                                                           "legacy-required",
                                                           "native-type-prefix",
                                                           "optional-list",
                                                           "renamed-preview-feature",
                                                           "repeated-field"};

bool is_safe(validation::Code code) {
  return validation::is_only_form(code) || std::ranges::find(kSafelyFixed, code) != kSafelyFixed.end();
}

struct SafeFix {
  const validation::Diagnostic* diagnostic = nullptr;
  const validation::Fix* fix = nullptr;
};

// The safe fixes of a file's diagnostics, so that no two overlap.
std::vector<SafeFix> safe_fixes(const validation::Analysis& analysis, schema::FileId file) {
  std::vector<SafeFix> safe;
  std::vector<text::Range> taken;
  const auto overlaps = [](text::Range one, text::Range other) {
    return one.begin <= other.end && other.begin <= one.end;
  };
  for (const validation::Diagnostic& diagnostic : analysis.diagnostics()) {
    if (diagnostic.at.file != file || !is_safe(diagnostic.code)) continue;
    const auto fix = std::ranges::find_if(diagnostic.fixes, &validation::Fix::preferred);
    if (fix == diagnostic.fixes.end()) continue;
    // Diagnostics come in the order of the text, but a fix may reach anywhere in the file.
    const bool free = std::ranges::all_of(fix->edits, [&](const validation::FileEdit& edit) {
      return edit.file == file &&
             std::ranges::none_of(taken, [&](text::Range range) { return overlaps(range, edit.edit.range); });
    });
    if (!free) continue;
    for (const validation::FileEdit& edit : fix->edits) taken.push_back(edit.edit.range);
    safe.push_back({&diagnostic, &*fix});
  }
  return safe;
}

// Takes all fixes that resolve their diagnostic and cause none like it: together where that holds of all, else by
// halves. What comes up besides was hidden by the mistake.
class Round {
 public:
  explicit Round(std::shared_ptr<const validation::Analysis> before) : before_(before), after_(std::move(before)) {}

  void take(std::span<const SafeFix> fixes) {
    if (fixes.empty() || ++trials_ > kMaxTrials) return;
    validation::Fix with = taken_;
    std::vector<const validation::Diagnostic*> fixed = fixed_;
    for (const SafeFix& one : fixes) {
      with.edits.insert(with.edits.end(), one.fix->edits.begin(), one.fix->edits.end());
      fixed.push_back(one.diagnostic);
    }
    auto after = validation::analysis_with(before_, with);
    if (resolves(*after, with, fixed)) {
      taken_ = std::move(with);
      fixed_ = std::move(fixed);
      after_ = std::move(after);
    } else if (fixes.size() > 1) {
      take(fixes.first(fixes.size() / 2));
      take(fixes.subspan(fixes.size() / 2));
    }
  }

  const std::shared_ptr<const validation::Analysis>& after() const { return after_; }

 private:
  bool resolves(const validation::Analysis& after, const validation::Fix& with,
                const std::vector<const validation::Diagnostic*>& fixed) const {
    std::set<validation::Code> codes;
    for (const validation::Diagnostic* one : fixed) codes.insert(one->code);
    const validation::FixEffect effect(*before_, after, with.edits);
    return effect.resolves(fixed) && std::ranges::none_of(effect.fresh(), [&](const validation::Diagnostic* fresh) {
             return codes.contains(fresh->code) && std::ranges::all_of(fixed, [&](const validation::Diagnostic* one) {
                      return effect.is_caused(*fresh, *one);
                    });
           });
  }

  std::shared_ptr<const validation::Analysis> before_;
  std::shared_ptr<const validation::Analysis> after_;
  validation::Fix taken_;
  std::vector<const validation::Diagnostic*> fixed_;  // by what is taken
  int trials_ = 0;
};

}  // namespace

std::vector<text::Edit> fix_all(std::shared_ptr<const validation::Analysis> analysis, schema::FileId file,
                                bool complete_relations) {
  const auto text_of = [file](const validation::Analysis& of) {
    return of.snapshot()->files()[file].syntax->document().text();
  };
  const auto before = analysis;
  for (int round = 0; round < kMaxRounds; ++round) {
    Round attempt(analysis);
    attempt.take(safe_fixes(*analysis, file));
    if (attempt.after() == analysis) break;
    analysis = attempt.after();
  }
  if (complete_relations) {
    validation::Fix missing;
    for (validation::FileEdit& edit : add_relations(*analysis->snapshot()))
      if (edit.file == file) missing.edits.push_back(std::move(edit));
    if (!missing.edits.empty()) analysis = validation::analysis_with(analysis, missing);
  }
  return analysis == before ? std::vector<text::Edit>() : line_edits(text_of(*before), text_of(*analysis));
}

}  // namespace refract::features
