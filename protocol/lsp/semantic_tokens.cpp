#include "protocol/lsp/semantic_tokens.h"

#include "protocol/members.h"
#include "protocol/text_codec.h"

namespace refract::protocol {

LSP_STRUCT(SemanticTokensLegend, tokenTypes, tokenModifiers)

LSP_STRUCT(SemanticTokensFullOptions, delta)

LSP_STRUCT(SemanticTokensOptions, legend, range, full)

LSP_STRUCT(SemanticTokensDeltaParams, textDocument, previousResultId)

LSP_STRUCT(SemanticTokensRangeParams, textDocument, range)

LSP_STRUCT(SemanticTokens, resultId, data)
LSP_DEFINE_TEXT(SemanticTokens)

LSP_STRUCT(SemanticTokensEdit, start, deleteCount, data)
LSP_DEFINE_TEXT(SemanticTokensEdit)

LSP_STRUCT(SemanticTokensDelta, resultId, edits)
LSP_DEFINE_TEXT(SemanticTokensDelta)

}  // namespace refract::protocol
