#pragma once

#include <string>

#include "lsp/context.h"
#include "lsp/token_store.h"
#include "protocol/lsp/semantic_tokens.h"

namespace refract::lsp {

// Answers semantic token requests, reusing the document's last answer. Thread-safe.
class SemanticTokens {
 public:
  protocol::SemanticTokens full(const Request& request, const std::string& uri);
  // All tokens if previousResultId is not the id of the last answer.
  protocol::SemanticTokensDeltaResult delta(const Request& request, const protocol::SemanticTokensDeltaParams& params);
  static protocol::SemanticTokens within(const Request& request, protocol::Range range);
  // The document was closed.
  void forget(const std::string& uri) { answered_.forget(uri); }

 private:
  std::shared_ptr<const TokenStore::Answer> answer(const Request& request, const std::string& uri,
                                                   const std::shared_ptr<const TokenStore::Answer>& last);

  TokenStore answered_;
};

}  // namespace refract::lsp
