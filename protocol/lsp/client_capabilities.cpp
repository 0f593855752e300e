#include "protocol/lsp/client_capabilities.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_CAPABILITIES(DynamicRegistrationCapability, dynamicRegistration)

LSP_CAPABILITIES(ChangeAnnotationSupport, groupsOnLabel)

LSP_CAPABILITIES(WorkspaceEditClientCapabilities, documentChanges, resourceOperations, failureHandling,
                 normalizesLineEndings, changeAnnotationSupport)

LSP_CAPABILITIES(DidChangeWatchedFilesClientCapabilities, dynamicRegistration, relativePatternSupport)

LSP_CAPABILITIES(RefreshClientCapabilities, refreshSupport)

LSP_CAPABILITIES(WorkspaceClientCapabilities, applyEdit, workspaceEdit, didChangeConfiguration, didChangeWatchedFiles,
                 workspaceFolders, configuration, codeLens, inlayHint, diagnostics)

LSP_CAPABILITIES(CompletionItemTagSupport, valueSet)

LSP_CAPABILITIES(CompletionItemResolveSupport, properties)

LSP_CAPABILITIES(CompletionItemClientCapabilities, snippetSupport, commitCharactersSupport, documentationFormat,
                 deprecatedSupport, preselectSupport, tagSupport, insertReplaceSupport, resolveSupport,
                 labelDetailsSupport)

LSP_CAPABILITIES(CompletionListClientCapabilities, itemDefaults)

LSP_CAPABILITIES(CompletionClientCapabilities, dynamicRegistration, completionItem, contextSupport, completionList)

LSP_CAPABILITIES(HoverClientCapabilities, dynamicRegistration, contentFormat)

LSP_CAPABILITIES(SignatureInformationClientCapabilities, documentationFormat)

LSP_CAPABILITIES(SignatureHelpClientCapabilities, signatureInformation)

LSP_CAPABILITIES(DefinitionClientCapabilities, dynamicRegistration, linkSupport)

LSP_CAPABILITIES(DocumentSymbolClientCapabilities, dynamicRegistration, hierarchicalDocumentSymbolSupport)

LSP_CAPABILITIES(RenameClientCapabilities, dynamicRegistration, prepareSupport, honorsChangeAnnotations)

LSP_CAPABILITIES(CodeActionKindSupport, valueSet)

LSP_CAPABILITIES(CodeActionLiteralSupport, codeActionKind)

LSP_CAPABILITIES(CodeActionResolveSupport, properties)

LSP_CAPABILITIES(CodeActionClientCapabilities, dynamicRegistration, codeActionLiteralSupport, isPreferredSupport,
                 disabledSupport, dataSupport, resolveSupport, honorsChangeAnnotations)

LSP_CAPABILITIES(DiagnosticTagSupport, valueSet)

LSP_CAPABILITIES(PublishDiagnosticsClientCapabilities, relatedInformation, tagSupport, versionSupport,
                 codeDescriptionSupport, dataSupport)

LSP_CAPABILITIES(DiagnosticClientCapabilities, dynamicRegistration, relatedDocumentSupport)

LSP_CAPABILITIES(FoldingRangeKindSupport, valueSet)

LSP_CAPABILITIES(FoldingRangeTextSupport, collapsedText)

LSP_CAPABILITIES(FoldingRangeClientCapabilities, dynamicRegistration, rangeLimit, lineFoldingOnly, foldingRangeKind,
                 foldingRange)

LSP_CAPABILITIES(TextDocumentClientCapabilities, completion, hover, signatureHelp, definition, references,
                 documentHighlight, documentSymbol, codeAction, codeLens, formatting, rangeFormatting, onTypeFormatting,
                 rename, publishDiagnostics, diagnostic, foldingRange)

LSP_CAPABILITIES(ShowDocumentClientCapabilities, support)

LSP_CAPABILITIES(WindowClientCapabilities, workDoneProgress, showDocument)

LSP_CAPABILITIES(GeneralClientCapabilities, positionEncodings)

LSP_CAPABILITIES(ClientCapabilities, workspace, textDocument, window, general, experimental)

}  // namespace refract::protocol
