#include "lsp/history_loader.h"

namespace refract::lsp {

HistoryLoader::HistoryLoader(protocol::Session& session, Context& context, FileWatcher& watcher,
                             std::function<void()> loaded)
    : session_(session), context_(context), watcher_(watcher), loaded_(std::move(loaded)) {}

std::shared_ptr<migrate::HistoryCache> HistoryLoader::cache_of(const std::filesystem::path& folder) {
  auto& cache = caches_[folder.string()];
  if (!cache) cache = std::make_shared<migrate::HistoryCache>();
  return cache;
}

void HistoryLoader::load() {
  watcher_.follow_folders();
  for (const workspace::StaleHistory& stale : context_.host.stale_histories()) {
    if (!loading_.insert(stale.folder.string()).second) continue;
    session_.background([this, stale, cache = cache_of(stale.folder)](std::stop_token) {
      auto state = std::make_shared<const workspace::HistoryState>(workspace::load_history(*stale.view, cache.get()));
      session_.post([this, stale, state] {
        loading_.erase(stale.folder.string());
        if (context_.host.set_history(stale, state)) {
          watcher_.watch_folders();  // where links lead may have changed too
          loaded_();
        } else {
          load();  // the folder changed meanwhile
        }
      });
    });
  }
}

}  // namespace refract::lsp
