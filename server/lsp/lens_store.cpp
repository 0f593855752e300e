#include "lsp/lens_store.h"

namespace refract::lsp {

bool LensStore::knows(const std::string& path) const {
  const std::scoped_lock lock(mutex_);
  return titles_hashes_.contains(path);
}

bool LensStore::keep(const std::string& path, std::size_t titles_hash) {
  const std::scoped_lock lock(mutex_);
  const auto [known, fresh] = titles_hashes_.try_emplace(path, titles_hash);
  const bool other = fresh || known->second != titles_hash;
  known->second = titles_hash;
  return other;
}

void LensStore::forget(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  titles_hashes_.erase(path);
}

}  // namespace refract::lsp
