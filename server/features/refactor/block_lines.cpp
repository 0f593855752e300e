#include "features/refactor/block_lines.h"

#include "syntax/characters.h"

namespace refract::features {
namespace {

bool is_line_end(std::string_view text, std::size_t at) {
  return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

// The end of the line if nothing but a comment follows on it; the place itself otherwise.
text::Offset after_comment(std::string_view text, text::Offset at) {
  if (is_line_end(text, at)) return at;
  const std::size_t begin = syntax::skip_space(text, at);
  const std::size_t end = syntax::line_end(text, begin);
  const std::string_view rest = text.substr(begin, syntax::trim_space_end(text, begin, end) - begin);
  const bool block_comment = rest.starts_with("/*") && rest.find("*/") == rest.size() - 2;
  return rest.starts_with("//") || block_comment ? static_cast<text::Offset>(syntax::next_line(text, begin)) : at;
}

}  // namespace

text::Range lines_of_block(std::string_view text, const syntax::PlacedBlock& placed) {
  const text::Offset end = placed.start + static_cast<text::Offset>(placed.block->text.size());
  return {after_comment(text, placed.start), after_comment(text, end)};
}

}  // namespace refract::features
