#include "protocol/lsp/server_capabilities.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(SaveOptions, includeText)

LSP_STRUCT(TextDocumentSyncOptions, openClose, change, willSave, willSaveWaitUntil, save)

LSP_STRUCT(CompletionItemOptions, labelDetailsSupport)

LSP_STRUCT(CompletionOptions, triggerCharacters, allCommitCharacters, resolveProvider, completionItem)

LSP_STRUCT(CodeActionOptions, codeActionKinds, resolveProvider)

LSP_STRUCT(CodeLensOptions, resolveProvider)

LSP_STRUCT(DocumentOnTypeFormattingOptions, firstTriggerCharacter, moreTriggerCharacter)

LSP_STRUCT(RenameOptions, prepareProvider)

LSP_STRUCT(ExecuteCommandOptions, commands, workDoneProgress)

LSP_STRUCT(WorkspaceFoldersServerCapabilities, supported, changeNotifications)

LSP_STRUCT(WorkspaceServerCapabilities, workspaceFolders)

LSP_STRUCT(ServerCapabilities, positionEncoding, textDocumentSync, completionProvider, hoverProvider,
           signatureHelpProvider, definitionProvider, typeDefinitionProvider, implementationProvider,
           referencesProvider, documentHighlightProvider, documentSymbolProvider, codeActionProvider, codeLensProvider,
           documentLinkProvider, workspaceSymbolProvider, documentFormattingProvider, documentRangeFormattingProvider,
           documentOnTypeFormattingProvider, renameProvider, foldingRangeProvider, selectionRangeProvider,
           linkedEditingRangeProvider, callHierarchyProvider, semanticTokensProvider, inlayHintProvider,
           diagnosticProvider, executeCommandProvider, workspace, experimental)

}  // namespace refract::protocol
