#include "syntax/documentation.h"

#include <algorithm>
#include <string>
#include <utility>

#include "syntax/characters.h"

namespace refract::syntax {

namespace {

// Of the text between "/*" and "*/": without the stars that lines begin with, and without empty lines around.
std::string content_of_block(std::string_view text) {
  std::string content;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::size_t begin = std::min(skip_space(text, at), end);
    const std::size_t first = begin;
    while (begin < end && text[begin] == '*') ++begin;
    // What is no margin belongs to the text: **bold**. Lines without a margin keep their indentation.
    const bool margin = begin > first && (begin == end || skip_space(text, begin) > begin || text[begin] == '\r');
    begin = margin || at == 0 ? std::min(skip_space(text, margin ? begin : first), end) : at;
    if (const std::size_t last = trim_space_end(text, begin, end); last > begin || !content.empty()) {
      if (!content.empty()) content.push_back('\n');
      content.append(text.substr(begin, last - begin));
    }
    at = end + 1;
  }
  while (content.ends_with('\n')) content.pop_back();
  return content;
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
