#include "support/fixes.h"

#include <algorithm>
#include <map>

#include "validation/fixes/helpful_fixes.h"

namespace refract::tests {
namespace {

using validation::Analysis;
using validation::Diagnostic;

std::shared_ptr<const Analysis> analyse(std::vector<schema::SourceFile> files, schema::PrismaVersion version) {
  return Analysis::run(schema::Snapshot::build(std::move(files), {.version = version}));
}

std::shared_ptr<const Analysis> as_in_an_editor(const Analysis& analysis) {
  return Analysis::run(analysis.snapshot(), nullptr, validation::AnalysisMode::tolerant);
}

std::size_t count_of(const Analysis& analysis, std::string_view code) {
  return static_cast<std::size_t>(std::ranges::count(analysis.diagnostics(), code, &Diagnostic::code));
}

std::string text_of(const Analysis& analysis, const schema::FileRange& at) {
  const std::string_view text = analysis.snapshot()->files()[at.file].syntax->document().text();
  std::string marked(text.substr(at.range.begin, at.range.size()));
  while (!marked.empty() && (marked.back() == '\n' || marked.back() == '\r' || marked.back() == ' ')) marked.pop_back();
  return marked;
}

// How many places the grammar rejects.
std::size_t rejected_lines(const Analysis& analysis) {
  std::size_t count = 0;
  for (const schema::SourceFile& file : analysis.snapshot()->files())
    for (const syntax::PlacedBlock& placed : file.syntax->blocks()) count += placed.block->errors.size();
  return count;
}

// Rules of a datasource or generator go from key to key, and without a database there are none for it.
bool hidden_by_configuration(const Analysis& before, const Diagnostic& diagnostic) {
  const auto* placed = before.snapshot()->files()[diagnostic.at.file].syntax->block_at(diagnostic.at.range.begin);
  return placed->kind == syntax::BlockKind::datasource || placed->kind == syntax::BlockKind::generator;
}

// Its diagnostic is gone, and none of its stage has come up, but for what it hid: what the grammar rejects in text that
// was there before, on no more lines than before; and what the same rule reports of something else.
bool helps(const Analysis& before, const Analysis& after, const Diagnostic& diagnostic) {
  const auto same = [&](const Diagnostic& one) {
    return one.code == diagnostic.code && one.message == diagnostic.message &&
           text_of(after, one.at).find(text_of(before, diagnostic.at)) != std::string::npos;
  };
  const auto left = std::ranges::count_if(after.diagnostics(), [&](const Diagnostic& one) {
    return one.code == diagnostic.code && one.message == diagnostic.message;
  });
  const auto had = std::ranges::count_if(before.diagnostics(), [&](const Diagnostic& one) {
    return one.code == diagnostic.code && one.message == diagnostic.message;
  });
  if (left >= had && std::ranges::any_of(after.diagnostics(), same)) return false;
  return std::ranges::none_of(after.diagnostics(), [&](const Diagnostic& one) {
    if (one.stage != diagnostic.stage || count_of(after, one.code) <= count_of(before, one.code)) return false;
    const std::string marked = text_of(after, one.at);
    const bool was_there = std::ranges::any_of(before.snapshot()->files(), [&](const schema::SourceFile& file) {
      return file.syntax->document().text().find(marked) != std::string_view::npos;
    });
    if (one.stage == validation::Stage::syntax) return !was_there || rejected_lines(after) > rejected_lines(before);
    return one.code != diagnostic.code && !hidden_by_configuration(before, diagnostic);
  });
}

// Edits must not overlap and must lie in their files.
std::string misplaced(const std::vector<schema::SourceFile>& files, const validation::Fix& fix) {
  std::map<schema::FileId, std::vector<text::Range>> ranges;
  for (const validation::FileEdit& edit : fix.edits) {
    if (edit.file >= files.size()) return "an edit names no file";
    if (edit.edit.range.end > files[edit.file].syntax->document().size()) return "an edit lies behind the text";
    ranges[edit.file].push_back(edit.edit.range);
  }
  for (auto& [file, in_file] : ranges) {
    std::ranges::sort(in_file, {}, &text::Range::begin);
    for (std::size_t i = 0; i + 1 < in_file.size(); ++i) {
      if (in_file[i].end > in_file[i + 1].begin) return "edits overlap";
    }
  }
  return fix.edits.empty() ? "there is no edit" : "";
}

}  // namespace

void FixTally::add(const FixTally& other) {
  diagnostics += other.diagnostics;
  known += other.known;
  with_fix += other.with_fix;
  fixes += other.fixes;
  problems.insert(problems.end(), other.problems.begin(), other.problems.end());
}

FixTally try_fixes(const std::vector<schema::SourceFile>& files, schema::PrismaVersion version) {
  FixTally tally;
  const auto before = analyse(files, version);
  const auto judged = as_in_an_editor(*before);
  for (const Diagnostic& diagnostic : before->diagnostics()) tally.known += diagnostic.fixes.size();
  for (const Diagnostic& diagnostic : validation::with_helpful_fixes(before)) {
    ++tally.diagnostics;
    if (!diagnostic.fixes.empty()) ++tally.with_fix;
    for (const validation::Fix& fix : diagnostic.fixes) {
      ++tally.fixes;
      const auto trouble = [&](std::string why, std::string text) {
        tally.problems.push_back({std::string(diagnostic.code), fix.title, std::move(why), std::move(text)});
      };
      if (const std::string why = misplaced(files, fix); !why.empty()) {
        trouble(why, "");
        continue;
      }
      std::vector<schema::SourceFile> changed = files;
      for (schema::FileId file = 0; file < files.size(); ++file) {
        std::vector<text::Edit> edits;
        for (const validation::FileEdit& edit : fix.edits) {
          if (edit.file == file) edits.push_back(edit.edit);
        }
        if (edits.empty()) continue;
        changed[file].syntax =
            syntax::File::parse(text::Document(text::apply_edits(files[file].syntax->document().text(), edits)));
      }
      const auto after = analyse(changed, version);
      if (helps(*before, *after, diagnostic) || helps(*judged, *as_in_an_editor(*after), diagnostic)) continue;
      std::string why = "what is left:";
      for (const Diagnostic& one : after->diagnostics()) why += ' ' + std::string(one.code);
      trouble(why, std::string(changed[fix.edits.front().file].syntax->document().text()));
    }
  }
  return tally;
}

}  // namespace refract::tests
