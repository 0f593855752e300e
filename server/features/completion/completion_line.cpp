#include "features/completion/completion_line.h"

#include <algorithm>

#include "syntax/characters.h"

namespace refract::features {
namespace {

using syntax::LineTokenKind;

std::size_t line_begin(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] != '\n' && text[at - 1] != '\r') --at;
  return at;
}

}  // namespace

CompletionLine::CompletionLine(std::string_view text, const syntax::Cursor& cursor, text::Offset at)
    : text_(text), word_(cursor.word) {
  tokens_ = syntax::tokens_of_line(text, static_cast<text::Offset>(line_begin(text, at)),
                                   static_cast<text::Offset>(syntax::line_end(text, at)));
  while (before_ < tokens_.size() && tokens_[before_].range.begin < word_.begin) ++before_;
  after_ = before_;
  while (after_ < tokens_.size() && tokens_[after_].range.begin < word_.end) ++after_;
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < before_; ++i) {
    if (is(i, "(") || is(i, "[") || is(i, "{")) open.push_back(i);
    if ((is(i, ")") || is(i, "]") || is(i, "}")) && !open.empty()) open.pop_back();
  }
  for (const std::size_t i : open) {
    if (is(i, "[")) array_open_ = i;
    if (!attribute_open_ && is(i, "(") && i > 1 && is_word(i - 1) && (is(i - 2, "@") || is(i - 2, "@@")))
      attribute_open_ = i;
  }
}

bool CompletionLine::is(std::size_t token, std::string_view mark) const {
  return token < tokens_.size() && tokens_[token].is(text_, mark);
}

bool CompletionLine::is_word(std::size_t token) const {
  return token < tokens_.size() && tokens_[token].kind == LineTokenKind::word;
}

std::string_view CompletionLine::slice(std::size_t token) const {
  return text_.substr(tokens_[token].range.begin, tokens_[token].range.size());
}

std::vector<std::string_view> CompletionLine::attributes() const {
  std::vector<std::string_view> names;
  for (std::size_t i = 1; i < tokens_.size(); ++i) {
    const bool named = is_word(i) && (is(i - 1, "@") || is(i - 1, "@@"));
    if (named && tokens_[i].range != word_) names.push_back(slice(i));
  }
  return names;
}

text::Range CompletionLine::attribute_range() const {
  const bool at_sign = before_ > 0 && (is(before_ - 1, "@") || is(before_ - 1, "@@"));
  return {at_sign ? tokens_[before_ - 1].range.begin : word_.begin, word_.end};
}

syntax::Arity CompletionLine::type_arity() const {
  std::size_t after = is(1, ":") ? 3 : 2;
  // The type is still to be typed.
  if (word_.begin == word_.end && before_ + 1 == after) --after;
  if (is(after, "(")) {
    while (after < tokens_.size() && !is(after, ")")) ++after;
    ++after;
  }
  if (is(after, "?")) return syntax::Arity::optional;
  return is(after, "[") ? syntax::Arity::list : syntax::Arity::required;
}

std::vector<std::size_t> CompletionLine::inside(std::size_t open) const {
  std::vector<std::size_t> found;
  int depth = 0;
  for (std::size_t i = open + 1; i < tokens_.size(); ++i) {
    if ((is(i, ")") || is(i, "]") || is(i, "}")) && --depth < 0) break;
    if (depth == 0 && tokens_[i].kind != LineTokenKind::comment) found.push_back(i);
    if (is(i, "(") || is(i, "[") || is(i, "{")) ++depth;
  }
  return found;
}

std::vector<std::string_view> CompletionLine::array_elements() const {
  std::vector<std::string_view> names;
  if (!array_open_) return names;
  for (const std::size_t i : inside(*array_open_)) {
    const syntax::LineToken& token = tokens_[i];
    if (token.kind == LineTokenKind::word && token.range != word_) names.push_back(slice(i));
    if (token.kind == LineTokenKind::string && token.finished && token.range.begin + 1 != word_.begin) {
      names.push_back(slice(i).substr(1, token.range.size() - 2));
    }
  }
  return names;
}

std::string_view CompletionLine::argument_value(std::string_view name) const {
  if (!attribute_open_) return {};
  for (const std::size_t i : inside(*attribute_open_)) {
    if (is_word(i) && slice(i) == name && is(i + 1, ":") && is_word(i + 2)) return slice(i + 2);
  }
  return {};
}

std::string_view CompletionLine::begin_of_arguments(std::string_view attribute) const {
  for (std::size_t i = 1; i + 2 < tokens_.size(); ++i) {
    if (!is(i - 1, "@") || !is_word(i) || slice(i) != attribute || !is(i + 1, "(")) continue;
    text::Range range = tokens_[i + 2].range;
    if (is_word(i + 2) && is(i + 3, "(")) range.end = tokens_[i + 3].range.end;
    if (is(i + 2, "[") && i + 3 < tokens_.size()) {
      const std::size_t end = text_.find_first_of(",]\n", range.end);
      range.end = static_cast<text::Offset>(std::min(end, text_.size()));
    }
    return text_.substr(range.begin, range.size());
  }
  return {};
}

bool CompletionLine::has_unnamed_argument() const {
  if (!attribute_open_) return false;
  bool begins = true;
  for (const std::size_t i : inside(*attribute_open_)) {
    const bool typed = tokens_[i].range == word_;
    if (begins && !typed && !is(i, ",") && !is(i, ")") && !(is_word(i) && is(i + 1, ":"))) return true;
    begins = is(i, ",");
  }
  return false;
}

bool CompletionLine::is_followed_by(std::string_view mark) const {
  return is(after_, mark);
}

bool CompletionLine::ends() const {
  return after_ >= tokens_.size() || tokens_[after_].kind == LineTokenKind::comment;
}

std::vector<std::pair<std::string_view, std::string_view>> fields_above(std::string_view text, text::Offset at) {
  std::vector<std::pair<std::string_view, std::string_view>> fields;
  std::size_t begin = line_begin(text, at);
  while (begin > 0) {
    const std::size_t end = begin - 1;
    begin = line_begin(text, end);
    const auto tokens = syntax::tokens_of_line(text, static_cast<text::Offset>(begin), static_cast<text::Offset>(end));
    if (tokens.empty() || tokens.front().kind != LineTokenKind::word) continue;
    const bool header = std::ranges::any_of(tokens, [&](const auto& token) { return token.is(text, "{"); });
    if (header) break;
    if (tokens.size() < 2 || tokens[1].kind != LineTokenKind::word) continue;
    fields.emplace_back(text.substr(tokens[0].range.begin, tokens[0].range.size()),
                        text.substr(tokens[1].range.begin, tokens[1].range.size()));
  }
  std::ranges::reverse(fields);
  return fields;
}

}  // namespace refract::features
