#include "features/line_edits.h"

#include <algorithm>
#include <functional>

#include "text/lines.h"

namespace refract::features {
namespace {

// A line with its line break.
struct Line {
  std::string_view text;
  // Where many lines are compared with each other: distinguishes most of them. 0: not computed yet.
  mutable std::size_t hash = 0;

  std::size_t hashed() const {
    if (hash == 0) hash = std::hash<std::string_view>{}(text);
    return hash;
  }
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
    const std::string_view line = text.substr(0, size);
    lines.push_back({line});
    text.remove_prefix(size);
  }
  return lines;
}

// The length of the lines that both texts begin with.
std::size_t same_beginning(std::string_view one, std::string_view other) {
  if (one == other) return one.size();
  // In pieces that are compared as a whole, then letter by letter.
  constexpr std::size_t kPiece = 4096;
  std::size_t same = 0;
  while (one.substr(same, kPiece) == other.substr(same, kPiece)) same += kPiece;
  const std::string_view rest = one.substr(same);
  const auto beyond = static_cast<std::size_t>(std::ranges::mismatch(rest, other.substr(same)).in1 - rest.begin());
  const std::size_t differ = same + beyond;
  const std::size_t line_break = differ == 0 ? std::string_view::npos : one.rfind('\n', differ - 1);
  return line_break == std::string_view::npos ? 0 : line_break + 1;
}

// Whether two lines differ in white space alone, as a line and what the formatter made of it mostly do.
bool same_words(std::string_view one, std::string_view other) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  for (;;) {
    while (!one.empty() && is_space(one.front())) one.remove_prefix(1);
    while (!other.empty() && is_space(other.front())) other.remove_prefix(1);
    if (one.empty() || other.empty()) return one.empty() && other.empty();
    if (one.front() != other.front()) return false;
    one.remove_prefix(1);
    other.remove_prefix(1);
  }
}

// How far ahead two texts are searched for the next line they share. A formatter moves little: beyond this the
// rest is one edit.
constexpr std::size_t kLookAhead = 64;

struct Match {
  std::size_t old_lines;
  std::size_t new_lines;
};

// How many lines differ here: up to the nearest pair of equal lines ahead, counted from both places.
Match next_match(const std::vector<Line>& old_lines, std::size_t at, const std::vector<Line>& new_lines,
                 std::size_t new_at) {
  for (std::size_t distance = 1; distance < 2 * kLookAhead; ++distance) {
    for (std::size_t skip = 0; skip <= distance; ++skip) {
      const std::size_t other = distance - skip;
      if (at + skip >= old_lines.size() || new_at + other >= new_lines.size()) continue;
      const Line& line = old_lines[at + skip];
      const Line& new_line = new_lines[new_at + other];
      if (line.hashed() != new_line.hashed() || line.text != new_line.text) continue;
      // A blank line is no landmark.
      if (!text::is_blank(line.text)) return {skip, other};
    }
  }
  return {old_lines.size() - at, new_lines.size() - new_at};
}

}  // namespace

std::vector<text::Edit> line_edits(std::string_view old_text, std::string_view new_text) {
  const std::size_t same = same_beginning(old_text, new_text);
  const auto old_lines = lines_of(old_text.substr(same));
  const auto new_lines = lines_of(new_text.substr(same));
  std::vector<text::Edit> edits;
  std::size_t at = 0;
  std::size_t new_at = 0;
  auto offset = static_cast<text::Offset>(same);
  while (at < old_lines.size() || new_at < new_lines.size()) {
    if (at < old_lines.size() && new_at < new_lines.size() && old_lines[at].text == new_lines[new_at].text) {
      offset += static_cast<text::Offset>(old_lines[at].text.size());
      ++at;
      ++new_at;
      continue;
    }
    // A line that only changed is a separate edit, so that a range can take only the edits inside it.
    const bool paired =
        at < old_lines.size() && new_at < new_lines.size() && same_words(old_lines[at].text, new_lines[new_at].text);
    const Match match = paired ? Match{1, 1} : next_match(old_lines, at, new_lines, new_at);
    text::Edit edit{{offset, offset}, {}};
    for (std::size_t i = 0; i < match.old_lines; ++i)
      edit.range.end += static_cast<text::Offset>(old_lines[at + i].text.size());
    for (std::size_t i = 0; i < match.new_lines; ++i) edit.text += new_lines[new_at + i].text;
    at += match.old_lines;
    new_at += match.new_lines;
    offset = edit.range.end;
    edits.push_back(std::move(edit));
  }
  return edits;
}

}  // namespace refract::features
