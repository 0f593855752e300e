#include "protocol/lsp/client_capabilities.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const DynamicRegistrationCapability& capability) {
  write_unless_default(json, "dynamicRegistration", capability.dynamicRegistration);
}

void from_json(const Json& json, DynamicRegistrationCapability& capability) {
  read_or_keep(json, "dynamicRegistration", capability.dynamicRegistration);
}

void to_json(Json& json, const ChangeAnnotationSupport& support) {
  write_unless_default(json, "groupsOnLabel", support.groupsOnLabel);
}

void from_json(const Json& json, ChangeAnnotationSupport& support) {
  read_or_keep(json, "groupsOnLabel", support.groupsOnLabel);
}

void to_json(Json& json, const WorkspaceEditClientCapabilities& capabilities) {
  write_unless_default(json, "documentChanges", capabilities.documentChanges);
  write_unless_default(json, "resourceOperations", capabilities.resourceOperations);
  write(json, "failureHandling", capabilities.failureHandling);
  write_unless_default(json, "normalizesLineEndings", capabilities.normalizesLineEndings);
  write(json, "changeAnnotationSupport", capabilities.changeAnnotationSupport);
}

void from_json(const Json& json, WorkspaceEditClientCapabilities& capabilities) {
  read_or_keep(json, "documentChanges", capabilities.documentChanges);
  read_or_keep(json, "resourceOperations", capabilities.resourceOperations);
  read(json, "failureHandling", capabilities.failureHandling);
  read_or_keep(json, "normalizesLineEndings", capabilities.normalizesLineEndings);
  read(json, "changeAnnotationSupport", capabilities.changeAnnotationSupport);
}

void to_json(Json& json, const DidChangeWatchedFilesClientCapabilities& capabilities) {
  write_unless_default(json, "dynamicRegistration", capabilities.dynamicRegistration);
  write_unless_default(json, "relativePatternSupport", capabilities.relativePatternSupport);
}

void from_json(const Json& json, DidChangeWatchedFilesClientCapabilities& capabilities) {
  read_or_keep(json, "dynamicRegistration", capabilities.dynamicRegistration);
  read_or_keep(json, "relativePatternSupport", capabilities.relativePatternSupport);
}

void to_json(Json& json, const RefreshClientCapabilities& capabilities) {
  write_unless_default(json, "refreshSupport", capabilities.refreshSupport);
}

void from_json(const Json& json, RefreshClientCapabilities& capabilities) {
  read_or_keep(json, "refreshSupport", capabilities.refreshSupport);
}

void to_json(Json& json, const WorkspaceClientCapabilities& capabilities) {
  write_unless_default(json, "applyEdit", capabilities.applyEdit);
  write_unless_default(json, "workspaceEdit", capabilities.workspaceEdit);
  write_unless_default(json, "didChangeConfiguration", capabilities.didChangeConfiguration);
  write_unless_default(json, "didChangeWatchedFiles", capabilities.didChangeWatchedFiles);
  write_unless_default(json, "workspaceFolders", capabilities.workspaceFolders);
  write_unless_default(json, "configuration", capabilities.configuration);
  write_unless_default(json, "codeLens", capabilities.codeLens);
  write_unless_default(json, "inlayHint", capabilities.inlayHint);
  write_unless_default(json, "diagnostics", capabilities.diagnostics);
}

void from_json(const Json& json, WorkspaceClientCapabilities& capabilities) {
  read_or_keep(json, "applyEdit", capabilities.applyEdit);
  read_or_keep(json, "workspaceEdit", capabilities.workspaceEdit);
  read_or_keep(json, "didChangeConfiguration", capabilities.didChangeConfiguration);
  read_or_keep(json, "didChangeWatchedFiles", capabilities.didChangeWatchedFiles);
  read_or_keep(json, "workspaceFolders", capabilities.workspaceFolders);
  read_or_keep(json, "configuration", capabilities.configuration);
  read_or_keep(json, "codeLens", capabilities.codeLens);
  read_or_keep(json, "inlayHint", capabilities.inlayHint);
  read_or_keep(json, "diagnostics", capabilities.diagnostics);
}

void to_json(Json& json, const CompletionItemTagSupport& support) {
  write_unless_default(json, "valueSet", support.valueSet);
}

void from_json(const Json& json, CompletionItemTagSupport& support) {
  read_or_keep(json, "valueSet", support.valueSet);
}

void to_json(Json& json, const CompletionItemResolveSupport& support) {
  write_unless_default(json, "properties", support.properties);
}

void from_json(const Json& json, CompletionItemResolveSupport& support) {
  read_or_keep(json, "properties", support.properties);
}

void to_json(Json& json, const CompletionItemClientCapabilities& capabilities) {
  write_unless_default(json, "snippetSupport", capabilities.snippetSupport);
  write_unless_default(json, "commitCharactersSupport", capabilities.commitCharactersSupport);
  write_unless_default(json, "documentationFormat", capabilities.documentationFormat);
  write_unless_default(json, "deprecatedSupport", capabilities.deprecatedSupport);
  write_unless_default(json, "preselectSupport", capabilities.preselectSupport);
  write(json, "tagSupport", capabilities.tagSupport);
  write_unless_default(json, "insertReplaceSupport", capabilities.insertReplaceSupport);
  write(json, "resolveSupport", capabilities.resolveSupport);
  write_unless_default(json, "labelDetailsSupport", capabilities.labelDetailsSupport);
}

void from_json(const Json& json, CompletionItemClientCapabilities& capabilities) {
  read_or_keep(json, "snippetSupport", capabilities.snippetSupport);
  read_or_keep(json, "commitCharactersSupport", capabilities.commitCharactersSupport);
  read_or_keep(json, "documentationFormat", capabilities.documentationFormat);
  read_or_keep(json, "deprecatedSupport", capabilities.deprecatedSupport);
  read_or_keep(json, "preselectSupport", capabilities.preselectSupport);
  read(json, "tagSupport", capabilities.tagSupport);
  read_or_keep(json, "insertReplaceSupport", capabilities.insertReplaceSupport);
  read(json, "resolveSupport", capabilities.resolveSupport);
  read_or_keep(json, "labelDetailsSupport", capabilities.labelDetailsSupport);
}

void to_json(Json& json, const CompletionListClientCapabilities& capabilities) {
  write_unless_default(json, "itemDefaults", capabilities.itemDefaults);
}

void from_json(const Json& json, CompletionListClientCapabilities& capabilities) {
  read_or_keep(json, "itemDefaults", capabilities.itemDefaults);
}

void to_json(Json& json, const CompletionClientCapabilities& capabilities) {
  write_unless_default(json, "dynamicRegistration", capabilities.dynamicRegistration);
  write_unless_default(json, "completionItem", capabilities.completionItem);
  write_unless_default(json, "contextSupport", capabilities.contextSupport);
  write(json, "completionList", capabilities.completionList);
}

void from_json(const Json& json, CompletionClientCapabilities& capabilities) {
  read_or_keep(json, "dynamicRegistration", capabilities.dynamicRegistration);
  read_or_keep(json, "completionItem", capabilities.completionItem);
  read_or_keep(json, "contextSupport", capabilities.contextSupport);
  read(json, "completionList", capabilities.completionList);
}

void to_json(Json& json, const HoverClientCapabilities& capabilities) {
  write_unless_default(json, "dynamicRegistration", capabilities.dynamicRegistration);
  write_unless_default(json, "contentFormat", capabilities.contentFormat);
}

void from_json(const Json& json, HoverClientCapabilities& capabilities) {
  read_or_keep(json, "dynamicRegistration", capabilities.dynamicRegistration);
  read_or_keep(json, "contentFormat", capabilities.contentFormat);
}

void to_json(Json& json, const DefinitionClientCapabilities& capabilities) {
  write_unless_default(json, "dynamicRegistration", capabilities.dynamicRegistration);
  write_unless_default(json, "linkSupport", capabilities.linkSupport);
}

void from_json(const Json& json, DefinitionClientCapabilities& capabilities) {
  read_or_keep(json, "dynamicRegistration", capabilities.dynamicRegistration);
  read_or_keep(json, "linkSupport", capabilities.linkSupport);
}

void to_json(Json& json, const DocumentSymbolClientCapabilities& capabilities) {
  write_unless_default(json, "dynamicRegistration", capabilities.dynamicRegistration);
  write_unless_default(json, "hierarchicalDocumentSymbolSupport", capabilities.hierarchicalDocumentSymbolSupport);
}

void from_json(const Json& json, DocumentSymbolClientCapabilities& capabilities) {
  read_or_keep(json, "dynamicRegistration", capabilities.dynamicRegistration);
  read_or_keep(json, "hierarchicalDocumentSymbolSupport", capabilities.hierarchicalDocumentSymbolSupport);
}

void to_json(Json& json, const RenameClientCapabilities& capabilities) {
  write_unless_default(json, "dynamicRegistration", capabilities.dynamicRegistration);
  write_unless_default(json, "prepareSupport", capabilities.prepareSupport);
  write_unless_default(json, "honorsChangeAnnotations", capabilities.honorsChangeAnnotations);
}

void from_json(const Json& json, RenameClientCapabilities& capabilities) {
  read_or_keep(json, "dynamicRegistration", capabilities.dynamicRegistration);
  read_or_keep(json, "prepareSupport", capabilities.prepareSupport);
  read_or_keep(json, "honorsChangeAnnotations", capabilities.honorsChangeAnnotations);
}

void to_json(Json& json, const CodeActionKindSupport& support) {
  write_unless_default(json, "valueSet", support.valueSet);
}

void from_json(const Json& json, CodeActionKindSupport& support) {
  read_or_keep(json, "valueSet", support.valueSet);
}

void to_json(Json& json, const CodeActionLiteralSupport& support) {
  write_unless_default(json, "codeActionKind", support.codeActionKind);
}

void from_json(const Json& json, CodeActionLiteralSupport& support) {
  read_or_keep(json, "codeActionKind", support.codeActionKind);
}

void to_json(Json& json, const CodeActionResolveSupport& support) {
  write_unless_default(json, "properties", support.properties);
}

void from_json(const Json& json, CodeActionResolveSupport& support) {
  read_or_keep(json, "properties", support.properties);
}

void to_json(Json& json, const CodeActionClientCapabilities& capabilities) {
  write_unless_default(json, "dynamicRegistration", capabilities.dynamicRegistration);
  write(json, "codeActionLiteralSupport", capabilities.codeActionLiteralSupport);
  write_unless_default(json, "isPreferredSupport", capabilities.isPreferredSupport);
  write_unless_default(json, "disabledSupport", capabilities.disabledSupport);
  write_unless_default(json, "dataSupport", capabilities.dataSupport);
  write(json, "resolveSupport", capabilities.resolveSupport);
  write_unless_default(json, "honorsChangeAnnotations", capabilities.honorsChangeAnnotations);
}

void from_json(const Json& json, CodeActionClientCapabilities& capabilities) {
  read_or_keep(json, "dynamicRegistration", capabilities.dynamicRegistration);
  read(json, "codeActionLiteralSupport", capabilities.codeActionLiteralSupport);
  read_or_keep(json, "isPreferredSupport", capabilities.isPreferredSupport);
  read_or_keep(json, "disabledSupport", capabilities.disabledSupport);
  read_or_keep(json, "dataSupport", capabilities.dataSupport);
  read(json, "resolveSupport", capabilities.resolveSupport);
  read_or_keep(json, "honorsChangeAnnotations", capabilities.honorsChangeAnnotations);
}

void to_json(Json& json, const DiagnosticTagSupport& support) {
  write_unless_default(json, "valueSet", support.valueSet);
}

void from_json(const Json& json, DiagnosticTagSupport& support) {
  read_or_keep(json, "valueSet", support.valueSet);
}

void to_json(Json& json, const PublishDiagnosticsClientCapabilities& capabilities) {
  write_unless_default(json, "relatedInformation", capabilities.relatedInformation);
  write(json, "tagSupport", capabilities.tagSupport);
  write_unless_default(json, "versionSupport", capabilities.versionSupport);
  write_unless_default(json, "codeDescriptionSupport", capabilities.codeDescriptionSupport);
  write_unless_default(json, "dataSupport", capabilities.dataSupport);
}

void from_json(const Json& json, PublishDiagnosticsClientCapabilities& capabilities) {
  read_or_keep(json, "relatedInformation", capabilities.relatedInformation);
  read(json, "tagSupport", capabilities.tagSupport);
  read_or_keep(json, "versionSupport", capabilities.versionSupport);
  read_or_keep(json, "codeDescriptionSupport", capabilities.codeDescriptionSupport);
  read_or_keep(json, "dataSupport", capabilities.dataSupport);
}

void to_json(Json& json, const DiagnosticClientCapabilities& capabilities) {
  write_unless_default(json, "dynamicRegistration", capabilities.dynamicRegistration);
  write_unless_default(json, "relatedDocumentSupport", capabilities.relatedDocumentSupport);
}

void from_json(const Json& json, DiagnosticClientCapabilities& capabilities) {
  read_or_keep(json, "dynamicRegistration", capabilities.dynamicRegistration);
  read_or_keep(json, "relatedDocumentSupport", capabilities.relatedDocumentSupport);
}

void to_json(Json& json, const FoldingRangeKindSupport& support) {
  write_unless_default(json, "valueSet", support.valueSet);
}

void from_json(const Json& json, FoldingRangeKindSupport& support) {
  read_or_keep(json, "valueSet", support.valueSet);
}

void to_json(Json& json, const FoldingRangeTextSupport& support) {
  write_unless_default(json, "collapsedText", support.collapsedText);
}

void from_json(const Json& json, FoldingRangeTextSupport& support) {
  read_or_keep(json, "collapsedText", support.collapsedText);
}

void to_json(Json& json, const FoldingRangeClientCapabilities& capabilities) {
  write_unless_default(json, "dynamicRegistration", capabilities.dynamicRegistration);
  write(json, "rangeLimit", capabilities.rangeLimit);
  write_unless_default(json, "lineFoldingOnly", capabilities.lineFoldingOnly);
  write(json, "foldingRangeKind", capabilities.foldingRangeKind);
  write(json, "foldingRange", capabilities.foldingRange);
}

void from_json(const Json& json, FoldingRangeClientCapabilities& capabilities) {
  read_or_keep(json, "dynamicRegistration", capabilities.dynamicRegistration);
  read(json, "rangeLimit", capabilities.rangeLimit);
  read_or_keep(json, "lineFoldingOnly", capabilities.lineFoldingOnly);
  read(json, "foldingRangeKind", capabilities.foldingRangeKind);
  read(json, "foldingRange", capabilities.foldingRange);
}

void to_json(Json& json, const TextDocumentClientCapabilities& capabilities) {
  write_unless_default(json, "completion", capabilities.completion);
  write_unless_default(json, "hover", capabilities.hover);
  write_unless_default(json, "definition", capabilities.definition);
  write_unless_default(json, "references", capabilities.references);
  write_unless_default(json, "documentHighlight", capabilities.documentHighlight);
  write_unless_default(json, "documentSymbol", capabilities.documentSymbol);
  write_unless_default(json, "codeAction", capabilities.codeAction);
  write_unless_default(json, "codeLens", capabilities.codeLens);
  write_unless_default(json, "formatting", capabilities.formatting);
  write_unless_default(json, "rangeFormatting", capabilities.rangeFormatting);
  write_unless_default(json, "onTypeFormatting", capabilities.onTypeFormatting);
  write_unless_default(json, "rename", capabilities.rename);
  write_unless_default(json, "publishDiagnostics", capabilities.publishDiagnostics);
  write(json, "diagnostic", capabilities.diagnostic);
  write_unless_default(json, "foldingRange", capabilities.foldingRange);
}

void from_json(const Json& json, TextDocumentClientCapabilities& capabilities) {
  read_or_keep(json, "completion", capabilities.completion);
  read_or_keep(json, "hover", capabilities.hover);
  read_or_keep(json, "definition", capabilities.definition);
  read_or_keep(json, "references", capabilities.references);
  read_or_keep(json, "documentHighlight", capabilities.documentHighlight);
  read_or_keep(json, "documentSymbol", capabilities.documentSymbol);
  read_or_keep(json, "codeAction", capabilities.codeAction);
  read_or_keep(json, "codeLens", capabilities.codeLens);
  read_or_keep(json, "formatting", capabilities.formatting);
  read_or_keep(json, "rangeFormatting", capabilities.rangeFormatting);
  read_or_keep(json, "onTypeFormatting", capabilities.onTypeFormatting);
  read_or_keep(json, "rename", capabilities.rename);
  read_or_keep(json, "publishDiagnostics", capabilities.publishDiagnostics);
  read_or_keep(json, "diagnostic", capabilities.diagnostic);
  read_or_keep(json, "foldingRange", capabilities.foldingRange);
}

void to_json(Json& json, const ShowDocumentClientCapabilities& capabilities) {
  write_unless_default(json, "support", capabilities.support);
}

void from_json(const Json& json, ShowDocumentClientCapabilities& capabilities) {
  read_or_keep(json, "support", capabilities.support);
}

void to_json(Json& json, const WindowClientCapabilities& capabilities) {
  write_unless_default(json, "workDoneProgress", capabilities.workDoneProgress);
  write(json, "showDocument", capabilities.showDocument);
}

void from_json(const Json& json, WindowClientCapabilities& capabilities) {
  read_or_keep(json, "workDoneProgress", capabilities.workDoneProgress);
  read(json, "showDocument", capabilities.showDocument);
}

void to_json(Json& json, const GeneralClientCapabilities& capabilities) {
  write_unless_default(json, "positionEncodings", capabilities.positionEncodings);
}

void from_json(const Json& json, GeneralClientCapabilities& capabilities) {
  read_or_keep(json, "positionEncodings", capabilities.positionEncodings);
}

void to_json(Json& json, const ClientCapabilities& capabilities) {
  write_unless_default(json, "workspace", capabilities.workspace);
  write_unless_default(json, "textDocument", capabilities.textDocument);
  write_unless_default(json, "window", capabilities.window);
  write_unless_default(json, "general", capabilities.general);
  write(json, "experimental", capabilities.experimental);
}

void from_json(const Json& json, ClientCapabilities& capabilities) {
  read_or_keep(json, "workspace", capabilities.workspace);
  read_or_keep(json, "textDocument", capabilities.textDocument);
  read_or_keep(json, "window", capabilities.window);
  read_or_keep(json, "general", capabilities.general);
  read(json, "experimental", capabilities.experimental);
}

}  // namespace refract::protocol
