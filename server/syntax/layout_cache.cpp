#include "syntax/layout_cache.h"

#include <utility>

namespace refract::syntax {

void LayoutCache::begin(const FormatOptions& options) {
  if (options != options_) blocks_.clear();
  options_ = options;
  ++uses_;
}

void LayoutCache::end() {
  std::erase_if(blocks_, [&](const auto& block) { return block.second.last_use != uses_; });
}

const LayoutCache::Layout* LayoutCache::find(std::string_view block) {
  const auto found = blocks_.find(block);
  if (found == blocks_.end()) return nullptr;
  found->second.last_use = uses_;
  return &found->second.layout;
}

void LayoutCache::keep(std::string_view block, Layout layout) {
  blocks_.insert_or_assign(std::string(block), Entry{std::move(layout), uses_});
}

}  // namespace refract::syntax
