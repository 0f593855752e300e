#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Semantic Tokens". The params of `full` are TextDocumentParams.

namespace refract::protocol {

class ObjectText;

// Names of the token types and modifiers, in the order that their numbers count.
struct SemanticTokensLegend {
  std::vector<std::string> tokenTypes;
  std::vector<std::string> tokenModifiers;

  bool operator==(const SemanticTokensLegend&) const = default;
};
LSP_JSON(SemanticTokensLegend)

struct SemanticTokensFullOptions {
  std::optional<bool> delta;

  bool operator==(const SemanticTokensFullOptions&) const = default;
};
LSP_JSON(SemanticTokensFullOptions)

struct SemanticTokensOptions {
  SemanticTokensLegend legend;
  std::optional<bool> range;
  std::optional<std::variant<bool, SemanticTokensFullOptions>> full;

  bool operator==(const SemanticTokensOptions&) const = default;
};
LSP_JSON(SemanticTokensOptions)

struct SemanticTokensDeltaParams {
  TextDocumentIdentifier textDocument;
  std::string previousResultId;

  bool operator==(const SemanticTokensDeltaParams&) const = default;
};
LSP_JSON(SemanticTokensDeltaParams)

struct SemanticTokensRangeParams {
  TextDocumentIdentifier textDocument;
  Range range;

  bool operator==(const SemanticTokensRangeParams&) const = default;
};
LSP_JSON(SemanticTokensRangeParams)

// Five numbers a token: lines from the token before, columns from it (from the line's start on a new line), length,
// type, modifiers.
struct SemanticTokens {
  std::optional<std::string> resultId;
  std::vector<std::uint32_t> data;

  bool operator==(const SemanticTokens&) const = default;
};
LSP_JSON(SemanticTokens)
void to_text(ObjectText& json, const SemanticTokens& tokens);

// `start` and `deleteCount` count numbers, not tokens.
struct SemanticTokensEdit {
  std::uint32_t start = 0;
  std::uint32_t deleteCount = 0;
  std::optional<std::vector<std::uint32_t>> data;

  bool operator==(const SemanticTokensEdit&) const = default;
};
LSP_JSON(SemanticTokensEdit)
void to_text(ObjectText& json, const SemanticTokensEdit& edit);

struct SemanticTokensDelta {
  std::optional<std::string> resultId;
  std::vector<SemanticTokensEdit> edits;

  bool operator==(const SemanticTokensDelta&) const = default;
};
LSP_JSON(SemanticTokensDelta)
void to_text(ObjectText& json, const SemanticTokensDelta& delta);

using SemanticTokensDeltaResult = std::variant<SemanticTokensDelta, SemanticTokens>;

}  // namespace refract::protocol
