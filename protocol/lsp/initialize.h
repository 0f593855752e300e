#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"
#include "protocol/lsp/client_capabilities.h"
#include "protocol/lsp/server_capabilities.h"
#include "protocol/lsp/workspace.h"

// LSP 3.17 "Initialize Request".

namespace refract::protocol {

struct ClientInfo {
  std::string name;
  std::optional<std::string> version;

  bool operator==(const ClientInfo&) const = default;
};
LSP_JSON(ClientInfo)

// Members that the specification requires are read leniently where old clients leave them out.
struct InitializeParams {
  std::optional<std::int64_t> processId;  // null: no process to watch
  std::optional<ClientInfo> clientInfo;
  std::optional<std::string> locale;
  std::optional<std::string> rootPath;  // deprecated by the specification, as rootUri is
  std::optional<DocumentUri> rootUri;   // null: no folder is open
  std::optional<Json> initializationOptions;
  ClientCapabilities capabilities;
  std::optional<std::string> trace;
  std::optional<std::vector<WorkspaceFolder>> workspaceFolders;

  bool operator==(const InitializeParams&) const = default;
};
LSP_JSON(InitializeParams)

struct ServerInfo {
  std::string name;
  std::optional<std::string> version;

  bool operator==(const ServerInfo&) const = default;
};
LSP_JSON(ServerInfo)

struct InitializeResult {
  ServerCapabilities capabilities;
  std::optional<ServerInfo> serverInfo;

  bool operator==(const InitializeResult&) const = default;
};
LSP_JSON(InitializeResult)

}  // namespace refract::protocol
