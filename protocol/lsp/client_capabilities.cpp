#include "protocol/lsp/client_capabilities.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_CAPABILITIES(WorkspaceEditClientCapabilities, documentChanges, resourceOperations)

LSP_CAPABILITIES(DidChangeWatchedFilesClientCapabilities, dynamicRegistration, relativePatternSupport)

LSP_CAPABILITIES(RefreshClientCapabilities, refreshSupport)

LSP_CAPABILITIES(WorkspaceClientCapabilities, workspaceEdit, didChangeWatchedFiles, workspaceFolders, configuration,
                 codeLens, inlayHint, diagnostics)

LSP_CAPABILITIES(CompletionItemClientCapabilities, snippetSupport, documentationFormat)

LSP_CAPABILITIES(CompletionListClientCapabilities, itemDefaults)

LSP_CAPABILITIES(CompletionClientCapabilities, completionItem, completionList)

LSP_CAPABILITIES(HoverClientCapabilities, contentFormat)

LSP_CAPABILITIES(SignatureInformationClientCapabilities, documentationFormat)

LSP_CAPABILITIES(SignatureHelpClientCapabilities, signatureInformation)

LSP_CAPABILITIES(DefinitionClientCapabilities, linkSupport)

LSP_CAPABILITIES(DocumentSymbolClientCapabilities, hierarchicalDocumentSymbolSupport)

LSP_CAPABILITIES(RenameClientCapabilities, prepareSupport)

LSP_CAPABILITIES(CodeActionKindSupport, valueSet)

LSP_CAPABILITIES(CodeActionLiteralSupport, codeActionKind)

LSP_CAPABILITIES(CodeActionResolveSupport, properties)

LSP_CAPABILITIES(CodeActionClientCapabilities, codeActionLiteralSupport, dataSupport, resolveSupport)

LSP_CAPABILITIES(PublishDiagnosticsClientCapabilities, relatedInformation, dataSupport)

LSP_CAPABILITIES(DiagnosticClientCapabilities, relatedDocumentSupport)

LSP_CAPABILITIES(TextDocumentClientCapabilities, completion, hover, signatureHelp, definition, documentSymbol,
                 codeAction, rename, publishDiagnostics, diagnostic)

LSP_CAPABILITIES(ShowDocumentClientCapabilities, support)

LSP_CAPABILITIES(WindowClientCapabilities, workDoneProgress, showDocument)

LSP_CAPABILITIES(GeneralClientCapabilities, positionEncodings)

LSP_CAPABILITIES(ClientCapabilities, workspace, textDocument, window, general)

}  // namespace refract::protocol
