#include "lsp/semantic_tokens.h"

namespace refract::lsp {

std::shared_ptr<const TokenStore::Answer> SemanticTokens::answer(
    const Request& request, const std::string& uri, const std::shared_ptr<const TokenStore::Answer>& last) {
  TokenStore::Answer answer;
  answer.tokens = features::SemanticTokens::build(request.snapshot(), request.file, last ? last->tokens : nullptr);
  const text::Document& document = request.document();
  answer.data = encode_tokens(document, answer.tokens->within({0, document.size()}), request.scope.client.encoding);
  return answered_.keep(uri, std::move(answer));
}

protocol::SemanticTokens SemanticTokens::full(const Request& request, const std::string& uri) {
  const auto now = answer(request, uri, answered_.last(uri));
  return {now->id, now->data};
}

protocol::SemanticTokensDeltaResult SemanticTokens::delta(const Request& request,
                                                          const protocol::SemanticTokensDeltaParams& params) {
  const std::string& uri = params.textDocument.uri;
  const auto last = answered_.last(uri);
  const auto now = answer(request, uri, last);
  if (!last || last->id != params.previousResultId) return protocol::SemanticTokens{now->id, now->data};
  return protocol::SemanticTokensDelta{now->id, token_edits(last->data, now->data)};
}

protocol::SemanticTokens SemanticTokens::within(const Request& request, protocol::Range range) {
  const text::Range bytes = from_lsp(request.document(), range, request.scope.client.encoding);
  const auto tokens = features::semantic_tokens(request.snapshot(), {request.file, bytes});
  return {std::nullopt, encode_tokens(request.document(), tokens, request.scope.client.encoding)};
}

}  // namespace refract::lsp
