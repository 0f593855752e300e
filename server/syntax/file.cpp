#include "syntax/file.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "syntax/block_parser.h"
#include "syntax/block_splitter.h"

namespace refract::syntax {

namespace {

// Trees of the blocks edited last. A person types in one place, a rename touches a few.
constexpr std::size_t kMostTrees = 4;

}  // namespace

struct File::Trees {
  struct Entry {
    std::shared_ptr<const Block> block;  // kept alive: its address is what the entry is found by
    Tree tree;
  };
  std::vector<Entry> entries;  // the newest first

  const Tree* find(const Block* block) const {
    const auto found = std::ranges::find(entries, block, [](const Entry& entry) { return entry.block.get(); });
    return found == entries.end() ? nullptr : &found->tree;
  }
};

std::shared_ptr<const File> File::parse(text::Document document) {
  auto file = std::make_shared<File>();
  file->document_ = std::move(document);
  const std::string_view text = file->document_.text();
  for (BlockSplitter splitter(text, 0); !splitter.at_end();) {
    const Segment segment = splitter.next();
    if (segment.reach > segment.range.end + 2) file->far_reaches_.push_back({file->blocks_.size(), segment.reach});
    file->blocks_.push_back({segment.range.begin, parse_block(text, segment).block});
  }
  return file;
}

const PlacedBlock* File::block_at(text::Offset offset) const {
  const auto behind = std::ranges::upper_bound(blocks_, offset, {}, &PlacedBlock::start);
  return behind == blocks_.begin() ? nullptr : &*std::prev(behind);
}

std::shared_ptr<const File> File::with_edits(const std::vector<text::Edit>& edits) const {
  text::Document document = document_;
  for (const text::Edit& edit : edits) document = document.with_edit(edit);
  return parse(std::move(document));
}

}  // namespace refract::syntax
