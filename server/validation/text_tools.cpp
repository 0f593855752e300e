#include "validation/text_tools.h"

#include <algorithm>
#include <cctype>
#include <numeric>

#include "syntax/characters.h"

namespace refract::validation {
namespace {

constexpr std::size_t kLongestCompared = 80;

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

// Insertions, removals, replacements and swaps of neighbours between two words.
std::size_t distance(std::string_view one, std::string_view two) {
  std::vector<std::size_t> before(two.size() + 1), above(two.size() + 1), row(two.size() + 1);
  std::iota(above.begin(), above.end(), 0);
  for (std::size_t i = 1; i <= one.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= two.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (one[i - 1] != two[j - 1] ? 1 : 0)});
      if (i > 1 && j > 1 && one[i - 1] == two[j - 2] && one[i - 2] == two[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before = above;
    above = row;
  }
  return above.back();
}

std::size_t line_start(std::string_view text, std::size_t at) {
  const std::size_t newline = text.substr(0, at).find_last_of("\r\n");
  return newline == std::string_view::npos ? 0 : newline + 1;
}

text::Offset offset(std::size_t at) {
  return static_cast<text::Offset>(at);
}

std::string_view line_break(const syntax::Block& block) {
  return block.text.find("\r\n") == std::string::npos ? "\n" : "\r\n";
}

}  // namespace

std::string list_of(std::span<const std::string_view> names) {
  std::string result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) result += i + 1 == names.size() ? " and " : ", ";
    result += "`";
    result += names[i];
    result += "`";
  }
  return result;
}

std::string_view nearest(std::string_view written, std::span<const std::string_view> candidates) {
  if (written.empty() || written.size() > kLongestCompared) return {};
  const std::string word = lower(written);
  const std::size_t allowed = std::max<std::size_t>(1, word.size() / 3);
  std::string_view best;
  std::size_t best_distance = allowed + 1;
  for (std::string_view candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), word.size());
    const std::size_t shorter = std::min(candidate.size(), word.size());
    if (longer - shorter > allowed || candidate == written) continue;
    const std::size_t found = distance(word, lower(candidate));
    if (found < best_distance) {
      best = candidate;
      best_distance = found;
    }
  }
  return best;
}

BlockEdit remove_attribute(const syntax::Block& block, const syntax::Attribute& attribute) {
  if (attribute.block) return remove_line(block, attribute.range);
  std::size_t begin = attribute.range.begin;
  while (begin > 0 && (block.text[begin - 1] == ' ' || block.text[begin - 1] == '\t')) --begin;
  return {{&block, {offset(begin), attribute.range.end}}, ""};
}

BlockEdit remove_argument(const syntax::Block& block, const std::vector<syntax::Argument>& arguments,
                          const syntax::Argument& argument) {
  const std::size_t position = static_cast<std::size_t>(&argument - arguments.data());
  if (position + 1 < arguments.size()) {
    return {{&block, {argument.range.begin, arguments[position + 1].range.begin}}, ""};
  }
  if (position > 0) return {{&block, {arguments[position - 1].range.end, argument.range.end}}, ""};
  return {{&block, argument.range}, ""};
}

BlockEdit remove_line(const syntax::Block& block, text::Range inside) {
  const std::size_t begin = line_start(block.text, inside.begin);
  return {{&block, {offset(begin), offset(syntax::next_line(block.text, inside.end))}}, ""};
}

BlockEdit add_member(const syntax::Block& block, std::string_view line) {
  const std::size_t close = block.body_range.end;
  const std::size_t start = line_start(block.text, close);
  const std::string_view before = std::string_view(block.text).substr(start, close - start);
  const bool brace_alone = before.find_first_not_of(" \t") == std::string_view::npos;
  std::string text;
  if (!brace_alone) text += line_break(block);
  text += "  ";
  text += line;
  text += line_break(block);
  const std::size_t place = brace_alone ? start : close;
  return {{&block, {offset(place), offset(place)}}, std::move(text)};
}

BlockEdit add_attribute(const syntax::Block& block, const syntax::Field& field, std::string_view attribute) {
  return {{&block, {field.range.end, field.range.end}}, " " + std::string(attribute)};
}

BlockEdit add_block_behind(const syntax::Block& block, std::string_view text) {
  const std::string_view eol = line_break(block);
  std::string added = std::string(eol) + std::string(eol);
  for (char c : text) {
    if (c == '\n')
      added += eol;
    else
      added += c;
  }
  return {{&block, {block.range.end, block.range.end}}, std::move(added)};
}

}  // namespace refract::validation
