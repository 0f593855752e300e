#include "text/line_index.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace refract::text {
namespace {

// With more lines than this from the first edit to the last, the middle is merged into the base.
constexpr std::uint32_t kMaxMiddle = 4096;

// Appends the starts of the lines that begin in (0, to] of the text, which begins at `base`.
void collect_starts(std::string_view text, Offset to, Offset base, std::vector<Offset>& starts) {
  for (Offset at = 0; at < to; ++at) {
    const char c = text[at];
    if (c == '\n') {
      starts.push_back(base + at + 1);
    } else if (c == '\r' && (at + 1 >= text.size() || text[at + 1] != '\n')) {
      starts.push_back(base + at + 1);
    }
  }
}

}  // namespace

LineIndex::LineIndex(std::string_view text) {
  std::vector<Offset> starts{0};
  collect_starts(text, static_cast<Offset>(text.size()), 0, starts);
  base_ = std::make_shared<const std::vector<Offset>>(std::move(starts));
  head_ = tail_ = static_cast<std::uint32_t>(base_->size());
}

// One more byte on each side: an edit next to "\r" or "\n" can join or split a "\r\n". And one more, to see if the byte
// before it is a lone "\r".
Range LineIndex::neighbourhood(Range removed, Offset inserted, Offset size) {
  return {removed.begin - std::min<Offset>(removed.begin, 1), std::min(removed.begin + inserted + 2, size)};
}

void LineIndex::apply(Range removed, Offset inserted, std::string_view near) {
  const Offset from = removed.begin - std::min<Offset>(removed.begin, 1);
  const Offset old_to = removed.end + 1;
  const Offset new_to = std::min(removed.begin + inserted + 1 - from, static_cast<Offset>(near.size()));

  std::vector<Offset> fresh;
  collect_starts(near, new_to, from, fresh);
  const std::uint32_t first = first_after(from, 1);
  const std::uint32_t last = first_after(old_to, first);
  const Offset shift = inserted - removed.size();

  // The new middle replaces the lines [begin, end), numbered as before this edit.
  const bool untouched = head_ == base_->size() && middle_.empty();
  if (untouched) shift_ = 0;  // of an edit after the last line
  std::uint32_t begin = untouched ? first : std::min(first, head_);
  std::uint32_t end = untouched ? last : std::max(last, middle_end());
  std::vector<Offset> middle;
  if (!untouched && end - begin > kMaxMiddle) {
    std::vector<Offset> whole;
    whole.reserve(line_count());
    for (std::uint32_t line = 0; line < line_count(); ++line) whole.push_back(line_start(line));
    base_ = std::make_shared<const std::vector<Offset>>(std::move(whole));
    head_ = tail_ = static_cast<std::uint32_t>(base_->size());
    middle_.clear();
    shift_ = 0;
    begin = first;
    end = last;
  }
  for (std::uint32_t line = begin; line < first; ++line) middle.push_back(line_start(line));
  middle.insert(middle.end(), fresh.begin(), fresh.end());
  for (std::uint32_t line = last; line < end; ++line) middle.push_back(line_start(line) + shift);
  // After the middle there are the base's lines alone.
  tail_ = static_cast<std::uint32_t>(base_->size()) - (line_count() - end);
  head_ = begin;
  middle_ = std::move(middle);
  shift_ += shift;
}

std::uint32_t LineIndex::first_after(Offset offset, std::uint32_t from) const {
  const auto lines = std::views::iota(from, std::max(from, line_count()));
  return from + static_cast<std::uint32_t>(
                    std::ranges::partition_point(lines, [&](auto line) { return line_start(line) <= offset; }) -
                    lines.begin());
}

std::uint32_t LineIndex::line_of(Offset offset) const {
  return first_after(offset, 1) - 1;
}

}  // namespace refract::text
