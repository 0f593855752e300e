#include "lsp/layout_store.h"

#include <utility>

namespace refract::lsp {

std::vector<text::Edit> LayoutStore::format(const Request& request, const std::string& uri,
                                            const features::FormattingOptions& options) {
  syntax::LayoutCache layouts;
  {
    const std::scoped_lock lock(mutex_);
    if (auto known = layouts_.extract(uri)) layouts = std::move(known.mapped());
  }
  std::vector<text::Edit> edits =
      features::formatting(request.snapshot(), request.file, options, std::nullopt, &layouts);
  const std::scoped_lock lock(mutex_);
  layouts_.insert_or_assign(uri, std::move(layouts));
  return edits;
}

void LayoutStore::forget(const std::string& uri) {
  const std::scoped_lock lock(mutex_);
  layouts_.erase(uri);
}

}  // namespace refract::lsp
