#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "lsp/context.h"
#include "lsp/file_watcher.h"
#include "migrate/history/history_cache.h"
#include "protocol/session.h"

namespace refract::lsp {

// Reads the migrations folders on the pool and hands them to the host. Used on the strand.
class HistoryLoader {
 public:
  // `loaded`: called on the strand after a folder was read.
  HistoryLoader(protocol::Session& session, Context& context, FileWatcher& watcher, std::function<void()> loaded);

  // Begins to read the folders in use that were never read or changed since, each once at a time.
  void load();
  // What is kept of a folder between two readings. The cache itself may be used from any thread.
  std::shared_ptr<migrate::HistoryCache> cache_of(const std::filesystem::path& folder);

 private:
  protocol::Session& session_;
  Context& context_;
  FileWatcher& watcher_;
  std::function<void()> loaded_;
  std::map<std::string, std::shared_ptr<migrate::HistoryCache>> caches_;  // by migrations folder
  std::set<std::string> loading_;                                         // migrations folders being read
};

}  // namespace refract::lsp
