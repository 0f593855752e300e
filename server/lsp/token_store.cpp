#include "lsp/token_store.h"

#include <algorithm>

#include "text/encoding.h"

namespace refract::lsp {
namespace {

constexpr std::size_t kNumbers = 5;  // of a token

}  // namespace

protocol::SemanticTokensOptions semantic_tokens_options() {
  protocol::SemanticTokensOptions options;
  options.legend.tokenTypes.assign(features::kTokenTypeNames.begin(), features::kTokenTypeNames.end());
  options.legend.tokenModifiers.assign(features::kTokenModifierNames.begin(), features::kTokenModifierNames.end());
  options.range = true;
  options.full = protocol::SemanticTokensFullOptions{true};
  return options;
}

std::vector<std::uint32_t> encode_tokens(const text::Document& document, const std::vector<features::Token>& tokens,
                                         text::Encoding encoding) {
  std::vector<std::uint32_t> data;
  data.reserve(tokens.size() * kNumbers);
  const std::string_view text = document.text();
  const text::LineIndex& lines = document.lines();
  std::uint32_t line = tokens.empty() ? 0 : lines.line_of(tokens.front().range.begin);
  std::uint32_t column = 0;
  text::Offset counted = lines.line_start(line);  // `column` is the column of this offset
  std::uint32_t last_line = 0;
  std::uint32_t last_column = 0;
  for (const features::Token& token : tokens) {
    const text::Offset begin = token.range.begin;
    while (line + 1 < lines.line_count() && lines.line_start(line + 1) <= begin) {
      counted = lines.line_start(++line);
      column = 0;
    }
    column += text::length_in(text.substr(counted, begin - counted), encoding);
    counted = begin;
    const std::uint32_t length = text::length_in(text.substr(begin, token.range.size()), encoding);
    data.insert(data.end(), {line - last_line, line == last_line ? column - last_column : column, length,
                             static_cast<std::uint32_t>(token.type), token.modifiers});
    last_line = line;
    last_column = column;
  }
  return data;
}

std::vector<protocol::SemanticTokensEdit> token_edits(const std::vector<std::uint32_t>& before,
                                                      const std::vector<std::uint32_t>& after) {
  if (before == after) return {};
  const std::size_t shorter = std::min(before.size(), after.size());
  const auto first =
      std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(shorter), after.begin());
  const std::size_t head = static_cast<std::size_t>(first.first - before.begin()) / kNumbers * kNumbers;
  const auto last =
      std::mismatch(before.rbegin(), before.rbegin() + static_cast<std::ptrdiff_t>(shorter - head), after.rbegin());
  const std::size_t tail = static_cast<std::size_t>(last.first - before.rbegin()) / kNumbers * kNumbers;
  protocol::SemanticTokensEdit edit;
  edit.start = static_cast<std::uint32_t>(head);
  edit.deleteCount = static_cast<std::uint32_t>(before.size() - head - tail);
  edit.data.emplace(after.begin() + static_cast<std::ptrdiff_t>(head), after.end() - static_cast<std::ptrdiff_t>(tail));
  return {edit};
}

std::shared_ptr<const TokenStore::Answer> TokenStore::last(const std::string& uri) const {
  const std::lock_guard lock(mutex_);
  const auto found = last_.find(uri);
  return found == last_.end() ? nullptr : found->second;
}

std::shared_ptr<const TokenStore::Answer> TokenStore::keep(const std::string& uri, Answer answer) {
  const std::lock_guard lock(mutex_);
  answer.id = std::to_string(next_++);
  auto kept = std::make_shared<const Answer>(std::move(answer));
  last_[uri] = kept;
  return kept;
}

void TokenStore::forget(const std::string& uri) {
  const std::lock_guard lock(mutex_);
  last_.erase(uri);
}

}  // namespace refract::lsp
