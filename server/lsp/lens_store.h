#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace refract::lsp {

// What the code lenses of each document last told its client, by path. Clients ask for a document's lenses when they
// show it and when it is edited, but an edit of another file of the schema changes them too. Used from any thread.
class LensStore {
 public:
  bool knows(const std::string& path) const;
  // `told`: a hash of the lenses' titles. Gives whether it is another one than was kept before.
  bool keep(const std::string& path, std::size_t told);
  void forget(const std::string& path);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::size_t> told_;
};

}  // namespace refract::lsp
