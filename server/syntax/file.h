#pragma once

#include <memory>
#include <string>
#include <vector>

#include "syntax/ast.h"
#include "text/document.h"

namespace refract::syntax {

struct PlacedBlock {
  text::Offset start = 0;  // of the block's text in the file
  std::shared_ptr<const Block> block;

  text::Range in_file(text::Range relative) const { return relative.shifted(start); }
};

// One parsed file. Immutable; blocks partition its text without gaps. (A byte order mark is text like any other here,
// an invalid character at the start of the first line, as Prisma sees it; who reads files may take it off before.)
class File {
 public:
  // Parses a whole text.
  static std::shared_ptr<const File> parse(text::Document document);

  // The file after edits, given in the order they were made (each range refers to the text after the ones
  // before it, as LSP sends them). Blocks that the edits do not touch are shared with this file; a touched block
  // is re-parsed incrementally from its old syntax tree.
  std::shared_ptr<const File> with_edits(const std::vector<text::Edit>& edits) const;

  const text::Document& document() const { return document_; }
  const std::vector<PlacedBlock>& blocks() const { return blocks_; }

  // The block that holds the offset (the last one at the end of the text); nullptr only in an empty file.
  const PlacedBlock* block_at(text::Offset offset) const;

 private:
  struct Trees;  // syntax trees kept for incremental re-parsing
  class Update;
  // A block that depends on text behind its end, because something is left open there. Rare.
  struct FarReach {
    std::size_t block = 0;   // index
    text::Offset reach = 0;  // in the file
  };

  text::Document document_;
  std::vector<PlacedBlock> blocks_;
  std::vector<FarReach> far_reaches_;  // by block
  std::shared_ptr<const Trees> trees_;
};

}  // namespace refract::syntax
