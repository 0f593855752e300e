// What the client says of its documents, and of files on disk.
#include "lsp/server.h"
#include "lsp/uri.h"
#include "protocol/lsp/text_sync.h"
#include "protocol/lsp/workspace.h"

namespace refract::lsp {

void Server::bind_documents() {
  auto& bind = session_.bind();
  bind.notification("textDocument/didOpen", [this](const protocol::DidOpenTextDocumentParams& params) {
    const std::string path = path_of_uri(params.textDocument.uri);
    context_.client.uris.note(params.textDocument.uri);
    if (!context_.client.watch_files) context_.host.look_at_disk();
    if (params.textDocument.languageId == "sql" || path.ends_with(".sql")) {
      context_.host.open_sql(path, params.textDocument.version, params.textDocument.text);
      context_.begin_sql(params.textDocument.uri);  // brings its schema, whose history is read next
      sql_publisher_.check(params.textDocument.uri);
      update_soon();
      return;
    }
    context_.host.open(path, params.textDocument.version, params.textDocument.text);
    edited_.insert(path);
    update_soon();
  });
  bind.notification("textDocument/didChange", [this](const protocol::DidChangeTextDocumentParams& params) {
    const std::string path = path_of_uri(params.textDocument.uri);
    const text::Document* document = context_.host.document(path);
    if (document == nullptr) return;
    // Each range counts in the text that the changes before it made.
    text::Document current = *document;
    std::vector<text::Edit> edits;
    for (const protocol::TextDocumentContentChangeEvent& change : params.contentChanges) {
      const text::Range range =
          change.range ? from_lsp(current, *change.range, context_.client.encoding) : text::Range{0, current.size()};
      edits.push_back({range, change.text});
      if (edits.size() < params.contentChanges.size()) current = current.with_edit(edits.back());
    }
    context_.host.change(path, params.textDocument.version, edits);
    if (context_.host.is_sql(path)) return sql_publisher_.check(params.textDocument.uri);
    edited_.insert(path);
    update_soon();
  });
  bind.notification("textDocument/didClose", [this](const protocol::DidCloseTextDocumentParams& params) {
    const std::string path = path_of_uri(params.textDocument.uri);
    if (context_.host.is_sql(path)) sql_publisher_.check(params.textDocument.uri);
    context_.host.close(path);
    if (!context_.client.watch_files) context_.host.look_at_disk();
    tokens_.forget(params.textDocument.uri);
    symbols_.forget(params.textDocument.uri);
    layouts_.forget(params.textDocument.uri);
    lenses_.forget(path);
    edited_.erase(path);
    update_soon();
  });
  bind.notification("workspace/didChangeWorkspaceFolders",
                    [this](const protocol::DidChangeWorkspaceFoldersParams& params) {
                      std::set<std::filesystem::path> roots(context_.host.roots().begin(), context_.host.roots().end());
                      for (const auto& folder : params.event.removed) roots.erase(path_of_uri(folder.uri));
                      for (const auto& folder : params.event.added) roots.insert(path_of_uri(folder.uri));
                      context_.host.set_roots({roots.begin(), roots.end()});
                      update_soon();
                    });
}

void Server::bind_files() {
  auto& bind = session_.bind();
  bind.notification("textDocument/didSave", [this](const protocol::DidSaveTextDocumentParams& params) {
    const std::string path = path_of_uri(params.textDocument.uri);
    if (!context_.host.is_open(path)) context_.host.file_changed(path);
    // Nothing else shows that somebody pulled a migration or added a file, or edited a .env file outside of the folders
    // watched.
    if (context_.client.watch_files) {
      context_.host.read_environments();
    } else {
      context_.host.look_at_disk();
      context_.host.look_again();
    }
    update_soon();
  });
  bind.notification("workspace/didChangeWatchedFiles", [this](const protocol::DidChangeWatchedFilesParams& params) {
    for (const protocol::FileEvent& event : params.changes) {
      const std::string path = path_of_uri(event.uri);
      if (!context_.host.is_open(path)) context_.host.file_changed(path);
    }
    update_soon();
  });
}

}  // namespace refract::lsp
