#include "features/fix_all.h"

#include <algorithm>
#include <array>

#include "features/line_edits.h"
#include "validation/helpful_fixes.h"

namespace refract::features {
namespace {

constexpr int kMostFixes = 100;

constexpr std::array<std::string_view, 20> kSafelyFixed = {"default-boolean",
                                                           "default-is-a-list",
                                                           "default-not-a-list",
                                                           "default-type",
                                                           "deprecated-preview-feature",
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
                                                           "relation-without-opposite",
                                                           "renamed-preview-feature",
                                                           "repeated-field"};

const validation::Fix* next_fix(const std::shared_ptr<const validation::Analysis>& analysis, schema::FileId file) {
  for (const validation::Diagnostic& diagnostic : analysis->diagnostics()) {
    if (diagnostic.at.file != file || std::ranges::find(kSafelyFixed, diagnostic.code) == kSafelyFixed.end()) continue;
    for (const validation::Fix* fix : validation::helpful_fixes(analysis, diagnostic)) {
      const bool stays =
          std::ranges::all_of(fix->edits, [&](const validation::FileEdit& edit) { return edit.file == file; });
      if (fix->preferred && stays) return fix;
    }
  }
  return nullptr;
}

}  // namespace

std::span<const std::string_view> safely_fixed_codes() {
  return kSafelyFixed;
}

std::vector<text::Edit> fix_all(std::shared_ptr<const validation::Analysis> analysis, schema::FileId file) {
  const auto text_of = [file](const validation::Analysis& of) {
    return of.snapshot()->files()[file].syntax->document().text();
  };
  const auto before = analysis;
  for (int fixed = 0; fixed < kMostFixes; ++fixed) {
    const validation::Fix* fix = next_fix(analysis, file);
    if (fix == nullptr) break;
    analysis = validation::analysis_with(analysis, *fix);
  }
  return analysis == before ? std::vector<text::Edit>() : line_edits(text_of(*before), text_of(*analysis));
}

}  // namespace refract::features
