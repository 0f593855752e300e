#include "lsp/lens_store.h"

namespace refract::lsp {

bool LensStore::knows(const std::string& path) const {
  const std::scoped_lock lock(mutex_);
  return told_.contains(path);
}

bool LensStore::keep(const std::string& path, std::size_t told) {
  const std::scoped_lock lock(mutex_);
  const auto [known, fresh] = told_.try_emplace(path, told);
  const bool other = fresh || known->second != told;
  known->second = told;
  return other;
}

void LensStore::forget(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  told_.erase(path);
}

}  // namespace refract::lsp
