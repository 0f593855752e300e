#include "syntax/documentation.h"

#include <algorithm>
#include <utility>

#include "syntax/characters.h"

namespace refract::syntax {

namespace {

// Reads one comment at `at` (after white space and line breaks); gives the position after it.
std::size_t read_comment(std::string_view text, std::size_t at, Documentation& documentation, bool& any) {
  const auto add = [&](std::string_view line) {
    if (std::exchange(any, true)) documentation.push_back('\n');
    documentation.append(line);
  };
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("/*")) {
    const std::size_t end = std::min(text.find("*/", at + 2), text.size());
    const std::size_t begin = skip_space(text, at + 2);
    const std::size_t trimmed = trim_space_end(text, std::min(begin, end), end);
    add(text.substr(std::min(begin, end), trimmed - std::min(begin, end)));
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
