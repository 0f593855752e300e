#include "syntax/documentation.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/characters.h"

namespace refract::syntax {

namespace {

using Lines = std::vector<std::string_view>;

// The lines without the white space that all but the empty ones begin with: nested lists and code keep theirs.
std::string without_common_indent(const Lines& lines) {
  std::size_t common = std::string_view::npos;
  for (const std::string_view line : lines)
    if (!line.empty()) common = std::min(common, skip_space(line, 0));
  std::string content;
  bool first = true;
  for (const std::string_view line : lines) {
    if (!std::exchange(first, false)) content.push_back('\n');
    content.append(line.substr(std::min(common, line.size())));
  }
  return content;
}

// Of the text between "/*" and "*/": without the stars that lines begin with, and without empty lines around.
std::string content_of_block(std::string_view text) {
  Lines lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t newline = std::min(text.find('\n', at), text.size());
    const std::size_t end = newline > at && newline < text.size() && text[newline - 1] == '\r' ? newline - 1 : newline;
    const std::size_t first = std::min(skip_space(text, at), end);
    std::size_t begin = first;
    while (begin < end && text[begin] == '*') ++begin;
    // What is no margin belongs to the text: **bold**.
    const bool margin = begin > first && (begin == end || skip_space(text, begin) > begin);
    // Beside the comment's mark there is no indentation.
    if (at == 0) begin = std::min(skip_space(text, margin ? begin : first), end);
    if (at > 0 && !margin) begin = at;
    lines.push_back(text.substr(begin, trim_space_end(text, begin, end) - begin));
    at = newline + 1;
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  const auto full = std::ranges::find_if(lines, [](std::string_view line) { return !line.empty(); });
  const bool beside = full == lines.begin() && full != lines.end();
  if (!beside) return without_common_indent(Lines(full, lines.end()));
  const std::string rest = without_common_indent(Lines(full + 1, lines.end()));
  return std::string(*full) + (full + 1 == lines.end() ? "" : "\n") + rest;
}

// Reads one comment at `at` (after white space and line breaks); gives the position after it.
std::size_t read_comment(std::string_view text, std::size_t at, Documentation& documentation, bool& any) {
  const auto add = [&](std::string_view line) {
    if (std::exchange(any, true)) documentation.push_back('\n');
    documentation.append(line);
  };
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("/*")) {
    const std::size_t end = std::min(text.find("*/", at + 2), text.size());
    add(content_of_block(text.substr(at + 2, std::max(end, at + 2) - at - 2)));
    return std::min(end + 2, text.size());
  }
  const std::size_t end = line_end(text, at);
  if (rest.starts_with("///")) {
    const std::size_t begin = std::min(skip_space(text, at + 3), end);
    add(text.substr(begin, end - begin));
  }
  return end;
}

}  // namespace

Documentation documentation_in(std::string_view comments) {
  Documentation documentation;
  bool any = false;
  for (std::size_t at = 0; at < comments.size();) {
    at = skip_space(comments, at);
    if (const std::size_t newline = newline_length(comments, at))
      at += newline;
    else if (at < comments.size())
      at = read_comment(comments, at, documentation, any);
  }
  return documentation;
}

void append_documentation(Documentation& documentation, std::string_view comment) {
  const Documentation more = documentation_in(comment);
  if (more.empty()) return;
  if (!documentation.empty()) documentation.push_back('\n');
  documentation.append(more);
}

}  // namespace refract::syntax
