#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "features/semantic_tokens.h"
#include "protocol/lsp/semantic_tokens.h"
#include "text/document.h"

namespace refract::lsp {

protocol::SemanticTokensOptions semantic_tokens_options();

// Tokens as LSP has them: five numbers each, counted from the token before, columns in units of the encoding.
std::vector<std::uint32_t> encode_tokens(const text::Document& document, const std::vector<features::Token>& tokens,
                                         text::Encoding encoding);

// The one edit that leads from one list of numbers to another, in whole tokens; none where they are the same.
std::vector<protocol::SemanticTokensEdit> token_edits(const std::vector<std::uint32_t>& before,
                                                      const std::vector<std::uint32_t>& after);

// What was last answered for each document, so that the next answer is short and shares what did not change. Used
// from any thread.
class TokenStore {
 public:
  struct Answer {
    std::string id;
    std::shared_ptr<const features::SemanticTokens> tokens;
    std::vector<std::uint32_t> data;
  };

  // nullptr: nothing was answered yet.
  std::shared_ptr<const Answer> last(const std::string& uri) const;
  // Keeps an answer and gives it its id.
  std::shared_ptr<const Answer> keep(const std::string& uri, Answer answer);
  void forget(const std::string& uri);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Answer>> last_;
  std::uint64_t next_ = 1;
};

}  // namespace refract::lsp
