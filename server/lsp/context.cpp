#include "lsp/context.h"

#include "lsp/uri.h"

namespace refract::lsp {

workspace::SettingValues Context::settings_of(const workspace::ProjectSnapshot& view) const {
  workspace::SettingValues values = view.project().settings.values;
  values.insert(client_values.begin(), client_values.end());
  return values;
}

protocol::Result<Request> Context::begin(const std::string& uri, Closed closed) {
  const std::string path = path_of_uri(uri);
  if (closed == Closed::refused && !host.is_open(path)) {
    return protocol::fail(protocol::ErrorCode::invalid_params, "the document is not open: " + uri);
  }
  Request request{Scope{host.view(path), client}, {}};
  request.settings = settings_of(*request.scope.view);
  const auto file = request.snapshot().find_file(path);
  if (!file) return protocol::fail(protocol::ErrorCode::invalid_params, "the document is not part of a schema: " + uri);
  request.file = *file;
  return request;
}

SqlRequest Context::begin_sql(const std::string& uri) {
  SqlRequest request;
  request.client = client;
  request.settings = client_values;
  if (auto file = host.migration(path_of_uri(uri))) {
    request.view = std::move(file->view);
    if (request.view) request.settings = settings_of(*request.view);
    request.name = std::move(file->name);
    request.text = std::move(file->text);
  }
  return request;
}

protocol::Result<std::shared_ptr<const workspace::ProjectSnapshot>> Context::view_of(const std::string& uri) {
  if (host.is_sql(path_of_uri(uri))) {
    if (auto view = begin_sql(uri).view) return view;
    return protocol::fail(protocol::ErrorCode::invalid_params, "the document is not a migration of a schema: " + uri);
  }
  auto request = begin(uri);
  if (!request) return protocol::fail(request.error());
  return request->scope.view;
}

}  // namespace refract::lsp
