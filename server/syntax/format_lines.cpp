#include "syntax/format_lines.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <unordered_map>
#include <vector>

#include "syntax/characters.h"

namespace refract::syntax {
namespace {

constexpr std::array<std::string_view, 3> kLineEnds = {"\n", "\r\n", "\r"};

// Calls `visit` for each line with its text and its line end, which is empty at the end of the text.
template <typename Visit>
void for_each_line(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    const auto end = line_end(text, at);
    const auto length = newline_length(text, end);
    visit(text.substr(at, end - at), text.substr(end, length));
    at = end + length;
  }
}

// A line by its words, which a layout does not change.
std::string words_of(std::string_view line) {
  std::string words(line);
  std::erase_if(words, [](char c) { return c == ' ' || c == '\t'; });
  return words;
}

}  // namespace

std::string with_line_feeds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each_line(text, [&](std::string_view line, std::string_view end) {
    out += line;
    if (!end.empty()) out += '\n';
  });
  return out;
}

std::string with_line_ends_of(std::string_view original, std::string_view laid_out) {
  std::array<std::size_t, kLineEnds.size()> counts{};
  for_each_line(original, [&](std::string_view, std::string_view end) {
    const auto* kind = std::ranges::find(kLineEnds, end);
    if (kind != kLineEnds.end()) ++counts[static_cast<std::size_t>(kind - kLineEnds.begin())];
  });
  const std::string_view most = kLineEnds[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
  const bool mixed = std::ranges::count(counts, 0U) + 1 < static_cast<std::ptrdiff_t>(counts.size());

  // The line ends of the lines with the same words, in their order, and how many of them are used up.
  struct Ends {
    std::vector<std::string_view> ends;
    std::size_t used = 0;
  };
  std::unordered_map<std::string, Ends> ends_of;
  if (mixed) {
    for_each_line(original, [&](std::string_view line, std::string_view end) {
      if (!end.empty()) ends_of[words_of(line)].ends.push_back(end);
    });
  }
  std::string out;
  out.reserve(laid_out.size() + laid_out.size() / 16);
  for_each_line(laid_out, [&](std::string_view line, std::string_view end) {
    out += line;
    if (end.empty()) return;
    const auto found = mixed ? ends_of.find(words_of(line)) : ends_of.end();
    const bool known = found != ends_of.end() && found->second.used < found->second.ends.size();
    const std::string_view own = known ? found->second.ends[found->second.used++] : most;
    // After "\r" a "\n" alone would be no line end of its own.
    out += own == "\n" && out.ends_with('\r') ? std::string_view("\r") : own;
  });
  return out;
}

}  // namespace refract::syntax
