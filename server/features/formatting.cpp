#include "features/formatting.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "features/add_relations.h"
#include "features/complete_relations.h"
#include "features/line_edits.h"
#include "syntax/format.h"
#include "syntax/other_language.h"

namespace refract::features {
namespace {

// The range grown to whole lines.
text::Range whole_lines(std::string_view text, text::Range range) {
  const auto size = static_cast<text::Offset>(text.size());
  range = {std::min(range.begin, size), std::min(range.end, size)};
  while (range.begin > 0 && text[range.begin - 1] != '\n') --range.begin;
  // A range that ends where a line begins does not hold that line.
  while (range.end < size && (range.end == range.begin || text[range.end - 1] != '\n')) ++range.end;
  return range;
}

// What was added and removed of text, white space aside, by counting its bytes.
class Balance {
 public:
  void add(std::string_view text, int times) {
    for (const char c : text) {
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') counts_[static_cast<unsigned char>(c)] += times;
    }
  }
  bool is_even() const {
    return std::ranges::all_of(counts_, [](int count) { return count == 0; });
  }

 private:
  std::array<int, 256> counts_{};
};

// The edits within the lines, and as many beside them as have the other half of something that moves.
std::vector<text::Edit> edits_within(std::string_view text, const std::vector<text::Edit>& edits, text::Range lines) {
  const auto position = [&](std::size_t i) { return edits.begin() + static_cast<std::ptrdiff_t>(i); };
  std::size_t first = 0;
  while (first < edits.size() && edits[first].range.begin < lines.begin) ++first;
  std::size_t last = first;
  Balance balance;
  const auto add = [&](const text::Edit& edit) {
    balance.add(text.substr(edit.range.begin, edit.range.size()), -1);
    balance.add(edit.text, 1);
  };
  while (last < edits.size() && edits[last].range.end <= lines.end) add(edits[last++]);
  if (first == last) return {};
  while (!balance.is_even() && (first > 0 || last < edits.size())) {
    if (last < edits.size()) add(edits[last++]);
    if (!balance.is_even() && first > 0) add(edits[--first]);
  }
  return {position(first), position(last)};
}

// One file formatted, and whether a relation was completed, so that others may be now.
std::pair<std::string, bool> formatted_once(const schema::Snapshot& snapshot, schema::FileId file,
                                            const FormattingOptions& options, syntax::LayoutCache* layouts) {
  const std::string_view text = snapshot.files()[file].syntax->document().text();
  std::vector<text::Edit> missing;
  if (options.add_relations) {
    for (const validation::FileEdit& edit :
         options.like_prisma ? complete_relations(snapshot) : add_relations(snapshot)) {
      if (edit.file == file) missing.push_back(edit.edit);
    }
  }
  const std::string completed = missing.empty() ? std::string(text) : text::apply_edits(text, missing);
  const syntax::FormatOptions format_options{.tab_size = options.tab_size,
                                             .prisma = static_cast<unsigned>(snapshot.options().version),
                                             .like_prisma = options.like_prisma};
  return {syntax::format(completed, format_options, layouts), !missing.empty()};
}

std::shared_ptr<const schema::Snapshot> with_text(const schema::Snapshot& snapshot, schema::FileId file,
                                                  std::string text) {
  std::vector<schema::SourceFile> files(snapshot.files().begin(), snapshot.files().end());
  files[file].syntax = syntax::File::parse(text::Document(std::move(text)));
  return schema::Snapshot::build(std::move(files), snapshot.options());
}

}  // namespace

std::vector<text::Range> broken_lines(const syntax::File& file) {
  const std::string_view text = file.document().text();
  std::vector<text::Range> broken;
  const auto add = [&](text::Range range) {
    std::size_t begin = range.begin;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
    if (begin == 0 || text[begin - 1] == '\n') range.begin = static_cast<text::Offset>(begin);
    const std::size_t last = broken.empty() ? 0 : broken.back().end;
    if (!broken.empty() && text.find_first_not_of(" \t\r\n", last) >= range.begin) {
      broken.back().end = std::max(broken.back().end, range.end);
    } else {
      broken.push_back(range);
    }
  };
  for (const syntax::PlacedBlock& placed : file.blocks()) {
    const syntax::Block& block = *placed.block;
    if (block.kind != syntax::BlockKind::filler && !block.errors.empty()) {
      add(placed.in_file({0, static_cast<text::Offset>(block.text.size())}));
      continue;
    }
    for (const syntax::SyntaxError& error : block.errors) add(placed.in_file(error.range));
  }
  return broken;
}

std::vector<text::Edit> formatting(const schema::Snapshot& snapshot, schema::FileId file, FormattingOptions options,
                                   std::optional<text::Range> only, syntax::LayoutCache* layouts) {
  const std::string_view text = snapshot.files()[file].syntax->document().text();
  // The other half of a relation may be anywhere.
  if (only) options.add_relations = false;
  if (!syntax::other_language(text).empty()) return {};
  auto [laid_out, completed] = formatted_once(snapshot, file, options, layouts);
  // A layout can make a line valid, and then relations can be completed.
  const bool faulty = std::ranges::any_of(
      snapshot.files()[file].syntax->blocks(),
      [](const syntax::PlacedBlock& placed) { return placed.faulty || syntax::member_after_brace(*placed.block); });
  const bool settles = !options.like_prisma && options.add_relations;
  constexpr int kMaxRounds = 4;
  for (int round = 1; settles && round < kMaxRounds && (completed || faulty); ++round) {
    auto again = formatted_once(*with_text(snapshot, file, laid_out), file, options, nullptr);
    if (again.first == laid_out) break;
    std::tie(laid_out, completed) = std::move(again);
  }
  std::vector<text::Edit> edits = line_edits(text, laid_out);
  return only ? edits_within(text, edits, whole_lines(text, *only)) : edits;
}

}  // namespace refract::features
