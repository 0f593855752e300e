#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "lsp/context.h"

namespace refract::lsp {

// Answers textDocument/documentSymbol. Clients ask after every edit, and the answer is several times as long as the
// document: the text of each block's symbols is kept with the document's last answer, all but the numbers of the lines,
// so that an edit costs the blocks that it changed. Used from any thread.
class SymbolStore {
 public:
  // A protocol::DocumentSymbol[], or SymbolInformation[] for clients that take no hierarchy.
  protocol::JsonText answer(const Request& request, const std::string& uri);
  // The document was closed.
  void forget(const std::string& uri);

 private:
  struct Answer;
  std::shared_ptr<const Answer> last(const std::string& uri) const;

  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Answer>> last_;
};

}  // namespace refract::lsp
