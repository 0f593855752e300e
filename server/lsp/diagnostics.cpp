// Diagnostics on their way to the client: pushed to one that knows nothing else, answered to one that asks.

#include <chrono>
#include <filesystem>

#include "lsp/file_diagnostics.h"
#include "lsp/server.h"
#include "lsp/uri.h"

namespace refract::lsp {
namespace {

using protocol::Result;

// An answer about a text that is gone would overtake or follow the one about the text that is there.
std::unexpected<protocol::ResponseError> overtaken() {
  return protocol::fail(protocol::ErrorCode::server_cancelled, "the schema was edited meanwhile",
                        protocol::encode(protocol::DiagnosticServerCancellationData{true}));
}

}  // namespace

void Server::bind_diagnostics() {
  session_.bind().pooled(
      "textDocument/diagnostic",
      [this](const protocol::RequestContext&, const protocol::DocumentDiagnosticParams& params)
          -> std::function<Result<protocol::DocumentDiagnosticReport>()> {
        const std::string path = path_of_uri(params.textDocument.uri);
        if (host_.is_sql(path)) {
          return [asked = begin_sql(params.textDocument.uri), uri = params.textDocument.uri,
                  previous = params.previousResultId]() -> Result<protocol::DocumentDiagnosticReport> {
            if (!asked.view) return nothing_found();
            return document_report(sql_diagnostics(asked, uri), previous);
          };
        }
        std::error_code error;
        const bool exists = host_.is_open(path) || (path.ends_with(".prisma") && std::filesystem::exists(path, error));
        if (!exists) return [] { return nothing_found(); };
        return [this, state = state_.load(), asked = begin(params.textDocument.uri, Closed::allowed),
                previous = params.previousResultId]() -> Result<protocol::DocumentDiagnosticReport> {
          if (!asked) return nothing_found();
          if (state_ != state) return overtaken();
          auto report = document_report(asked->scope, asked->file, asked->scope.client.related_documents, previous);
          if (state_ != state) return overtaken();
          return report;
        };
      });
  session_.bind().pooled("workspace/diagnostic",
                         [this](const protocol::RequestContext&, const protocol::WorkspaceDiagnosticParams& params)
                             -> std::function<Result<protocol::WorkspaceDiagnosticReport>()> {
                           std::vector<Scope> schemas;
                           for (auto& view : host_.views(workspace::Host::Known::all)) {
                             schemas.push_back({std::move(view), client_});
                           }
                           return
                               [this, state = state_.load(), schemas = std::move(schemas),
                                previous = params.previousResultIds]() -> Result<protocol::WorkspaceDiagnosticReport> {
                                 if (state_ != state) return overtaken();
                                 auto report = workspace_report(schemas, previous);
                                 if (state_ != state) return overtaken();
                                 return report;
                               };
                         });
}

void Server::publish_soon() {
  ++state_;
  if (publish_queued_) return;
  publish_queued_ = true;
  session_.post([this] { publish(); });
}

void Server::publish() {
  publish_queued_ = false;
  for (const auto& view : host_.views(workspace::Host::Known::open)) report_other_language({view, client_});

  using Known = workspace::Host::Known;
  std::map<std::string, FileDiagnostics> current;
  const auto begin = std::chrono::steady_clock::now();
  for (const auto& view : host_.views(client_.pulls ? Known::all : Known::open)) {
    const Scope scope{view, client_};
    std::vector<FileDiagnostics> all = diagnostics_of(scope);
    if (auto of_settings = settings_diagnostics(scope)) all.push_back(std::move(*of_settings));
    for (FileDiagnostics& found : all) {
      std::string uri = found.uri;
      current.insert_or_assign(std::move(uri), std::move(found));
    }
  }
  analysis_milliseconds_ = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  // A document that is gone, closed alone or deleted, keeps no diagnostics.
  for (const auto& [uri, id] : published_) {
    if (!current.contains(uri)) current[uri].uri = uri;
  }
  bool others_changed = false;
  for (const auto& [uri, found] : current) {
    const std::string id = found.items.empty() ? std::string() : found.content_id();
    const auto known = published_.find(uri);
    const bool unchanged = (known == published_.end() ? std::string() : known->second) == id;
    // An edited document is always answered: clients and their users wait for the verdict on what they typed.
    const bool edited = changed_.contains(path_of_uri(uri));
    others_changed |= !unchanged && !edited;
    if (id.empty()) {
      published_.erase(uri);
    } else {
      published_[uri] = id;
    }
    push(found, !unchanged || edited);
  }
  check_lenses(changed_);
  changed_.clear();
  if (others_changed) refresh_diagnostics();
  load_histories();
}

void Server::push(const FileDiagnostics& found, bool news) {
  protocol::PublishDiagnosticsParams params{found.uri, found.version, {}};
  if (client_.pulls && !found.never_asked_for && (client_.pulls_closed || found.version)) {
    // It was pushed while it was closed.
    if (pushed_.erase(found.uri) > 0) session_.notify("textDocument/publishDiagnostics", params);
    return;
  }
  if (!news && (found.items.empty() || pushed_.contains(found.uri))) return;
  params.diagnostics = found.items;
  if (found.items.empty()) {
    pushed_.erase(found.uri);
  } else {
    pushed_.insert(found.uri);
  }
  session_.notify("textDocument/publishDiagnostics", params);
}

void Server::refresh_diagnostics() {
  if (!client_.pulls || !client_.diagnostic_refresh) return;
  session_.request<protocol::Json>("workspace/diagnostic/refresh", [](const protocol::Result<protocol::Json>&) {});
}

void Server::report_other_language(const Scope& scope) {
  const auto file = workspace::file_in_other_language(scope.snapshot());
  if (!file || !reported_other_language_.insert(scope.snapshot().files()[*file].path).second) return;
  session_.show_message(protocol::MessageType::info,
                        workspace::other_language_notice(scope.snapshot()).value_or(std::string()));
}

}  // namespace refract::lsp
