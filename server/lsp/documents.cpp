#include "lsp/server.h"

#include <algorithm>

#include "lsp/uri.h"
#include "protocol/codec.h"
#include "protocol/lsp/text_sync.h"
#include "protocol/lsp/window.h"
#include "report/shown.h"

namespace refract::lsp {

void Server::bind_documents() {
  auto& bind = session_.bind();
  bind.notification("textDocument/didOpen", [this](const protocol::DidOpenTextDocumentParams& params) {
    const std::string path = path_of_uri(params.textDocument.uri);
    if (params.textDocument.languageId == "sql" || path.ends_with(".sql")) {
      host_.open_sql(path, params.textDocument.version, params.textDocument.text);
      begin_sql(params.textDocument.uri);  // brings its schema, whose history is read next
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
    if (host_.is_sql(path)) return;
    changed_.insert(path);
    publish_soon();
  });
  bind.notification("textDocument/didClose", [this](const protocol::DidCloseTextDocumentParams& params) {
    const std::string path = path_of_uri(params.textDocument.uri);
    host_.close(path);
    tokens_.forget(params.textDocument.uri);
    changed_.erase(path);
    publish_soon();
  });
  bind.notification("textDocument/didSave", [](const protocol::DidSaveTextDocumentParams&) {});
  bind.notification("workspace/didChangeWatchedFiles", [this](const protocol::DidChangeWatchedFilesParams& params) {
    for (const protocol::FileEvent& event : params.changes) {
      const std::string path = path_of_uri(event.uri);
      if (!host_.is_open(path)) host_.file_changed(path);
    }
    publish_soon();
  });
}

void Server::publish_soon() {
  if (publish_queued_) return;
  publish_queued_ = true;
  session_.post([this] { publish(); });
}

void Server::publish() {
  publish_queued_ = false;
  std::map<std::string, protocol::Json> current;
  std::map<std::string, std::int32_t> versions;
  for (const auto& view : views()) {
    const Scope scope{view, client_};
    tell_other_language(scope);
    std::vector<protocol::Json> findings(scope.snapshot().files().size(), protocol::Json::array());
    const report::Shown shown = report::shown_of(view->analysis().diagnostics());
    for (const validation::Diagnostic* diagnostic : shown.findings) {
      findings[diagnostic->at.file].push_back(protocol::encode(to_lsp(scope, *diagnostic)));
    }
    for (const auto& [file, count] : shown.left_out) {
      findings[file].push_back(protocol::encode(left_out_diagnostic(count)));
    }
    for (schema::FileId file = 0; file < findings.size(); ++file) {
      const std::string uri = scope.uri(file);
      if (const auto version = view->document_version(scope.snapshot().files()[file].path)) {
        versions[uri] = static_cast<std::int32_t>(*version);
      }
      current[uri] = std::move(findings[file]);
    }
  }
  // A document that is gone, closed alone or deleted, keeps no findings.
  for (const auto& [uri, findings] : sent_) {
    if (!current.contains(uri)) current[uri] = protocol::Json::array();
  }
  for (auto& [uri, findings] : current) {
    const auto known = sent_.find(uri);
    const bool unchanged = known == sent_.end() ? findings.empty() : known->second == findings;
    // An edited document is always answered: clients and their users wait for the verdict on what they typed.
    if (unchanged && !changed_.contains(path_of_uri(uri))) continue;
    protocol::Json params{{"uri", uri}, {"diagnostics", findings}};
    if (const auto version = versions.find(uri); version != versions.end()) params["version"] = version->second;
    session_.notify("textDocument/publishDiagnostics", params);
    sent_[uri] = std::move(findings);
  }
  changed_.clear();
  std::erase_if(sent_, [](const auto& entry) { return entry.second.empty(); });
  load_histories();
}

void Server::tell_other_language(const Scope& scope) {
  const auto file = workspace::file_in_other_language(scope.snapshot());
  if (!file || !told_other_language_.insert(scope.snapshot().files()[*file].path).second) return;
  protocol::ShowMessageParams params;
  params.type = protocol::MessageType::info;
  params.message = workspace::other_language_notice(scope.snapshot()).value_or(std::string());
  session_.notify("window/showMessage", protocol::encode(params));
}

std::shared_ptr<migrate::HistoryCache> Server::cache_of(const std::filesystem::path& folder) {
  auto& cache = history_caches_[folder.string()];
  if (!cache) cache = std::make_shared<migrate::HistoryCache>();
  return cache;
}

void Server::load_histories() {
  for (const auto& folder : host_.stale_histories()) {
    if (!loading_.insert(folder.string()).second) continue;
    session_.background([this, folder, cache = cache_of(folder)](std::stop_token) {
      auto state = std::make_shared<const workspace::HistoryState>(migrate::load_history(folder, cache.get()));
      session_.post([this, folder, state] {
        loading_.erase(folder.string());
        host_.set_history(folder, state);
        refresh_lenses();
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
