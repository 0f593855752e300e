#include "protocol/lsp/workspace.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(WorkspaceFolder, uri, name)

LSP_STRUCT(WorkspaceFoldersChangeEvent, added, removed)

LSP_STRUCT(DidChangeWorkspaceFoldersParams, event)

LSP_STRUCT(ConfigurationItem, scopeUri, section)

LSP_STRUCT(ConfigurationParams, items)

LSP_STRUCT(DidChangeConfigurationParams, settings)

LSP_STRUCT(FileEvent, uri, type)

LSP_STRUCT(DidChangeWatchedFilesParams, changes)

LSP_STRUCT(RelativePattern, baseUri, pattern)

LSP_STRUCT(FileSystemWatcher, globPattern, kind)

LSP_STRUCT(DidChangeWatchedFilesRegistrationOptions, watchers)

LSP_STRUCT(Registration, id, method, registerOptions)

LSP_STRUCT(RegistrationParams, registrations)

LSP_STRUCT(Unregistration, id, method)

LSP_STRUCT(UnregistrationParams, unregisterations)

}  // namespace refract::protocol
