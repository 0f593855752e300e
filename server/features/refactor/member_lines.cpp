#include "features/refactor/member_lines.h"

#include "syntax/characters.h"

namespace refract::features {
namespace {

std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

}  // namespace

text::Range member_lines(const syntax::Block& block, text::Range member) {
  const std::string_view text = block.text;
  std::size_t begin = line_begin(text, member.begin);
  while (begin > block.body_range.begin) {
    const std::size_t above = line_begin(text, begin - 1);
    if (above < block.body_range.begin || !text.substr(syntax::skip_space(text, above)).starts_with("//")) break;
    begin = above;
  }
  return {static_cast<text::Offset>(begin), static_cast<text::Offset>(syntax::next_line(text, member.end))};
}

}  // namespace refract::features
