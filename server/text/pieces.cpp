#include "text/pieces.h"

#include <algorithm>
#include <utility>

namespace refract::text {
namespace {

// Copying less than this costs no more than keeping pieces.
constexpr Offset kSmall = 64 * 1024;
// So much on either side of an edit is put into the middle, so that what is asked around it lies in one piece.
constexpr Offset kMargin = 16 * 1024;
constexpr Offset kMaxMiddle = 128 * 1024;

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
  const bool rebuilt = before.is_together_.load(std::memory_order_acquire) || before.middle_.empty();
  base_ = rebuilt ? before.together() : before.base_;
  const Range middle = rebuilt ? Range{near_begin, near_end}
                               : Range{std::min(near_begin, before.head_), std::max(near_end, before.middle_end())};
  if (middle.size() + inserted.size() > kMaxMiddle) return false;
  head_ = middle.begin;
  tail_ = static_cast<Offset>(base_->size()) - (before.size_ - middle.end);
  middle_.reserve(middle.size() + inserted.size());
  before.append_to(middle_, {middle.begin, removed.begin});
  middle_.append(inserted);
  before.append_to(middle_, {removed.end, middle.end});
  return true;
}

void Pieces::append_to(std::string& out, Range part) const {
  const auto append = [&](std::string_view piece, Offset at) {
    const Offset begin = std::max(part.begin, at);
    const Offset end = std::min(part.end, at + length(piece));
    if (begin < end) out.append(piece.substr(begin - at, end - begin));
  };
  const std::string_view base = *base_;
  append(base.substr(0, head_), 0);
  append(middle_, head_);
  append(base.substr(tail_), middle_end());
}

const Pieces::Text& Pieces::together() const {
  // Nothing was taken out of the base, and nothing put in.
  if (middle_.empty() && head_ == tail_) return base_;
  std::call_once(once_, [this] {
    std::string text;
    text.reserve(size_);
    append_to(text, {0, size_});
    together_ = std::make_shared<const std::string>(std::move(text));
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
