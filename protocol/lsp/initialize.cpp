#include "protocol/lsp/initialize.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(ClientInfo, name, version)

template <class Visitor, MemberList<InitializeParams> Value>
void each_member(Visitor& visit, Value& params) {
  visit.nullable("processId", params.processId);
  visit("clientInfo", params.clientInfo);
  visit("locale", params.locale);
  visit("rootPath", params.rootPath);
  visit.nullable("rootUri", params.rootUri);
  visit("initializationOptions", params.initializationOptions);
  visit.capability("capabilities", params.capabilities);
  visit("trace", params.trace);
  visit("workspaceFolders", params.workspaceFolders);
}
LSP_DEFINE_JSON(InitializeParams)

LSP_STRUCT(ServerInfo, name, version)

LSP_STRUCT(InitializeResult, capabilities, serverInfo)

}  // namespace refract::protocol
