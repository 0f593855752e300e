#include "features/formatting.h"

#include <algorithm>
#include <string>
#include <string_view>

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

// Whether the completed schema misses nothing any more. What Prisma adds to a relation with a name has none, so that
// it adds as much the next time.
bool completes(const schema::Snapshot& snapshot, const std::vector<validation::FileEdit>& edits) {
  std::vector<schema::SourceFile> files;
  for (schema::FileId id = 0; id < snapshot.files().size(); ++id) {
    const schema::SourceFile& file = snapshot.files()[id];
    std::vector<text::Edit> own;
    for (const validation::FileEdit& edit : edits)
      if (edit.file == id) own.push_back(edit.edit);
    files.push_back(own.empty() ? file
                                : schema::SourceFile{file.path, syntax::File::parse(text::Document(text::apply_edits(
                                                                    file.syntax->document().text(), own)))});
  }
  return complete_relations(*schema::Snapshot::build(std::move(files), snapshot.options())).empty();
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

std::vector<text::Edit> formatting(const schema::Snapshot& snapshot, schema::FileId file,
                                   const FormattingOptions& options, std::optional<text::Range> only) {
  const syntax::File& source = *snapshot.files()[file].syntax;
  const std::string_view text = source.document().text();
  if (!syntax::other_language(text).empty()) return {};
  std::vector<validation::FileEdit> relations = complete_relations(snapshot);
  if (options.for_editor && !relations.empty() && !completes(snapshot, relations)) relations.clear();
  std::vector<text::Edit> missing;
  for (const validation::FileEdit& edit : relations) {
    if (edit.file == file) missing.push_back(edit.edit);
  }
  const std::string completed = missing.empty() ? std::string(text) : text::apply_edits(text, missing);
  syntax::FormatOptions layout{.tab_size = options.tab_size,
                               .prisma = static_cast<unsigned>(snapshot.options().version)};
  if (options.for_editor) {
    layout.stable = true;
    // Nothing is missing where a line is broken, so that places in the completed text are those in the text.
    if (missing.empty()) layout.keep = broken_lines(source);
  }
  std::vector<text::Edit> edits = line_edits(text, syntax::format(completed, layout));
  if (only) {
    const text::Range lines = whole_lines(text, *only);
    std::erase_if(edits,
                  [&](const text::Edit& edit) { return edit.range.begin < lines.begin || lines.end < edit.range.end; });
  }
  return edits;
}

}  // namespace refract::features
