// What is drawn into a document without being asked for by a person: semantic tokens and code lenses.
#include "lsp/pooled.h"

namespace refract::lsp {

using protocol::Result;
using Whole = protocol::TextDocumentParams;

void Server::bind_semantic_tokens() {
  bind_pooled<protocol::SemanticTokens, Whole>(
      "textDocument/semanticTokens/full",
      [this](const Request& request, const Whole& params) -> Result<protocol::SemanticTokens> {
        return tokens_.full(request, params.textDocument.uri);
      });
  bind_pooled<protocol::SemanticTokensDeltaResult, protocol::SemanticTokensDeltaParams>(
      "textDocument/semanticTokens/full/delta",
      [this](const Request& request, const protocol::SemanticTokensDeltaParams& params)
          -> Result<protocol::SemanticTokensDeltaResult> { return tokens_.delta(request, params); });
  bind_pooled<protocol::SemanticTokens, protocol::SemanticTokensRangeParams>(
      "textDocument/semanticTokens/range",
      [](const Request& request, const protocol::SemanticTokensRangeParams& params)
          -> Result<protocol::SemanticTokens> { return SemanticTokens::within(request, params.range); });
}

void Server::bind_lenses() {
  using Lenses = std::vector<protocol::CodeLens>;
  bind_pooled<Lenses, Whole>(
      "textDocument/codeLens",
      [this](const Request& request, const Whole& params) -> Result<Lenses> {
        return lenses_.of_schema(request, params.textDocument.uri);
      },
      [](const SqlRequest& request, const Whole& params) -> Result<Lenses> {
        return CodeLenses::of_migration(request, params.textDocument.uri);
      });
}

}  // namespace refract::lsp
