#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "features/line_edits.h"
#include "features/refactor/block_lines.h"
#include "features/refactor/refactoring_families.h"
#include "text/lines.h"

// The blocks of a file by kind and name: configuration first, as it is, then models, views, types and enums. What
// is above the first block stays the file's head; other comments between blocks go along with the block below.
namespace refract::features {
namespace {

using syntax::BlockKind;

struct Piece {
  const syntax::Block* block = nullptr;
  std::string text;  // comments above included
};

int rank(BlockKind kind) {
  switch (kind) {
    case BlockKind::model:
      return 1;
    case BlockKind::view:
      return 2;
    case BlockKind::composite_type:
      return 3;
    case BlockKind::enumeration:
      return 4;
    default:
      return 0;
  }
}

auto key(const Piece& piece) {
  const int kind = rank(piece.block->kind);
  return std::tuple(kind, kind == 0 ? std::string_view() : std::string_view(piece.block->name.text));
}

}  // namespace

void add_sort_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found) {
  if (!context.at_header) return;
  const char* title = "Sort the blocks of this file by kind and name";
  if (std::ranges::find(found, title, &Refactoring::title) != found.end()) return;
  const syntax::File& file = *context.snapshot.files()[context.placed.file].syntax;
  const std::string_view old_text = file.document().text();
  std::vector<Piece> pieces;
  std::vector<std::string> gaps;  // before each piece
  text::Offset end = 0;           // of the last piece
  for (const syntax::PlacedBlock& placed : file.blocks()) {
    const syntax::Block& block = *placed.block;
    if (!block.errors.empty()) return;
    if (block.kind == BlockKind::filler) continue;
    const text::Range range = lines_of_block(old_text, placed);
    std::string gap(old_text.substr(end, range.begin - end));
    end = range.end;
    Piece piece{&block, std::string(old_text.substr(range.begin, range.size()))};
    if (!pieces.empty() && !text::is_blank(gap)) {
      const std::size_t line = gap.rfind('\n', gap.find_first_not_of(" \t\r\n"));
      const std::size_t begin = line == std::string::npos ? 0 : line + 1;
      piece.text = gap.substr(begin) + piece.text;
      gap.resize(begin);
    }
    if (!piece.text.ends_with('\n')) piece.text += text::line_break_of(old_text);
    gaps.push_back(std::move(gap));
    pieces.push_back(std::move(piece));
  }
  if (std::ranges::is_sorted(pieces, {}, key)) return;
  std::ranges::stable_sort(pieces, {}, key);
  std::string text;
  for (std::size_t i = 0; i < pieces.size(); ++i) text += gaps[i] + pieces[i].text;
  text += old_text.substr(end);
  Refactoring sorted{title, RefactoringKind::rewrite, {}};
  for (text::Edit& edit : line_edits(old_text, text)) sorted.edits.push_back({context.placed.file, std::move(edit)});
  found.push_back(std::move(sorted));
}

}  // namespace refract::features
