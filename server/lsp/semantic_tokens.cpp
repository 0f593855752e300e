#include "protocol/lsp/semantic_tokens.h"

#include "lsp/pooled.h"

namespace refract::lsp {
namespace {

using protocol::Result;

std::shared_ptr<const TokenStore::Answer> paint(const Request& request, const std::string& uri, TokenStore& store,
                                                const std::shared_ptr<const TokenStore::Answer>& last) {
  TokenStore::Answer answer;
  answer.tokens = features::SemanticTokens::build(request.snapshot(), request.file, last ? last->tokens : nullptr);
  const text::Document& document = request.document();
  answer.data = encode_tokens(document, answer.tokens->within({0, document.size()}), request.scope.client.encoding);
  return store.keep(uri, std::move(answer));
}

}  // namespace

void Server::bind_semantic_tokens() {
  bind_pooled<protocol::SemanticTokens, protocol::TextDocumentParams>(
      "textDocument/semanticTokens/full",
      [this](const Request& request, const protocol::TextDocumentParams& params) -> Result<protocol::SemanticTokens> {
        const std::string& uri = params.textDocument.uri;
        const auto answer = paint(request, uri, tokens_, tokens_.last(uri));
        return protocol::SemanticTokens{answer->id, answer->data};
      });

  bind_pooled<protocol::SemanticTokensDeltaResult, protocol::SemanticTokensDeltaParams>(
      "textDocument/semanticTokens/full/delta",
      [this](const Request& request,
             const protocol::SemanticTokensDeltaParams& params) -> Result<protocol::SemanticTokensDeltaResult> {
        const std::string& uri = params.textDocument.uri;
        const auto last = tokens_.last(uri);
        const auto answer = paint(request, uri, tokens_, last);
        // What the client holds is not what was answered last: it gets all.
        if (!last || last->id != params.previousResultId) return protocol::SemanticTokens{answer->id, answer->data};
        return protocol::SemanticTokensDelta{answer->id, token_edits(last->data, answer->data)};
      });

  bind_pooled<protocol::SemanticTokens, protocol::SemanticTokensRangeParams>(
      "textDocument/semanticTokens/range",
      [](const Request& request,
         const protocol::SemanticTokensRangeParams& params) -> Result<protocol::SemanticTokens> {
        const text::Range range = from_lsp(request.document(), params.range, request.scope.client.encoding);
        const auto tokens = features::semantic_tokens(request.snapshot(), {request.file, range});
        return protocol::SemanticTokens{std::nullopt,
                                        encode_tokens(request.document(), tokens, request.scope.client.encoding)};
      });
}

}  // namespace refract::lsp
