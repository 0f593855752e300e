#include "syntax/file.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "syntax/block_parser.h"
#include "syntax/block_splitter.h"
#include "syntax/other_language.h"

namespace refract::syntax {

namespace {

// How much after an edit is read first. Nearly always the blocks line up again in it, and the rest of a large
// text need not be at hand.
constexpr text::Offset kFirstLook = 4096;

// More edits than this are applied as one, where that is possible: each by itself moves all blocks after it.
constexpr std::size_t kMostSingleEdits = 64;

// The new segments in the place of old blocks, still to be parsed.
struct Fresh {
  std::size_t block = 0;  // index
  Segment segment;
  const Block* older = nullptr;  // what was there before; nullptr: unknown
};

PlacedBlock place(text::Offset start, const Block& block) {
  return {start, block.kind, !block.errors.empty(), &block};
}

void shift(Segment& segment, text::Offset delta) {
  for (text::Range* range : {&segment.range, &segment.keyword, &segment.name}) *range = range->shifted(delta);
  for (text::Offset* offset :
       {&segment.reach, &segment.comment_begin, &segment.comment_end, &segment.open, &segment.body, &segment.close}) {
    *offset += delta;
  }
}

// One edit that does what these do one after another. nullopt: one of them does not lie before the one that it follows,
// so that their ranges do not refer to one text.
std::optional<text::Edit> as_one(const text::Document& document, std::span<const text::Edit> edits) {
  std::vector<text::Edit> in_order(edits.rbegin(), edits.rend());
  text::Offset end = 0;
  for (const text::Edit& edit : in_order) {
    if (edit.range.begin < end || edit.range.end < edit.range.begin) return std::nullopt;
    end = edit.range.end;
  }
  if (end > document.size()) return std::nullopt;
  const text::Range all{in_order.front().range.begin, end};
  for (text::Edit& edit : in_order) edit.range = edit.range.shifted(0 - all.begin);
  return text::Edit{all, text::apply_edits(document.slice(all), in_order)};
}

}  // namespace

// Applies edits one after another to the list of blocks, and parses what is new at the end: whole blocks, as
// tree-sitter 0.20, where it reuses what it can of an old tree, at times makes another one of a text than it makes of
// the text alone. A delta is added modulo 2^32, which makes it a subtraction where the text shrinks.
class File::Update {
 public:
  explicit Update(const File& old)
      : document_(old.document_),
        blocks_(old.blocks_),
        owners_(old.owners_),
        far_reaches_(old.far_reaches_),
        newer_(old.newer_) {}

  void apply(const text::Edit& wanted) {
    text::Edit edit = wanted;
    edit.range.begin = std::min(edit.range.begin, document_.size());
    edit.range.end = std::clamp(edit.range.end, edit.range.begin, document_.size());
    old_size_ = document_.size();
    document_ = document_.with_edit(edit);
    const auto inserted = static_cast<text::Offset>(edit.text.size());
    const std::size_t from = first_affected(edit.range.begin);
    const text::Offset start = from < blocks_.size() ? blocks_[from].start : 0;
    const text::Offset end = edit.range.begin + inserted;
    const text::Offset look = std::min(document_.size() - end, kFirstLook) + end;
    Cut made = cut(document_.slice_beyond({start, look}), start, from, edit.range, end);
    if (made.unsure) made = cut(document_.text().substr(start), start, from, edit.range, end);
    replace(from, made.after, std::move(made.segments), edit.range.begin, inserted - edit.range.size());
  }

  std::shared_ptr<const File> finish() {
    auto file = std::make_shared<File>();
    std::vector<std::shared_ptr<const Block>> parsed_blocks;
    for (const Fresh& fresh : fresh_) {
      auto block = parse_block(document_.slice(fresh.segment.range), fresh.segment, kNewestPrisma, fresh.older);
      blocks_[fresh.block] = place(fresh.segment.range.begin, *block);
      newer_.count(*block);
      parsed_blocks.push_back(std::move(block));
    }
    owners_.take(std::move(parsed_blocks), blocks_, std::mem_fn(&PlacedBlock::block));
    file->document_ = std::move(document_);
    file->blocks_ = std::move(blocks_);
    file->owners_ = std::move(owners_);
    file->far_reaches_ = std::move(far_reaches_);
    file->newer_ = newer_;
    return file;
  }

 private:
  struct Cut {
    std::vector<Segment> segments;
    std::size_t after = 0;  // the first old block that is kept
    bool unsure = false;    // more of the text could change it
  };

  // Splits `text` (the document's from `start` on) again from the block `from` on, until an old one after the edit
  // lines up. `end`: of what was inserted.
  Cut cut(std::string_view text, text::Offset start, std::size_t from, text::Range removed, text::Offset end) const {
    Cut made{.after = from};
    const text::Offset delta = end - removed.end;
    const auto lines_up = [&](text::Offset position) {
      if (position < end) return false;
      while (made.after < blocks_.size() &&
             (blocks_[made.after].start < removed.end || blocks_[made.after].start + delta < position)) {
        ++made.after;
      }
      return made.after < blocks_.size() && blocks_[made.after].start + delta == position;
    };
    BlockSplitter splitter(text, 0, kNewestPrisma);
    while (!lines_up(start + splitter.position()) && !splitter.at_end()) {
      made.segments.push_back(splitter.next());
      shift(made.segments.back(), start);
    }
    if (splitter.at_end() && !lines_up(start + splitter.position())) made.after = blocks_.size();
    made.unsure = splitter.depends_on_end() && start + text.size() < document_.size();
    return made;
  }

  // The first block to split again for an edit at this offset: the one before those it touches, as where that one
  // ends depends on what follows; and any whose reach goes this far.
  std::size_t first_affected(text::Offset at) const {
    const auto touched = std::ranges::lower_bound(blocks_, at, {}, &PlacedBlock::start);
    std::size_t first = static_cast<std::size_t>(touched - blocks_.begin());
    for (const FarReach& far : far_reaches_) {
      if (far.reach >= at) first = std::min(first, far.block);
    }
    return first - std::min<std::size_t>(first, 2);
  }

  text::Offset end_of(std::size_t block) const {
    return block + 1 < blocks_.size() ? blocks_[block + 1].start : old_size_;
  }

  // True when the segment is the old block of this index as it was, all of it before the edit.
  bool is_unchanged(const Segment& segment, std::size_t block, text::Offset edit_begin) const {
    const PlacedBlock& old = blocks_[block];
    return old.block && old.start == segment.range.begin && end_of(block) == segment.range.end &&
           segment.range.end <= edit_begin && old.block->kind == segment.kind &&
           (segment.kind != BlockKind::filler || same_errors(old.block->errors, segment.errors));
  }

  static bool same_errors(const std::vector<SyntaxError>& left, const std::vector<SyntaxError>& right) {
    return std::ranges::equal(
        left, right, [](const SyntaxError& a, const SyntaxError& b) { return a.kind == b.kind && a.range == b.range; });
  }

  void replace(std::size_t from, std::size_t after, std::vector<Segment> segments, text::Offset edit_begin,
               text::Offset delta) {
    std::size_t same = 0;
    while (same < segments.size() && from + same < after && is_unchanged(segments[same], from + same, edit_begin)) {
      ++same;
    }
    segments.erase(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(same));
    from += same;

    std::vector<Fresh> made;
    for (std::size_t i = 0; i < segments.size(); ++i) {
      made.push_back({from + i, std::move(segments[i]), from + i < after ? blocks_[from + i].block : nullptr});
    }

    move_far_reaches(from, after, made, delta);
    for (PlacedBlock& block : std::span(blocks_).subspan(after)) block.start += delta;
    splice(from, after, made);
    move_fresh(from, after, std::move(made), delta);
  }

  void move_far_reaches(std::size_t from, std::size_t after, const std::vector<Fresh>& made, text::Offset delta) {
    std::vector<FarReach> moved;
    for (const FarReach& far : far_reaches_) {
      if (far.block < from) moved.push_back(far);
    }
    for (const Fresh& fresh : made) {
      if (fresh.segment.reach > fresh.segment.range.end + kNearReach) {
        moved.push_back({fresh.block, fresh.segment.reach});
      }
    }
    for (const FarReach& far : far_reaches_) {
      if (far.block >= after) moved.push_back({far.block - (after - from) + made.size(), far.reach + delta});
    }
    far_reaches_ = std::move(moved);
  }

  void move_fresh(std::size_t from, std::size_t after, std::vector<Fresh> made, text::Offset delta) {
    const std::size_t count = made.size();
    std::vector<Fresh> moved;
    for (Fresh& fresh : fresh_) {
      if (fresh.block < from) moved.push_back(std::move(fresh));
    }
    std::ranges::move(made, std::back_inserter(moved));
    for (Fresh& fresh : fresh_) {
      if (fresh.block < after) continue;
      fresh.block = fresh.block - (after - from) + count;
      shift(fresh.segment, delta);
      moved.push_back(std::move(fresh));
    }
    fresh_ = std::move(moved);
  }

  void splice(std::size_t from, std::size_t after, const std::vector<Fresh>& made) {
    const auto position = [&](std::size_t index) { return blocks_.begin() + static_cast<std::ptrdiff_t>(index); };
    const auto placed = [](const Fresh& fresh) { return PlacedBlock{.start = fresh.segment.range.begin}; };
    for (std::size_t i = from; i < after; ++i) {
      if (blocks_[i].block) newer_.discount(*blocks_[i].block);
    }
    const std::size_t reused = std::min(after - from, made.size());
    for (std::size_t i = 0; i < reused; ++i) blocks_[from + i] = placed(made[i]);
    if (reused < after - from) {
      blocks_.erase(position(from + reused), position(after));
    } else if (reused < made.size()) {
      std::vector<PlacedBlock> more;
      for (std::size_t i = reused; i < made.size(); ++i) more.push_back(placed(made[i]));
      blocks_.insert(position(after), more.begin(), more.end());
    }
  }

  text::Document document_;
  std::vector<PlacedBlock> blocks_;  // without a block where `fresh_` has the segment
  support::Owners<Block> owners_;
  std::vector<FarReach> far_reaches_;
  NewerBlocks newer_;         // of the blocks that are there
  std::vector<Fresh> fresh_;  // by block
  text::Offset old_size_ = 0;
};

void File::NewerBlocks::count(const Block& block) {
  if (block.since_prisma > 5) ++than_5;
  if (block.since_prisma > 6) ++than_6;
}

void File::NewerBlocks::discount(const Block& block) {
  if (block.since_prisma > 5) --than_5;
  if (block.since_prisma > 6) --than_6;
}

std::shared_ptr<File> File::parse(text::Document document, int prisma) {
  auto file = std::make_shared<File>();
  file->document_ = std::move(document);
  const std::string_view text = file->document_.text();
  // Without blocks nothing is reported about it.
  if (!other_language(text).empty()) return file;
  std::vector<std::shared_ptr<const Block>> owned;
  for (BlockSplitter splitter(text, 0, prisma); !splitter.at_end();) {
    const Segment segment = splitter.next();
    if (segment.reach > segment.range.end + kNearReach) {
      file->far_reaches_.push_back({file->blocks_.size(), segment.reach});
    }
    auto block = parse_block(text.substr(segment.range.begin, segment.range.size()), segment, prisma);
    file->newer_.count(*block);
    file->blocks_.push_back(place(segment.range.begin, *block));
    owned.push_back(std::move(block));
  }
  file->owners_.take(std::move(owned), file->blocks_, std::mem_fn(&PlacedBlock::block));
  return file;
}

std::shared_ptr<const File> File::parse(text::Document document) {
  return parse(std::move(document), kNewestPrisma);
}

std::shared_ptr<const File> File::read_by(int prisma, std::shared_ptr<const File> file) {
  if (prisma >= kNewestPrisma || (prisma >= 6 ? file->newer_.than_6 : file->newer_.than_5) == 0) return file;
  const auto reading = parse(file->document_, prisma);
  reading->original_ = std::move(file);
  return reading;
}

std::shared_ptr<const File> File::with_edits(const std::vector<text::Edit>& edits) const {
  if (!other_language(document_).empty()) {
    text::Document document = document_;
    for (const text::Edit& edit : edits) document = document.with_edit(edit);
    return parse(std::move(document));
  }
  Update update(*this);
  const auto one = edits.size() > kMostSingleEdits ? as_one(document_, edits) : std::nullopt;
  for (const text::Edit& edit : one ? std::span(&*one, 1) : std::span(edits)) update.apply(edit);
  auto file = update.finish();
  return other_language(file->document_).empty() ? file : parse(file->document_);
}

const PlacedBlock* File::block_at(text::Offset offset) const {
  const auto after = std::ranges::upper_bound(blocks_, offset, {}, &PlacedBlock::start);
  return after == blocks_.begin() ? nullptr : &*std::prev(after);
}

}  // namespace refract::syntax
