#include <algorithm>
#include <array>

#include "report/colours.h"
#include "report/painted.h"
#include "support/ascii.h"

namespace refract::report {
namespace {

bool is_word(char c) {
  return ascii::is_letter_or_digit(c) || c == '_';
}

// The offset after a string that begins at `at`; a quote in it is doubled or follows a backslash.
std::size_t after_string(std::string_view text, std::size_t at, bool backslash) {
  const char quote = text[at];
  for (++at; at < text.size(); ++at) {
    if (backslash && (text[at] == '\\' || text[at] == '\n')) {
      if (text[at] == '\n') return at;
      ++at;
    } else if (text[at] == quote) {
      return at + 1;
    }
  }
  return text.size();
}

std::size_t after_word(std::string_view text, std::size_t at) {
  while (at < text.size() && is_word(text[at])) ++at;
  return at;
}

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

// A part of the text: what it ends before, and its colour; empty: none.
struct Part {
  std::size_t end = 0;
  std::string_view colour = {};
};

Part sql_part(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("--")) return {line_end(text, at), kFaint};
  if (rest.starts_with("/*")) return {std::min(text.find("*/", at), text.size() - 2) + 2, kFaint};
  if (rest.front() == '\'') return {after_string(text, at, false), kGreen};
  if (rest.front() == '"') return {after_string(text, at, false)};
  if (!is_word(rest.front())) return {at + 1};
  const std::size_t end = after_word(text, at);
  const std::string_view word = text.substr(at, end - at);
  const bool keyword =
      word.size() > 1 && std::ranges::all_of(word, [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
  return {end, keyword ? kBlue : std::string_view()};
}

Part prisma_part(std::string_view text, std::size_t at) {
  constexpr std::array kKeywords = {"model", "view", "type", "enum", "datasource", "generator"};
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("//")) return {line_end(text, at), kFaint};
  if (rest.front() == '"') return {after_string(text, at, true), kGreen};
  if (rest.front() == '@') {
    std::size_t end = std::min(text.find_first_not_of('@', at), text.size());
    while (end < text.size() && (is_word(text[end]) || text[end] == '.')) ++end;
    return {end, kYellow};
  }
  if (!is_word(rest.front())) return {at + 1};
  const std::size_t end = after_word(text, at);
  const bool begins_line = at == 0 || text[at - 1] == '\n';
  const bool keyword = begins_line && end < text.size() && text[end] == ' ' &&
                       std::ranges::find(kKeywords, text.substr(at, end - at)) != kKeywords.end();
  return {end, keyword ? kBlue : std::string_view()};
}

std::string painted_parts(std::string_view text, Part (*part_at)(std::string_view, std::size_t)) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Part part = part_at(text, at);
    const std::string_view written = text.substr(at, part.end - at);
    out += part.colour.empty() ? std::string(written) : in_colour(part.colour, written);
    at = part.end;
  }
  return out;
}

}  // namespace

std::string painted_sql(std::string_view text) {
  return painted_parts(text, sql_part);
}

std::string painted_prisma(std::string_view text) {
  return painted_parts(text, prisma_part);
}

}  // namespace refract::report
