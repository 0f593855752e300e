#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "features/formatting.h"
#include "lsp/context.h"
#include "syntax/layout_cache.h"

namespace refract::lsp {

// Formats open documents, and keeps the layouts of each one's blocks for the next time. Used from any thread.
class LayoutStore {
 public:
  std::vector<text::Edit> format(const Request& request, const std::string& uri,
                                 const features::FormattingOptions& options);
  // The document was closed.
  void forget(const std::string& uri);

 private:
  std::mutex mutex_;
  std::map<std::string, syntax::LayoutCache> layouts_;  // but for documents that are being formatted now
};

}  // namespace refract::lsp
