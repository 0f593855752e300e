#include "validation/mistakes/inner_blocks.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "syntax/characters.h"
#include "text/lines.h"

namespace refract::validation {
namespace {

constexpr std::array<std::string_view, 6> kKeywords = {"model", "view", "type", "enum", "datasource", "generator"};

struct Header {
  std::string_view keyword;
  std::string_view name;
};

std::optional<Header> header_of(std::string_view line) {
  const std::size_t keyword = syntax::name_length(line, 0);
  if (std::ranges::find(kKeywords, line.substr(0, keyword)) == kKeywords.end()) return std::nullopt;
  const std::size_t begin = syntax::skip_space(line, keyword);
  const std::size_t name = syntax::name_length(line, begin);
  const std::size_t brace = syntax::skip_space(line, begin + name);
  if (begin == keyword || name == 0 || brace >= line.size() || line[brace] != '{') return std::nullopt;
  return Header{line.substr(0, keyword), line.substr(begin, name)};
}

// Where the line before the one at `at` begins, in what is after `from`; `at`: there is none.
std::size_t line_before(std::string_view text, std::size_t at, std::size_t from) {
  std::size_t end = at - 1;
  if (end > from && text[end] == '\n' && text[end - 1] == '\r') --end;
  if (end <= from) return at;
  const std::size_t line_break = text.substr(0, end).find_last_of("\r\n");
  return line_break == std::string_view::npos || line_break < from ? at : line_break + 1;
}

// Where the closing brace belongs: after the last line that is neither blank nor a comment directly above the header,
// which is the header's.
struct Gap {
  std::size_t begin = 0;  // the beginning of the line after which nothing of the block above follows
  bool blank = false;     // a blank line is there
};

Gap gap_above(const syntax::Block& block, std::size_t header) {
  const std::string_view text = block.text;
  const std::size_t line_break = text.substr(0, header).find_last_of("\r\n");
  Gap gap{line_break + 1, false};
  for (;;) {
    const std::size_t line = line_before(text, gap.begin, block.header_range.end);
    if (line == gap.begin) return gap;
    const std::string_view rest = text.substr(syntax::skip_space(text, line));
    const bool is_blank = syntax::newline_length(rest, 0) > 0;
    if (!is_blank && (gap.blank || !rest.starts_with("//"))) return gap;
    gap = {line, gap.blank || is_blank};
  }
}

}  // namespace

bool begins_block(std::string_view line) {
  return header_of(line).has_value();
}

std::optional<Mistake> inner_block(const syntax::Block& block, text::Range line) {
  const std::string_view text = std::string_view(block.text).substr(line.begin, line.size());
  const auto header = header_of(text);
  if (!header) return std::nullopt;
  const Gap gap = gap_above(block, line.begin);
  const auto at = static_cast<text::Offset>(gap.begin);
  const std::string_view eol = text::line_break_of(block.text);
  return Mistake{.code = "block-inside-block",
                 .message = fmt::format("The {} `{}` begins inside of `{}`, which is not closed.", header->keyword,
                                        header->name, block.name.text),
                 .help = "Close the block above it with `}` on a line of its own.",
                 .title = "Close the block above",
                 .edits = {{{&block, {at, at}}, fmt::format("}}{}{}", eol, gap.blank ? std::string_view() : eol)}},
                 .range = {line.begin, block.range.end}};
}

}  // namespace refract::validation
