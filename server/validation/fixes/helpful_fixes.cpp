#include "validation/fixes/helpful_fixes.h"

#include <algorithm>

#include "validation/fixes/fix_effect.h"

namespace refract::validation {
namespace {

// Limit of the work for checking the fixes of one report, in bytes of schema text. Each diagnostic counts as
// kCostOfDiagnostic bytes.
constexpr std::size_t kMaxCost = 64u << 20;
constexpr std::size_t kCostOfDiagnostic = 1000;

std::vector<schema::SourceFile> files_with(const schema::Snapshot& snapshot, const Fix& fix) {
  std::vector<schema::SourceFile> files(snapshot.files().begin(), snapshot.files().end());
  for (schema::FileId file = 0; file < files.size(); ++file) {
    std::vector<text::Edit> edits;
    for (const FileEdit& edit : fix.edits) {
      if (edit.file == file) edits.push_back(edit.edit);
    }
    if (edits.empty()) continue;
    // All edits of a fix refer to the original text. Applied from last to first, no edit changes the offsets of
    // another, and edits at one place keep their order.
    std::ranges::reverse(edits);
    std::ranges::stable_sort(edits, std::greater<>(), [](const text::Edit& edit) { return edit.range.begin; });
    files[file].syntax = files[file].syntax->with_edits(edits);
  }
  return files;
}

bool helps(const Analysis& before, const Analysis& after, const Fix& fix, const Diagnostic& diagnostic) {
  const FixEffect effect(before, after, fix.edits);
  const Diagnostic* fixed = &diagnostic;
  return effect.resolves({&fixed, 1}) && std::ranges::none_of(effect.fresh(), [&](const Diagnostic* fresh) {
           return effect.is_caused(*fresh, diagnostic);
         });
}

// The analysis in the other mode. Each of them is silent about what the other reports: a strict one about what comes
// after the errors of a stage, a tolerant one about what refers to a block with errors.
std::shared_ptr<const Analysis> in_other_mode(const Analysis& analysis) {
  return Analysis::run(analysis.snapshot(), nullptr,
                       analysis.mode() == AnalysisMode::strict ? AnalysisMode::tolerant : AnalysisMode::strict);
}

std::vector<const Fix*> helpful_of(const std::shared_ptr<const Analysis>& analysis, const Diagnostic& diagnostic,
                                   std::shared_ptr<const Analysis>& other) {
  std::vector<const Fix*> helpful;
  for (const Fix& fix : diagnostic.fixes) {
    bool good = helps(*analysis, *analysis_with(analysis, fix), fix, diagnostic);
    if (!good) {
      if (!other) other = in_other_mode(*analysis);
      good = helps(*other, *analysis_with(other, fix), fix, diagnostic);
    }
    if (good) helpful.push_back(&fix);
  }
  return helpful;
}

}  // namespace

std::shared_ptr<const Analysis> analysis_with(const std::shared_ptr<const Analysis>& before, const Fix& fix) {
  const schema::Snapshot& snapshot = *before->snapshot();
  return Analysis::run(schema::Snapshot::build(files_with(snapshot, fix), snapshot.options(), before->snapshot()),
                       before, before->mode());
}

std::vector<const Fix*> helpful_fixes(const std::shared_ptr<const Analysis>& analysis, const Diagnostic& diagnostic) {
  std::shared_ptr<const Analysis> other;
  return helpful_of(analysis, diagnostic, other);
}

std::vector<Diagnostic> with_helpful_fixes(const std::shared_ptr<const Analysis>& analysis) {
  std::size_t cost = analysis->diagnostics().size() * kCostOfDiagnostic;  // of checking one fix
  for (const schema::SourceFile& file : analysis->snapshot()->files()) cost += file.syntax->document().size();
  std::vector<Diagnostic> diagnostics = analysis->diagnostics();
  std::shared_ptr<const Analysis> other;
  std::size_t spent = 0;
  for (std::size_t i = 0; i < diagnostics.size(); ++i) {
    spent += cost * diagnostics[i].fixes.size();
    std::vector<Fix> helpful;
    if (spent <= kMaxCost) {
      for (const Fix* fix : helpful_of(analysis, analysis->diagnostics()[i], other)) helpful.push_back(*fix);
    }
    diagnostics[i].fixes = std::move(helpful);
  }
  return diagnostics;
}

}  // namespace refract::validation
