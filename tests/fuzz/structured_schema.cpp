// A schema of nested and repeated constructs, edited as in an editor, and all that is asked about it there.

#include <algorithm>
#include <map>

#include "features/code_actions.h"
#include "features/completion/completion.h"
#include "features/fix_all.h"
#include "features/hover.h"
#include "features/refactor/refactoring.h"
#include "features/semantic_tokens.h"
#include "fuzz/file_promises.h"
#include "fuzz/grammars.h"
#include "support/analysis_story.h"
#include "support/format_guards.h"

namespace refract::fuzz {
namespace {

using schema::FileId;
using schema::FileRange;
using schema::Snapshot;
using validation::Analysis;
using validation::AnalysisMode;
using validation::FileEdit;

constexpr std::size_t kLongest = 12'000;  // bytes of a file
constexpr AnalysisMode kModes[] = {AnalysisMode::strict, AnalysisMode::tolerant};

text::Offset size_of(const Snapshot& snapshot, FileId file) {
  return snapshot.files()[file].syntax->document().size();
}

void expect_within(const Snapshot& snapshot, const FileRange& at) {
  expect(at.file < snapshot.files().size(), "a place lies in a file of the schema");
  expect(at.range.begin <= at.range.end && at.range.end <= size_of(snapshot, at.file), "a place lies within the text");
}

void expect_applicable(const Snapshot& snapshot, const std::vector<FileEdit>& edits) {
  std::map<FileId, std::vector<text::Range>> ranges;
  for (const FileEdit& edit : edits) {
    expect_within(snapshot, {edit.file, edit.edit.range});
    ranges[edit.file].push_back(edit.edit.range);
  }
  for (auto& [file, sorted] : ranges) {
    std::ranges::sort(sorted);
    const auto overlap = [](const text::Range& one, const text::Range& next) { return one.end > next.begin; };
    expect(std::ranges::adjacent_find(sorted, overlap) == sorted.end(), "edits do not overlap");
  }
}

void expect_places(const Analysis& analysis) {
  for (const validation::Diagnostic& diagnostic : analysis.diagnostics()) {
    expect_within(*analysis.snapshot(), diagnostic.at);
    expect(!diagnostic.message.empty(), "a diagnostic has a message");
    for (const validation::Related& related : diagnostic.related) expect_within(*analysis.snapshot(), related.at);
    for (const validation::Fix& fix : diagnostic.fixes) expect_applicable(*analysis.snapshot(), fix.edits);
  }
}

// A schema as the language server has it: each state is made from the one before.
class Edited {
 public:
  Edited(std::vector<schema::SourceFile> files, schema::PrismaVersion version)
      : files_(std::move(files)), options_{.version = version} {
    build();
  }

  const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }
  const std::shared_ptr<const Analysis>& analysis() const { return analyses_[1]; }

  void edit(FileId file, const text::Edit& edit) {
    files_[file].syntax = edited(*files_[file].syntax, {edit});
    show("edited", files_[file].syntax->document().text());
    build();
    expect_fresh();
  }

 private:
  void build() {
    snapshot_ = Snapshot::build(files_, options_, snapshot_);
    tokens_ = features::SemanticTokens::build(*snapshot_, 0, tokens_);
    for (std::size_t mode = 0; mode < std::size(kModes); ++mode) {
      analyses_[mode] = Analysis::run(snapshot_, analyses_[mode], kModes[mode]);
      expect_places(*analyses_[mode]);
    }
  }

  void expect_fresh() const {
    std::vector<schema::SourceFile> files = files_;
    for (schema::SourceFile& file : files) {
      file.syntax = syntax::File::parse(text::Document(std::string(file.syntax->document().text())));
    }
    const auto fresh = Snapshot::build(std::move(files), options_);
    for (std::size_t mode = 0; mode < std::size(kModes); ++mode) {
      const std::string story = tests::story_of(*analyses_[mode]);
      const std::string fresh_story = tests::story_of(*Analysis::run(fresh, nullptr, kModes[mode]));
      if (story != fresh_story) {
        show("diagnostics", story);
        show("of the text", fresh_story);
      }
      expect(story == fresh_story, "the diagnostics after an edit are those of the text");
    }
    const text::Range all{0, size_of(*fresh, 0)};
    expect(tokens_->within(all) == features::SemanticTokens::build(*fresh, 0)->within(all),
           "the tokens after an edit are those of the text");
  }

  std::vector<schema::SourceFile> files_;
  schema::Options options_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::shared_ptr<const features::SemanticTokens> tokens_;
  std::shared_ptr<const Analysis> analyses_[std::size(kModes)];
};

text::Edit chosen_edit(std::string_view text, Choices& choices) {
  constexpr std::size_t kLengths[] = {0, 0, 1, 2, 10, 100, kLongest};
  const std::size_t begin = choices.below(text.size() + 1);
  const std::size_t end = std::min(text.size(), begin + kLengths[choices.below(std::size(kLengths))]);
  // What was there already is pasted, too.
  const std::size_t from = choices.below(2) == 1 ? choices.below(text.size() + 1) : text.size();
  const std::string pasted(text.substr(from, kLengths[choices.below(std::size(kLengths))]));
  return {{static_cast<text::Offset>(begin), static_cast<text::Offset>(end)},
          pasted + schema_grammar().text("piece", choices, kLongest / 4)};
}

void ask_at(const Edited& schema, const FileRange& at) {
  const Snapshot& snapshot = *schema.snapshot();
  for (const features::CompletionItem& item : features::completion(snapshot, {at.file, at.range.begin})) {
    expect_within(snapshot, {at.file, item.replace});
    expect(item.replace.touches(at.range.begin), "a suggestion replaces what the cursor touches");
  }
  if (const auto hover = features::hover(snapshot, {at.file, at.range.begin})) {
    expect_within(snapshot, {at.file, hover->range});
  }
  for (const features::Refactoring& one : features::refactorings(snapshot, at)) expect_applicable(snapshot, one.edits);
  for (const features::QuickFix& one : features::quick_fixes(schema.analysis(), at)) {
    expect_applicable(snapshot, one.fix->edits);
  }
}

void ask(const Edited& schema, Choices& choices) {
  const Snapshot& snapshot = *schema.snapshot();
  const auto file = static_cast<FileId>(choices.below(snapshot.files().size()));
  for (std::size_t places = 1 + choices.below(4); places > 0; --places) {
    const auto begin = static_cast<text::Offset>(choices.below(size_of(snapshot, file) + 1));
    ask_at(schema, {file, {begin, begin}});
  }
  const auto& diagnostics = schema.analysis()->diagnostics();
  if (!diagnostics.empty()) ask_at(schema, diagnostics[choices.below(diagnostics.size())].at);
  std::vector<FileEdit> all;
  for (text::Edit& edit : features::fix_all(schema.analysis(), file)) all.push_back({file, std::move(edit)});
  expect_applicable(snapshot, all);
}

}  // namespace

void run(std::string_view input) {
  using enum schema::PrismaVersion;
  Choices choices(input);
  const schema::PrismaVersion version = std::vector{v7, v6, v5}[choices.below(3)];
  std::vector<schema::SourceFile> files;
  for (std::size_t count = 1 + choices.below(2); files.size() < count;) {
    const auto file = syntax::File::parse(text::Document(schema_grammar().text("schema", choices, kLongest)));
    show("schema", file->document().text());
    expect_partition(*file);
    files.push_back({files.empty() ? "/a.prisma" : "/b.prisma", file});
  }
  for (const tests::BrokenGuard& broken : tests::broken_guards(files, version)) {
    expect(broken.guard != 'a', "formatting keeps every token and comment");
    expect(broken.guard != 'b', "formatting again changes nothing");
    expect(broken.guard != 'c', "formatting brings no diagnostic");
    expect(broken.guard != 'd', "formatting keeps the line ends");
  }
  Edited schema(std::move(files), version);
  for (std::size_t edits = choices.below(4); edits > 0; --edits) {
    const auto file = static_cast<FileId>(choices.below(schema.snapshot()->files().size()));
    schema.edit(file, chosen_edit(schema.snapshot()->files()[file].syntax->document().text(), choices));
  }
  ask(schema, choices);
}

}  // namespace refract::fuzz
