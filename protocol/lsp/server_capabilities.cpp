#include "protocol/lsp/server_capabilities.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const SaveOptions& options) {
  write(json, "includeText", options.includeText);
}

void from_json(const Json& json, SaveOptions& options) {
  read(json, "includeText", options.includeText);
}

void to_json(Json& json, const TextDocumentSyncOptions& options) {
  write(json, "openClose", options.openClose);
  write(json, "change", options.change);
  write(json, "willSave", options.willSave);
  write(json, "willSaveWaitUntil", options.willSaveWaitUntil);
  write(json, "save", options.save);
}

void from_json(const Json& json, TextDocumentSyncOptions& options) {
  read(json, "openClose", options.openClose);
  read(json, "change", options.change);
  read(json, "willSave", options.willSave);
  read(json, "willSaveWaitUntil", options.willSaveWaitUntil);
  read(json, "save", options.save);
}

void to_json(Json& json, const CompletionItemOptions& options) {
  write(json, "labelDetailsSupport", options.labelDetailsSupport);
}

void from_json(const Json& json, CompletionItemOptions& options) {
  read(json, "labelDetailsSupport", options.labelDetailsSupport);
}

void to_json(Json& json, const CompletionOptions& options) {
  write(json, "triggerCharacters", options.triggerCharacters);
  write(json, "allCommitCharacters", options.allCommitCharacters);
  write(json, "resolveProvider", options.resolveProvider);
  write(json, "completionItem", options.completionItem);
}

void from_json(const Json& json, CompletionOptions& options) {
  read(json, "triggerCharacters", options.triggerCharacters);
  read(json, "allCommitCharacters", options.allCommitCharacters);
  read(json, "resolveProvider", options.resolveProvider);
  read(json, "completionItem", options.completionItem);
}

void to_json(Json& json, const CodeActionOptions& options) {
  write(json, "codeActionKinds", options.codeActionKinds);
  write(json, "resolveProvider", options.resolveProvider);
}

void from_json(const Json& json, CodeActionOptions& options) {
  read(json, "codeActionKinds", options.codeActionKinds);
  read(json, "resolveProvider", options.resolveProvider);
}

void to_json(Json& json, const CodeLensOptions& options) {
  write(json, "resolveProvider", options.resolveProvider);
}

void from_json(const Json& json, CodeLensOptions& options) {
  read(json, "resolveProvider", options.resolveProvider);
}

void to_json(Json& json, const DocumentOnTypeFormattingOptions& options) {
  write(json, "firstTriggerCharacter", options.firstTriggerCharacter);
  write(json, "moreTriggerCharacter", options.moreTriggerCharacter);
}

void from_json(const Json& json, DocumentOnTypeFormattingOptions& options) {
  read(json, "firstTriggerCharacter", options.firstTriggerCharacter);
  read(json, "moreTriggerCharacter", options.moreTriggerCharacter);
}

void to_json(Json& json, const RenameOptions& options) {
  write(json, "prepareProvider", options.prepareProvider);
}

void from_json(const Json& json, RenameOptions& options) {
  read(json, "prepareProvider", options.prepareProvider);
}

void to_json(Json& json, const ExecuteCommandOptions& options) {
  write(json, "commands", options.commands);
  write(json, "workDoneProgress", options.workDoneProgress);
}

void from_json(const Json& json, ExecuteCommandOptions& options) {
  read(json, "commands", options.commands);
  read(json, "workDoneProgress", options.workDoneProgress);
}

void to_json(Json& json, const WorkspaceFoldersServerCapabilities& capabilities) {
  write(json, "supported", capabilities.supported);
  write(json, "changeNotifications", capabilities.changeNotifications);
}

void from_json(const Json& json, WorkspaceFoldersServerCapabilities& capabilities) {
  read(json, "supported", capabilities.supported);
  read(json, "changeNotifications", capabilities.changeNotifications);
}

void to_json(Json& json, const WorkspaceServerCapabilities& capabilities) {
  write(json, "workspaceFolders", capabilities.workspaceFolders);
}

void from_json(const Json& json, WorkspaceServerCapabilities& capabilities) {
  read(json, "workspaceFolders", capabilities.workspaceFolders);
}

void to_json(Json& json, const ServerCapabilities& capabilities) {
  write(json, "positionEncoding", capabilities.positionEncoding);
  write(json, "textDocumentSync", capabilities.textDocumentSync);
  write(json, "completionProvider", capabilities.completionProvider);
  write(json, "hoverProvider", capabilities.hoverProvider);
  write(json, "signatureHelpProvider", capabilities.signatureHelpProvider);
  write(json, "definitionProvider", capabilities.definitionProvider);
  write(json, "typeDefinitionProvider", capabilities.typeDefinitionProvider);
  write(json, "implementationProvider", capabilities.implementationProvider);
  write(json, "referencesProvider", capabilities.referencesProvider);
  write(json, "documentHighlightProvider", capabilities.documentHighlightProvider);
  write(json, "documentSymbolProvider", capabilities.documentSymbolProvider);
  write(json, "codeActionProvider", capabilities.codeActionProvider);
  write(json, "codeLensProvider", capabilities.codeLensProvider);
  write(json, "documentLinkProvider", capabilities.documentLinkProvider);
  write(json, "workspaceSymbolProvider", capabilities.workspaceSymbolProvider);
  write(json, "documentFormattingProvider", capabilities.documentFormattingProvider);
  write(json, "documentRangeFormattingProvider", capabilities.documentRangeFormattingProvider);
  write(json, "documentOnTypeFormattingProvider", capabilities.documentOnTypeFormattingProvider);
  write(json, "renameProvider", capabilities.renameProvider);
  write(json, "foldingRangeProvider", capabilities.foldingRangeProvider);
  write(json, "selectionRangeProvider", capabilities.selectionRangeProvider);
  write(json, "linkedEditingRangeProvider", capabilities.linkedEditingRangeProvider);
  write(json, "callHierarchyProvider", capabilities.callHierarchyProvider);
  write(json, "semanticTokensProvider", capabilities.semanticTokensProvider);
  write(json, "inlayHintProvider", capabilities.inlayHintProvider);
  write(json, "diagnosticProvider", capabilities.diagnosticProvider);
  write(json, "executeCommandProvider", capabilities.executeCommandProvider);
  write(json, "workspace", capabilities.workspace);
  write(json, "experimental", capabilities.experimental);
}

void from_json(const Json& json, ServerCapabilities& capabilities) {
  read(json, "positionEncoding", capabilities.positionEncoding);
  read(json, "textDocumentSync", capabilities.textDocumentSync);
  read(json, "completionProvider", capabilities.completionProvider);
  read(json, "hoverProvider", capabilities.hoverProvider);
  read(json, "signatureHelpProvider", capabilities.signatureHelpProvider);
  read(json, "definitionProvider", capabilities.definitionProvider);
  read(json, "typeDefinitionProvider", capabilities.typeDefinitionProvider);
  read(json, "implementationProvider", capabilities.implementationProvider);
  read(json, "referencesProvider", capabilities.referencesProvider);
  read(json, "documentHighlightProvider", capabilities.documentHighlightProvider);
  read(json, "documentSymbolProvider", capabilities.documentSymbolProvider);
  read(json, "codeActionProvider", capabilities.codeActionProvider);
  read(json, "codeLensProvider", capabilities.codeLensProvider);
  read(json, "documentLinkProvider", capabilities.documentLinkProvider);
  read(json, "workspaceSymbolProvider", capabilities.workspaceSymbolProvider);
  read(json, "documentFormattingProvider", capabilities.documentFormattingProvider);
  read(json, "documentRangeFormattingProvider", capabilities.documentRangeFormattingProvider);
  read(json, "documentOnTypeFormattingProvider", capabilities.documentOnTypeFormattingProvider);
  read(json, "renameProvider", capabilities.renameProvider);
  read(json, "foldingRangeProvider", capabilities.foldingRangeProvider);
  read(json, "selectionRangeProvider", capabilities.selectionRangeProvider);
  read(json, "linkedEditingRangeProvider", capabilities.linkedEditingRangeProvider);
  read(json, "callHierarchyProvider", capabilities.callHierarchyProvider);
  read(json, "semanticTokensProvider", capabilities.semanticTokensProvider);
  read(json, "inlayHintProvider", capabilities.inlayHintProvider);
  read(json, "diagnosticProvider", capabilities.diagnosticProvider);
  read(json, "executeCommandProvider", capabilities.executeCommandProvider);
  read(json, "workspace", capabilities.workspace);
  read(json, "experimental", capabilities.experimental);
}

}  // namespace refract::protocol
