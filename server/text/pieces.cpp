#include "text/pieces.h"

#include <algorithm>
#include <utility>

namespace refract::text {
namespace {

// Copying less than this costs no more than keeping pieces.
constexpr Offset kSmall = 64 * 1024;
// So much on either side of an edit is put into the middle, so that what is asked around it lies in one piece.
constexpr Offset kMargin = 16 * 1024;
constexpr Offset kMostMiddle = 128 * 1024;

Offset length(std::string_view text) {
  return static_cast<Offset>(text.size());
}

}  // namespace

Pieces::Pieces(std::string text) : size_(length(text)), base_(std::make_shared<const std::string>(std::move(text))) {
  head_ = tail_ = size_;
}

Pieces::Pieces(const Pieces& before, Range removed, std::string_view inserted)
    : size_(before.size_ - removed.size() + length(inserted)) {
  if (size_ >= kSmall && widen(before, removed, inserted)) return;
  const std::string_view old = before.whole();
  std::string text;
  text.reserve(size_);
  text.append(old.substr(0, removed.begin)).append(inserted).append(old.substr(removed.end));
  base_ = std::make_shared<const std::string>(std::move(text));
  head_ = tail_ = size_;
}

bool Pieces::widen(const Pieces& before, Range removed, std::string_view inserted) {
  const Offset near_begin = removed.begin - std::min(removed.begin, kMargin);
  const Offset near_end = std::min(before.size_ - removed.end, kMargin) + removed.end;
  // What is whole already needs no middle but around this edit.
  const bool anew = before.is_together_.load(std::memory_order_acquire) || before.middle_.empty();
  base_ = anew ? before.together() : before.base_;
  const Range middle = anew ? Range{near_begin, near_end}
                            : Range{std::min(near_begin, before.head_), std::max(near_end, before.middle_end())};
  if (middle.size() + inserted.size() > kMostMiddle) return false;
  head_ = middle.begin;
  tail_ = static_cast<Offset>(base_->size()) - (before.size_ - middle.end);
  middle_.reserve(middle.size() + inserted.size());
  const auto append = [&](Range part) {
    const auto from = [&](Offset begin, Offset end, Offset of_base) {
      begin = std::max(begin, part.begin);
      end = std::min(end, part.end);
      if (begin < end) middle_.append(*base_, begin + of_base, end - begin);
    };
    if (anew) return from(0, before.size_, 0);
    from(0, before.head_, 0);
    const Offset begin = std::max(part.begin, before.head_);
    const Offset end = std::min(part.end, before.middle_end());
    if (begin < end) middle_.append(before.middle_, begin - before.head_, end - begin);
    from(before.middle_end(), before.size_, before.tail_ - before.middle_end());
  };
  append({middle.begin, removed.begin});
  middle_.append(inserted);
  append({removed.end, middle.end});
  return true;
}

std::string Pieces::joined() const {
  std::string text;
  text.reserve(size_);
  text.append(*base_, 0, head_).append(middle_).append(*base_, tail_, std::string::npos);
  return text;
}

const Pieces::Text& Pieces::together() const {
  if (head_ == size_) return base_;
  std::call_once(once_, [this] {
    together_ = std::make_shared<const std::string>(joined());
    is_together_.store(true, std::memory_order_release);
  });
  return together_;
}

std::string_view Pieces::whole() const {
  return *together();
}

std::string_view Pieces::slice(Range range) const {
  return slice_beyond(range).substr(0, range.size());
}

std::string_view Pieces::slice_beyond(Range range) const {
  if (!is_together_.load(std::memory_order_acquire)) {
    const std::string_view base = *base_;
    if (range.end <= head_) return base.substr(range.begin, head_ - range.begin);
    if (range.begin >= head_ && range.end <= middle_end()) return std::string_view(middle_).substr(range.begin - head_);
    if (range.begin >= middle_end()) return base.substr(range.begin - middle_end() + tail_);
  }
  return whole().substr(range.begin);
}

}  // namespace refract::text
