#include "lsp/server.h"

#include "lsp/uri.h"
#include "protocol/lsp/initialize.h"
#include "protocol/lsp/workspace.h"
#include "report/pages.h"
#include "support/version.h"

namespace refract::lsp {
namespace {

std::vector<std::filesystem::path> roots_of(const protocol::InitializeParams& params) {
  std::vector<std::filesystem::path> roots;
  if (params.workspaceFolders) {
    for (const protocol::WorkspaceFolder& folder : *params.workspaceFolders) roots.push_back(path_of_uri(folder.uri));
  } else if (params.rootUri) {
    roots.push_back(path_of_uri(*params.rootUri));
  } else if (params.rootPath) {
    roots.push_back(*params.rootPath);
  }
  return roots;
}

}  // namespace

Server::Server(protocol::Session& session)
    : session_(session),
      settings_(session, context_,
                {.diagnostics =
                     [this] {
                       diagnostics_.set_client_values(context_.client_values);
                       if (session_.state() == protocol::Lifecycle::State::running) update_soon();
                     },
                 .display =
                     [this] {
                       lenses_.refresh();
                       refresh_hints();
                     },
                 .schemas =
                     [this] {
                       for (const std::string& path : context_.host.open_documents()) edited_.insert(path);
                       update_soon();
                     }}) {}

void Server::bind_lifecycle() {
  auto& bind = session_.bind();
  bind.request("initialize",
               [this](const protocol::RequestContext&,
                      const protocol::InitializeParams& params) -> protocol::Result<protocol::InitializeResult> {
                 context_.client = support_of(params);
                 for (const protocol::WorkspaceFolder& folder :
                      params.workspaceFolders.value_or(std::vector<protocol::WorkspaceFolder>())) {
                   context_.client.uris.note(folder.uri);
                 }
                 context_.host.set_roots(roots_of(params));
                 if (params.initializationOptions) {
                   settings_.apply(*params.initializationOptions);
                 }
                 protocol::InitializeResult result;
                 result.capabilities = capabilities_for(context_.client, params.capabilities);
                 result.serverInfo = protocol::ServerInfo{"refract", std::string(kVersion)};
                 return result;
               });
  bind.notification("initialized", [this](const protocol::NoParams&) {
    watcher_.start();
    settings_.ask();
    // The first call looks on disk, which publishing diagnostics does not, and answering initialize need not.
    report::pages();
    session_.background([](std::stop_token) { report::pages().write_copies(); });
  });
  bind.notification("workspace/didChangeConfiguration", [this](const protocol::DidChangeConfigurationParams& params) {
    if (params.settings.is_object() && params.settings.contains("refract")) {
      settings_.apply(params.settings["refract"]);
    } else {
      settings_.ask();
    }
  });
}

void Server::update_soon() {
  ++context_.state;
  if (std::exchange(update_queued_, true)) return;
  session_.post([this] { update(); });
}

void Server::update() {
  using Known = workspace::Host::Known;
  update_queued_ = false;
  const bool version_chosen = context_.host.settings().version.has_value();
  for (const auto& view : context_.host.views(Known::open)) language_notice_.show_for(*view, version_chosen);
  publisher_.publish(context_.host.views(known()), edited_);
  lenses_.check(edited_);
  edited_.clear();
  histories_.load();
  rejections_.look_soon();
}

void Server::refresh_hints() {
  if (!context_.client.inlay_hint_refresh) return;
  session_.request<protocol::Json>("workspace/inlayHint/refresh", [](const protocol::Result<protocol::Json>&) {});
}

}  // namespace refract::lsp
