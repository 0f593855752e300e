#include "lsp/server.h"

#include "lsp/uri.h"
#include "protocol/lsp/text_sync.h"

namespace refract::lsp {

void Server::bind_documents() {
  auto& bind = session_.bind();
  bind.notification("textDocument/didOpen", [this](const protocol::DidOpenTextDocumentParams& params) {
    const std::string path = path_of_uri(params.textDocument.uri);
    if (params.textDocument.languageId == "sql" || path.ends_with(".sql")) {
      host_.open_sql(path, params.textDocument.version, params.textDocument.text);
      begin_sql(params.textDocument.uri);  // brings its schema, whose history is read next
      check_sql(params.textDocument.uri);
      publish_soon();
      return;
    }
    host_.open(path, params.textDocument.version, params.textDocument.text);
    changed_.insert(path);
    publish_soon();
  });
  bind.notification("textDocument/didChange", [this](const protocol::DidChangeTextDocumentParams& params) {
    const std::string path = path_of_uri(params.textDocument.uri);
    const text::Document* document = host_.document(path);
    if (document == nullptr) return;
    // Each range counts in the text that the changes before it made.
    text::Document current = *document;
    std::vector<text::Edit> edits;
    for (const protocol::TextDocumentContentChangeEvent& change : params.contentChanges) {
      const text::Range range =
          change.range ? from_lsp(current, *change.range, client_.encoding) : text::Range{0, current.size()};
      edits.push_back({range, change.text});
      if (edits.size() < params.contentChanges.size()) current = current.with_edit(edits.back());
    }
    host_.change(path, params.textDocument.version, edits);
    if (host_.is_sql(path)) return check_sql(params.textDocument.uri);
    changed_.insert(path);
    publish_soon();
  });
  bind.notification("textDocument/didClose", [this](const protocol::DidCloseTextDocumentParams& params) {
    const std::string path = path_of_uri(params.textDocument.uri);
    if (host_.is_sql(path)) check_sql(params.textDocument.uri);
    host_.close(path);
    tokens_.forget(params.textDocument.uri);
    lenses_.forget(path);
    changed_.erase(path);
    publish_soon();
  });
  bind.notification("workspace/didChangeWorkspaceFolders",
                    [this](const protocol::DidChangeWorkspaceFoldersParams& params) {
                      std::set<std::filesystem::path> roots(host_.roots().begin(), host_.roots().end());
                      for (const auto& folder : params.event.removed) roots.erase(path_of_uri(folder.uri));
                      for (const auto& folder : params.event.added) roots.insert(path_of_uri(folder.uri));
                      host_.set_roots({roots.begin(), roots.end()});
                      publish_soon();
                    });
}

std::shared_ptr<migrate::HistoryCache> Server::cache_of(const std::filesystem::path& folder) {
  auto& cache = history_caches_[folder.string()];
  if (!cache) cache = std::make_shared<migrate::HistoryCache>();
  return cache;
}

void Server::load_histories() {
  if (host_.migrations_folders() != migrations_folders_) watch_migrations();
  for (const workspace::StaleHistory& stale : host_.stale_histories()) {
    if (!loading_.insert(stale.folder.string()).second) continue;
    session_.background([this, stale, cache = cache_of(stale.folder)](std::stop_token) {
      auto state = std::make_shared<const workspace::HistoryState>(migrate::load_history(stale.folder, cache.get(), stale.base));
      session_.post([this, stale, state] {
        loading_.erase(stale.folder.string());
        if (host_.set_history(stale, state)) {
          watch_migrations();  // where links lead may have changed too
          refresh_lenses();
        } else {
          load_histories();  // the folder changed meanwhile
        }
      });
    });
  }
}

void Server::refresh_lenses() {
  if (!client_.code_lens_refresh) return;
  session_.request<protocol::Json>("workspace/codeLens/refresh", [](const protocol::Result<protocol::Json>&) {});
}

void Server::refresh_hints() {
  if (!client_.inlay_hint_refresh) return;
  session_.request<protocol::Json>("workspace/inlayHint/refresh", [](const protocol::Result<protocol::Json>&) {});
}

}  // namespace refract::lsp
