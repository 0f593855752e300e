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
void to_json(Json& json, const SemanticTokensLegend& legend);
void from_json(const Json& json, SemanticTokensLegend& legend);

struct SemanticTokensFullOptions {
  std::optional<bool> delta;

  bool operator==(const SemanticTokensFullOptions&) const = default;
};
void to_json(Json& json, const SemanticTokensFullOptions& options);
void from_json(const Json& json, SemanticTokensFullOptions& options);

struct SemanticTokensOptions {
  SemanticTokensLegend legend;
  std::optional<bool> range;
  std::optional<std::variant<bool, SemanticTokensFullOptions>> full;

  bool operator==(const SemanticTokensOptions&) const = default;
};
void to_json(Json& json, const SemanticTokensOptions& options);
void from_json(const Json& json, SemanticTokensOptions& options);

struct SemanticTokensDeltaParams {
  TextDocumentIdentifier textDocument;
  std::string previousResultId;

  bool operator==(const SemanticTokensDeltaParams&) const = default;
};
void to_json(Json& json, const SemanticTokensDeltaParams& params);
void from_json(const Json& json, SemanticTokensDeltaParams& params);

struct SemanticTokensRangeParams {
  TextDocumentIdentifier textDocument;
  Range range;

  bool operator==(const SemanticTokensRangeParams&) const = default;
};
void to_json(Json& json, const SemanticTokensRangeParams& params);
void from_json(const Json& json, SemanticTokensRangeParams& params);

// Five numbers a token: lines from the token before, columns from it (from the line's start on a new line), length,
// type, modifiers.
struct SemanticTokens {
  std::optional<std::string> resultId;
  std::vector<std::uint32_t> data;

  bool operator==(const SemanticTokens&) const = default;
};
void to_json(Json& json, const SemanticTokens& tokens);
void to_text(ObjectText& json, const SemanticTokens& tokens);
void from_json(const Json& json, SemanticTokens& tokens);

// `start` and `deleteCount` count numbers, not tokens.
struct SemanticTokensEdit {
  std::uint32_t start = 0;
  std::uint32_t deleteCount = 0;
  std::optional<std::vector<std::uint32_t>> data;

  bool operator==(const SemanticTokensEdit&) const = default;
};
void to_json(Json& json, const SemanticTokensEdit& edit);
void to_text(ObjectText& json, const SemanticTokensEdit& edit);
void from_json(const Json& json, SemanticTokensEdit& edit);

struct SemanticTokensDelta {
  std::optional<std::string> resultId;
  std::vector<SemanticTokensEdit> edits;

  bool operator==(const SemanticTokensDelta&) const = default;
};
void to_json(Json& json, const SemanticTokensDelta& delta);
void to_text(ObjectText& json, const SemanticTokensDelta& delta);
void from_json(const Json& json, SemanticTokensDelta& delta);

using SemanticTokensDeltaResult = std::variant<SemanticTokensDelta, SemanticTokens>;

}  // namespace refract::protocol
