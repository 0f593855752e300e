#include "features/on_type_formatting.h"

#include <algorithm>
#include <memory>
#include <string_view>

#include "features/line_edits.h"
#include "syntax/format.h"
#include "text/lines.h"

namespace refract::features {
namespace {

// The line around the offset with its line break.
text::Range line_around(std::string_view text, text::Offset at) {
  text::Range line{at, at};
  while (line.begin > 0 && text[line.begin - 1] != '\n') --line.begin;
  const std::size_t end = text.find('\n', at);
  line.end = static_cast<text::Offset>(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

// The lines from the keyword's to the closing brace's, without the last one's line break.
text::Range lines_of_block(std::string_view text, const syntax::PlacedBlock& placed) {
  const text::Range range = placed.in_file(placed.block->range);
  return {line_around(text, range.begin).begin, range.end};
}

// The edits of one block's lines. None where it is broken or shares its lines with something else.
std::vector<text::Edit> block_edits(const syntax::File& file, schema::PrismaVersion version, text::Offset within,
                                    const FormattingOptions& options) {
  const syntax::PlacedBlock* placed = file.block_at(within);
  if (placed == nullptr || placed->block->kind == syntax::BlockKind::filler) return {};
  const text::Range range = placed->in_file(placed->block->range);
  if (within < range.begin || range.end <= within) return {};
  const std::string_view text = file.document().text();
  const text::Range lines = lines_of_block(text, *placed);
  for (const text::Range& broken : broken_lines(file))
    if (broken.begin < lines.end && lines.begin < broken.end) return {};
  std::string laid_out = syntax::format(text.substr(lines.begin, lines.size()),
                                        {.tab_size = options.tab_size, .prisma = static_cast<unsigned>(version)});
  laid_out.resize(laid_out.find_last_not_of("\r\n") + 1);
  std::vector<text::Edit> edits = line_edits(text.substr(lines.begin, lines.size()), laid_out);
  for (text::Edit& edit : edits) edit.range = edit.range.shifted(lines.begin);
  return edits;
}

}  // namespace

std::vector<text::Edit> on_type_formatting(const syntax::File& file, schema::PrismaVersion version, text::Offset at,
                                           char typed, const FormattingOptions& options) {
  const std::string_view text = file.document().text();
  at = std::min(at, static_cast<text::Offset>(text.size()));
  if (typed == '}') {
    // Of a block's end alone: a brace may also be in a string, a comment or an object.
    const bool closes = at > 0 && text[at - 1] == '}';
    const syntax::PlacedBlock* placed = closes ? file.block_at(at - 1) : nullptr;
    if (placed == nullptr || placed->in_file(placed->block->range).end != at) return {};
    return block_edits(file, version, at - 1, options);
  }
  if (typed != '\n') return {};
  const text::Range line = line_around(text, at);
  const bool blank = text::is_blank(text.substr(line.begin, line.size()));
  if (!blank || line.begin == 0) return {};
  // As if the line were not there yet.
  const auto without = syntax::File::read_by(static_cast<int>(version), file.original().with_edits({{line, ""}}));
  std::vector<text::Edit> edits = block_edits(*without, version, line.begin - 1, options);
  for (text::Edit& edit : edits) {
    if (edit.range.begin >= line.begin) edit.range = edit.range.shifted(line.size());
  }
  // What would have to go over the cursor's line is left for later.
  std::erase_if(edits,
                [&](const text::Edit& edit) { return edit.range.begin < line.begin && edit.range.end > line.begin; });
  return edits;
}

}  // namespace refract::features
