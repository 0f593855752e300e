#include "validation/core/text_tools.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <numeric>

#include "support/ascii.h"
#include "syntax/characters.h"
#include "text/lines.h"

namespace refract::validation {
namespace {

constexpr std::size_t kLongestCompared = 80;

// More names than this are not compared with a word: it is written wrong in any case.
constexpr std::size_t kMaxCandidates = 4096;

// One bit a kind of letter, without regard to case. Each mistake changes two bits at most.
std::uint64_t letters_of(std::string_view word) {
  std::uint64_t letters = 0;
  for (const char c : word) letters |= std::uint64_t{1} << (static_cast<unsigned char>(ascii::to_lower(c)) % 64);
  return letters;
}

// Insertions, removals, replacements and swaps of neighbours between two words of kLongestCompared at most, without
// regard to case. More than `most` is returned as most + 1, as soon as it is certain.
std::size_t distance(std::string_view one, std::string_view two, std::size_t most) {
  using Row = std::array<std::uint8_t, kLongestCompared + 1>;
  std::array<char, kLongestCompared> folded{};
  std::ranges::transform(two, folded.begin(), [](char c) { return ascii::to_lower(c); });
  std::array<Row, 3> rows{};
  Row* before = &rows[0];
  Row* above = &rows[1];
  Row* row = &rows[2];
  std::iota(above->begin(), above->end(), std::uint8_t{0});
  char last = 0;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    const char letter = ascii::to_lower(one[i - 1]);
    std::uint8_t least_of_row = (*row)[0] = static_cast<std::uint8_t>(i);
    for (std::size_t j = 1; j <= two.size(); ++j) {
      int least = std::min({(*above)[j] + 1, (*row)[j - 1] + 1, (*above)[j - 1] + (letter == folded[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && letter == folded[j - 2] && last == folded[j - 1])
        least = std::min(least, (*before)[j - 2] + 1);
      (*row)[j] = static_cast<std::uint8_t>(least);
      least_of_row = std::min(least_of_row, (*row)[j]);
    }
    if (least_of_row > most) return most + 1;
    last = letter;
    std::swap(before, above);
    std::swap(above, row);
  }
  return (*above)[two.size()];
}

std::size_t line_start(std::string_view text, std::size_t at) {
  const std::size_t newline = text.substr(0, at).find_last_of("\r\n");
  return newline == std::string_view::npos ? 0 : newline + 1;
}

text::Offset offset(std::size_t at) {
  return static_cast<text::Offset>(at);
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

std::string database_name(const schema::Connector& connector) {
  return ascii::with_upper_first(schema::database_of(connector));
}

std::string on_database(const schema::Connector& connector) {
  if (&connector == &schema::connector_without_datasource()) return "without a datasource";
  return fmt::format("on {}", schema::database_of(connector));
}

Nearest::Nearest(std::string_view written)
    : written_(written.size() > kLongestCompared ? std::string_view() : written),
      letters_(letters_of(written_)),
      allowed_(std::max<std::size_t>(1, written.size() / 3)) {}

bool Nearest::consider(std::string_view candidate) {
  if (written_.empty() || allowed_ == 0 || considered_ == kMaxCandidates) return false;
  ++considered_;
  const std::size_t longer = std::max(candidate.size(), written_.size());
  const std::size_t shorter = std::min(candidate.size(), written_.size());
  if (longer > kLongestCompared || longer - shorter > allowed_ || candidate == written_) return true;
  if (static_cast<std::size_t>(std::popcount(letters_ ^ letters_of(candidate))) > 2 * allowed_) return true;
  const std::size_t found = distance(written_, candidate, allowed_);
  if (found > allowed_) return true;
  best_ = candidate;
  // The first of several as near stays.
  allowed_ = found == 0 ? 0 : found - 1;
  return true;
}

std::string_view nearest(std::string_view written, std::span<const std::string_view> candidates) {
  Nearest search(written);
  for (const std::string_view candidate : candidates) {
    if (!search.consider(candidate)) break;
  }
  return search.best();
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
  const std::size_t rest = std::min(block.text.find_first_not_of(" \t", inside.end), block.text.size());
  const std::string_view after = std::string_view(block.text).substr(rest);
  // A comment at the end of the line stays.
  if (after.starts_with("//") || after.starts_with("/*")) return {{&block, {inside.begin, offset(rest)}}, ""};
  return {{&block, {offset(begin), offset(syntax::next_line(block.text, inside.end))}}, ""};
}

bool is_listed(std::string_view names, std::string_view word) {
  return names.contains(fmt::format("|{}|", word));
}

BlockEdit remove_block(const syntax::Block& block) {
  return {{&block, {0, static_cast<text::Offset>(block.text.size())}}, ""};
}

BlockEdit add_to_relation(const syntax::Block& block, const syntax::Field& field, const std::string& arguments) {
  const syntax::Attribute* relation = field.find_attribute("relation");
  if (!relation) return add_attribute(block, field, fmt::format("@relation({})", arguments));
  if (relation->arguments.empty()) return add_argument(block, *relation, arguments);
  const text::Offset begin = relation->arguments.front().range.begin;
  return {{&block, {begin, begin}}, arguments + ", "};
}

BlockEdit add_argument(const syntax::Block& block, const syntax::Attribute& attribute, std::string_view argument) {
  if (!attribute.has_arguments)
    return {{&block, {attribute.range.end, attribute.range.end}}, fmt::format("({})", argument)};
  if (attribute.arguments.empty()) {
    const text::Offset inside = attribute.arguments_range.end - 1;
    return {{&block, {inside, inside}}, std::string(argument)};
  }
  const text::Offset after = attribute.arguments.back().range.end;
  return {{&block, {after, after}}, fmt::format(", {}", argument)};
}

BlockEdit add_member(const syntax::Block& block, std::string_view line) {
  const std::size_t close = block.body_range.end;
  const std::size_t start = line_start(block.text, close);
  const std::string_view before = std::string_view(block.text).substr(start, close - start);
  const bool brace_alone = before.find_first_not_of(" \t") == std::string_view::npos;
  std::string text;
  if (!brace_alone) text += text::line_break_of(block.text);
  while (!line.empty()) {
    const std::string_view one = line.substr(0, line.find('\n'));
    text += "  ";
    text += one;
    text += text::line_break_of(block.text);
    line.remove_prefix(std::min(line.size(), one.size() + 1));
  }
  const std::size_t place = brace_alone ? start : close;
  return {{&block, {offset(place), offset(place)}}, std::move(text)};
}

void insert_at(std::vector<BlockEdit>& edits, const Place& place, std::string_view text) {
  const auto same = std::ranges::find_if(edits, [&](const BlockEdit& edit) {
    return edit.at.block == place.block && edit.at.range.begin == place.range.begin;
  });
  if (same == edits.end())
    edits.push_back({place, std::string(text)});
  else
    same->text.insert(0, text);
}

BlockEdit add_attribute(const syntax::Block& block, const syntax::Field& field, std::string_view attribute) {
  return {{&block, {field.range.end, field.range.end}}, " " + std::string(attribute)};
}

BlockEdit add_block_after(const syntax::Block& block, std::string_view text) {
  const std::string_view eol = text::line_break_of(block.text);
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
