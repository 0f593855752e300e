#include "protocol/lsp/semantic_tokens.h"

#include "protocol/text_codec.h"

namespace refract::protocol {

void to_json(Json& json, const SemanticTokensLegend& legend) {
  write(json, "tokenTypes", legend.tokenTypes);
  write(json, "tokenModifiers", legend.tokenModifiers);
}

void from_json(const Json& json, SemanticTokensLegend& legend) {
  read(json, "tokenTypes", legend.tokenTypes);
  read(json, "tokenModifiers", legend.tokenModifiers);
}

void to_json(Json& json, const SemanticTokensFullOptions& options) {
  write(json, "delta", options.delta);
}

void from_json(const Json& json, SemanticTokensFullOptions& options) {
  read(json, "delta", options.delta);
}

void to_json(Json& json, const SemanticTokensOptions& options) {
  write(json, "legend", options.legend);
  write(json, "range", options.range);
  write(json, "full", options.full);
}

void from_json(const Json& json, SemanticTokensOptions& options) {
  read(json, "legend", options.legend);
  read(json, "range", options.range);
  read(json, "full", options.full);
}

void to_json(Json& json, const SemanticTokensDeltaParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "previousResultId", params.previousResultId);
}

void from_json(const Json& json, SemanticTokensDeltaParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "previousResultId", params.previousResultId);
}

void to_json(Json& json, const SemanticTokensRangeParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "range", params.range);
}

void from_json(const Json& json, SemanticTokensRangeParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "range", params.range);
}

template <class Out>
void members(Out& json, const SemanticTokens& tokens) {
  write(json, "resultId", tokens.resultId);
  write(json, "data", tokens.data);
}
void to_json(Json& json, const SemanticTokens& tokens) {
  members(json, tokens);
}
void to_text(ObjectText& json, const SemanticTokens& tokens) {
  members(json, tokens);
}

void from_json(const Json& json, SemanticTokens& tokens) {
  read(json, "resultId", tokens.resultId);
  read(json, "data", tokens.data);
}

template <class Out>
void members(Out& json, const SemanticTokensEdit& edit) {
  write(json, "start", edit.start);
  write(json, "deleteCount", edit.deleteCount);
  write(json, "data", edit.data);
}
void to_json(Json& json, const SemanticTokensEdit& edit) {
  members(json, edit);
}
void to_text(ObjectText& json, const SemanticTokensEdit& edit) {
  members(json, edit);
}

void from_json(const Json& json, SemanticTokensEdit& edit) {
  read(json, "start", edit.start);
  read(json, "deleteCount", edit.deleteCount);
  read(json, "data", edit.data);
}

template <class Out>
void members(Out& json, const SemanticTokensDelta& delta) {
  write(json, "resultId", delta.resultId);
  write(json, "edits", delta.edits);
}
void to_json(Json& json, const SemanticTokensDelta& delta) {
  members(json, delta);
}
void to_text(ObjectText& json, const SemanticTokensDelta& delta) {
  members(json, delta);
}

void from_json(const Json& json, SemanticTokensDelta& delta) {
  read(json, "resultId", delta.resultId);
  read(json, "edits", delta.edits);
}

}  // namespace refract::protocol
