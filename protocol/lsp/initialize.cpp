#include "protocol/lsp/initialize.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const ClientInfo& info) {
  write(json, "name", info.name);
  write(json, "version", info.version);
}

void from_json(const Json& json, ClientInfo& info) {
  read(json, "name", info.name);
  read(json, "version", info.version);
}

void to_json(Json& json, const InitializeParams& params) {
  write_or_null(json, "processId", params.processId);
  write(json, "clientInfo", params.clientInfo);
  write(json, "locale", params.locale);
  write(json, "rootPath", params.rootPath);
  write_or_null(json, "rootUri", params.rootUri);
  write(json, "initializationOptions", params.initializationOptions);
  write_unless_default(json, "capabilities", params.capabilities);
  write(json, "trace", params.trace);
  write(json, "workspaceFolders", params.workspaceFolders);
}

void from_json(const Json& json, InitializeParams& params) {
  read(json, "processId", params.processId);
  read(json, "clientInfo", params.clientInfo);
  read(json, "locale", params.locale);
  read(json, "rootPath", params.rootPath);
  read(json, "rootUri", params.rootUri);
  read(json, "initializationOptions", params.initializationOptions);
  read_or_keep(json, "capabilities", params.capabilities);
  read(json, "trace", params.trace);
  read(json, "workspaceFolders", params.workspaceFolders);
}

void to_json(Json& json, const ServerInfo& info) {
  write(json, "name", info.name);
  write(json, "version", info.version);
}

void from_json(const Json& json, ServerInfo& info) {
  read(json, "name", info.name);
  read(json, "version", info.version);
}

void to_json(Json& json, const InitializeResult& result) {
  write(json, "capabilities", result.capabilities);
  write(json, "serverInfo", result.serverInfo);
}

void from_json(const Json& json, InitializeResult& result) {
  read(json, "capabilities", result.capabilities);
  read(json, "serverInfo", result.serverInfo);
}

}  // namespace refract::protocol
