#include "text/line_index.h"

#include <algorithm>

namespace refract::text {
namespace {

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

LineIndex::LineIndex(std::string_view text) : starts_{0} {
  collect_starts(text, static_cast<Offset>(text.size()), 0, starts_);
}

// One byte more on either side: an edit next to "\r" or "\n" can join or split a "\r\n". And one that says whether the
// last of them is a lone "\r".
Range LineIndex::neighbourhood(Range removed, Offset inserted, Offset size) {
  return {removed.begin - std::min<Offset>(removed.begin, 1), std::min(removed.begin + inserted + 2, size)};
}

void LineIndex::apply(Range removed, Offset inserted, std::string_view near) {
  const Offset from = removed.begin - std::min<Offset>(removed.begin, 1);
  const Offset old_to = removed.end + 1;
  const Offset new_to = std::min(removed.begin + inserted + 1 - from, static_cast<Offset>(near.size()));

  const auto first = std::upper_bound(starts_.begin() + 1, starts_.end(), from);
  const auto last = std::upper_bound(first, starts_.end(), old_to);
  std::vector<Offset> fresh;
  collect_starts(near, new_to, from, fresh);

  const auto shift = static_cast<std::int64_t>(inserted) - static_cast<std::int64_t>(removed.size());
  for (auto it = last; it != starts_.end(); ++it) *it = static_cast<Offset>(*it + shift);
  const auto at = starts_.erase(first, last);
  starts_.insert(at, fresh.begin(), fresh.end());
}

std::uint32_t LineIndex::line_of(Offset offset) const {
  return static_cast<std::uint32_t>(std::upper_bound(starts_.begin(), starts_.end(), offset) - starts_.begin() - 1);
}

}  // namespace refract::text
