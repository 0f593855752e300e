#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace refract::lsp {

// The code lenses that were last sent for each document, by path. Clients ask for a document's lenses when they
// show it and when it is edited, but an edit of another file of the schema changes them too. Used from any thread.
class LensStore {
 public:
  bool knows(const std::string& path) const;
  // `titles_hash`: a hash of the lenses' titles. Returns whether it differs from the one kept before.
  bool keep(const std::string& path, std::size_t titles_hash);
  void forget(const std::string& path);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::size_t> titles_hashes_;
};

}  // namespace refract::lsp
