#include "text/line_index.h"

#include <algorithm>

namespace refract::text {
namespace {

// Appends the starts of the lines that begin in (from, to] of the text.
void collect_starts(std::string_view text, Offset from, Offset to, std::vector<Offset>& starts) {
  for (Offset at = from; at < to; ++at) {
    const char c = text[at];
    if (c == '\n') {
      starts.push_back(at + 1);
    } else if (c == '\r' && (at + 1 >= text.size() || text[at + 1] != '\n')) {
      starts.push_back(at + 1);
    }
  }
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : starts_{0} {
  collect_starts(text, 0, static_cast<Offset>(text.size()), starts_);
}

void LineIndex::apply(Range removed, Offset inserted, std::string_view new_text) {
  // One byte more on either side: an edit next to "\r" or "\n" can join or split a "\r\n".
  const Offset from = removed.begin > 0 ? removed.begin - 1 : 0;
  const Offset old_to = removed.end + 1;
  const Offset new_to = std::min(removed.begin + inserted + 1, static_cast<Offset>(new_text.size()));

  const auto first = std::upper_bound(starts_.begin() + 1, starts_.end(), from);
  const auto last = std::upper_bound(first, starts_.end(), old_to);
  std::vector<Offset> fresh;
  collect_starts(new_text, from, new_to, fresh);

  const auto shift = static_cast<std::int64_t>(inserted) - static_cast<std::int64_t>(removed.size());
  for (auto it = last; it != starts_.end(); ++it) *it = static_cast<Offset>(*it + shift);
  const auto at = starts_.erase(first, last);
  starts_.insert(at, fresh.begin(), fresh.end());
}

std::uint32_t LineIndex::line_of(Offset offset) const {
  return static_cast<std::uint32_t>(std::upper_bound(starts_.begin(), starts_.end(), offset) - starts_.begin() - 1);
}

}  // namespace refract::text
