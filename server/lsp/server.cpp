#include "lsp/server.h"

#include "lsp/uri.h"
#include "protocol/lsp/initialize.h"
#include "protocol/lsp/workspace.h"
#include "support/version.h"

namespace refract::lsp {
namespace {

std::optional<schema::PrismaVersion> version_of(std::string_view value) {
  if (value == "5") return schema::PrismaVersion::v5;
  if (value == "6") return schema::PrismaVersion::v6;
  if (value == "7") return schema::PrismaVersion::v7;
  return std::nullopt;
}

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

Server::Server(protocol::Session& session) : session_(session) {}

void Server::bind_lifecycle() {
  auto& bind = session_.bind();
  bind.request("initialize",
               [this](const protocol::RequestContext&,
                      const protocol::InitializeParams& params) -> protocol::Result<protocol::InitializeResult> {
                 client_ = support_of(params);
                 host_.set_roots(roots_of(params));
                 if (params.initializationOptions) {
                   apply_settings(*params.initializationOptions);
                 }
                 protocol::InitializeResult result;
                 result.capabilities = capabilities_for(client_, params.capabilities);
                 result.serverInfo = protocol::ServerInfo{"refract", std::string(kVersion)};
                 return result;
               });
  bind.notification("initialized", [this](const protocol::NoParams&) {
    watch_files();
    ask_settings();
  });
  bind.notification("workspace/didChangeConfiguration", [this](const protocol::DidChangeConfigurationParams& params) {
    if (params.settings.is_object() && params.settings.contains("refract")) {
      apply_settings(params.settings["refract"]);
    } else {
      ask_settings();
    }
  });
}

void Server::apply_settings(const protocol::Json& section) {
  std::vector<std::string> refusals;
  workspace::SettingValues values = client_settings(section, refusals);
  for (std::string& refusal : refusals) {
    // Said once: an editor sends all of its settings at every change of one.
    if (reported_refusals_.insert(refusal).second)
      session_.show_message(protocol::MessageType::warning, std::move(refusal));
  }
  if (values == client_values_) return;
  const bool shown_otherwise = display_settings(values) != display_settings(client_values_);
  client_values_ = std::move(values);
  // Before the client has asked for anything, there is nothing to ask for again.
  if (shown_otherwise && session_.state() == protocol::Lifecycle::State::running) {
    refresh_lenses();
    refresh_hints();
  }
  workspace::Settings wanted;
  if (const auto version = client_values_.find("prisma.version"); version != client_values_.end()) {
    wanted.version = version_of(version->second);
  }
  if (wanted == host_.settings()) return;
  host_.configure(wanted);
  for (const std::string& path : host_.open_documents()) changed_.insert(path);
  publish_soon();
}

workspace::SettingValues Server::settings_of(const workspace::ProjectSnapshot& view) const {
  workspace::SettingValues values = view.project().settings.values;
  values.insert(client_values_.begin(), client_values_.end());
  return values;
}

void Server::ask_settings() {
  if (!client_.configuration) return;
  protocol::ConfigurationParams params;
  params.items.push_back({std::nullopt, "refract"});
  session_.request<std::vector<protocol::Json>>("workspace/configuration", params,
                                                [this](const protocol::Result<std::vector<protocol::Json>>& answer) {
                                                  // null: the client has no such section, so the present settings
                                                  // remain.
                                                  if (answer && !answer->empty() && answer->front().is_object()) {
                                                    apply_settings(answer->front());
                                                  }
                                                });
}

protocol::Result<Request> Server::begin(const std::string& uri, Closed closed) {
  const std::string path = path_of_uri(uri);
  if (closed == Closed::refused && !host_.is_open(path)) {
    return protocol::fail(protocol::ErrorCode::invalid_params, "the document is not open: " + uri);
  }
  Request request{Scope{host_.view(path), client_}, {}};
  request.settings = settings_of(*request.scope.view);
  const auto file = request.snapshot().find_file(path);
  if (!file) return protocol::fail(protocol::ErrorCode::invalid_params, "the document is not part of a schema: " + uri);
  request.file = *file;
  return request;
}

SqlRequest Server::begin_sql(const std::string& uri) {
  SqlRequest request;
  request.client = client_;
  request.settings = client_values_;
  if (auto file = host_.migration(path_of_uri(uri))) {
    request.view = std::move(file->view);
    if (request.view) request.settings = settings_of(*request.view);
    request.name = std::move(file->name);
    request.text = std::move(file->text);
  }
  return request;
}

protocol::Result<std::shared_ptr<const workspace::ProjectSnapshot>> Server::view_of(const std::string& uri) {
  if (host_.is_sql(path_of_uri(uri))) {
    if (auto view = begin_sql(uri).view) return view;
    return protocol::fail(protocol::ErrorCode::invalid_params, "the document is not a migration of a schema: " + uri);
  }
  auto request = begin(uri);
  if (!request) return protocol::fail(request.error());
  return request->scope.view;
}

}  // namespace refract::lsp
