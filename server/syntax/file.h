#pragma once

#include <memory>
#include <string>
#include <vector>

#include "support/owners.h"
#include "syntax/ast.h"
#include "text/document.h"

namespace refract::syntax {

struct PlacedBlock {
  text::Offset start = 0;  // of the block's text in the file
  // As in the block; here so that a search for few of many blocks need not follow every pointer.
  BlockKind kind = BlockKind::filler;
  bool faulty = false;           // has errors in its syntax
  const Block* block = nullptr;  // lives as long as the file

  text::Range in_file(text::Range relative) const { return relative.shifted(start); }
};

// One parsed file. Immutable; blocks partition its text without gaps. (A byte order mark is text like any other here,
// an invalid character at the start of the first line, as Prisma sees it; who reads files may take it off before.)
class File {
 public:
  // Parses a whole text, as the newest Prisma does.
  static std::shared_ptr<const File> parse(text::Document document);

  // The file as this version of Prisma reads it: itself where that makes no difference, as in nearly all files.
  static std::shared_ptr<const File> read_by(int prisma, std::shared_ptr<const File> file);

  // The file whose text this one reads as another Prisma version; itself if it is the original.
  const File& original() const { return original_ ? *original_ : *this; }

  // The file after edits, given in the order they were made (each range refers to the text after the ones
  // before it, as LSP sends them). Blocks that the edits do not touch are shared with this file; a touched block
  // is parsed again, a very long one incrementally from its old syntax tree.
  std::shared_ptr<const File> with_edits(const std::vector<text::Edit>& edits) const;

  const text::Document& document() const { return document_; }
  const std::vector<PlacedBlock>& blocks() const { return blocks_; }

  // The block that holds the offset (the last one at the end of the text); nullptr only in an empty file.
  const PlacedBlock* block_at(text::Offset offset) const;

 private:
  static std::shared_ptr<File> parse(text::Document document, int prisma);

  // How many blocks an older version than this may read differently.
  struct NewerBlocks {
    std::size_t than_5 = 0;
    std::size_t than_6 = 0;
    void count(const Block& block);
    void discount(const Block& block);
  };
  class Update;
  // A block that depends on text after its end, because something is left open there. Rare.
  struct FarReach {
    std::size_t block = 0;   // index
    text::Offset reach = 0;  // in the file
  };

  text::Document document_;
  std::vector<PlacedBlock> blocks_;
  support::Owners<Block> owners_;
  std::vector<FarReach> far_reaches_;  // by block
  NewerBlocks newer_;
  std::shared_ptr<const File> original_;
};

}  // namespace refract::syntax
