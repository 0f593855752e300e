#include "lsp/support.h"

#include <algorithm>

#include "lsp/commands.h"
#include "lsp/token_store.h"
#include "protocol/lsp/code_action.h"

namespace refract::lsp {

ClientSupport support_of(const protocol::InitializeParams& params) {
  const protocol::TextDocumentClientCapabilities& document = params.capabilities.textDocument;
  const protocol::WorkspaceClientCapabilities& workspace = params.capabilities.workspace;
  ClientSupport client;
  // UTF-8 where the client can: our offsets are bytes, so that nothing has to be counted.
  const auto& encodings = params.capabilities.general.positionEncodings;
  if (std::ranges::find(encodings, protocol::position_encoding::kUtf8) != encodings.end()) {
    client.encoding = text::Encoding::utf8;
  }
  if (const auto& list = document.completion.completionList) {
    client.shared_edit_range = std::ranges::find(list->itemDefaults, "editRange") != list->itemDefaults.end();
  }
  const auto takes_markdown = [](const std::vector<std::string>& formats) {
    return std::ranges::find(formats, protocol::markup_kind::kMarkdown) != formats.end();
  };
  client.markdown_hovers = takes_markdown(document.hover.contentFormat);
  const auto& items = document.completion.completionItem.documentationFormat;
  client.markdown_items = items.empty() ? client.markdown_hovers : takes_markdown(items);
  const auto& signatures = document.signatureHelp.signatureInformation.documentationFormat;
  client.markdown_signatures = signatures.empty() ? client.markdown_hovers : takes_markdown(signatures);
  client.snippets = document.completion.completionItem.snippetSupport;
  client.definition_links = document.definition.linkSupport;
  client.hierarchical_symbols = document.documentSymbol.hierarchicalDocumentSymbolSupport;
  // Neovim before 0.8 names the operations alone; nothing but documentChanges can carry them.
  client.document_changes =
      workspace.workspaceEdit.documentChanges || !workspace.workspaceEdit.resourceOperations.empty();
  const auto& operations = workspace.workspaceEdit.resourceOperations;
  client.create_files = std::ranges::find(operations, "create") != operations.end();
  client.delete_files = std::ranges::find(operations, "delete") != operations.end();
  client.code_action_literals = document.codeAction.codeActionLiteralSupport.has_value();
  const auto& resolve = document.codeAction.resolveSupport;
  client.resolves_edits = document.codeAction.dataSupport && resolve &&
                          std::ranges::find(resolve->properties, "edit") != resolve->properties.end();
  client.show_document = params.capabilities.window.showDocument && params.capabilities.window.showDocument->support;
  client.watch_files = workspace.didChangeWatchedFiles.dynamicRegistration;
  client.relative_patterns = workspace.didChangeWatchedFiles.relativePatternSupport;
  client.code_lens_refresh = workspace.codeLens.refreshSupport;
  client.inlay_hint_refresh = workspace.inlayHint.refreshSupport;
  client.configuration = workspace.configuration;
  client.related_information = document.publishDiagnostics.relatedInformation;
  client.pulls = document.diagnostic.has_value();
  client.related_documents = client.pulls && document.diagnostic->relatedDocumentSupport;
  client.diagnostic_refresh = workspace.diagnostics.refreshSupport;
  client.pulls_closed = client.related_documents || client.diagnostic_refresh;
  if (params.initializationOptions && params.initializationOptions->is_object()) {
    client.client_commands = params.initializationOptions->value("clientCommands", protocol::Json(false)) == true;
  }
  return client;
}

protocol::ServerCapabilities capabilities_for(const ClientSupport& client,
                                              const protocol::ClientCapabilities& client_capabilities) {
  protocol::ServerCapabilities offered;
  offered.positionEncoding = client.encoding == text::Encoding::utf8 ? protocol::position_encoding::kUtf8
                                                                     : protocol::position_encoding::kUtf16;
  protocol::TextDocumentSyncOptions sync;
  sync.openClose = true;
  sync.change = protocol::TextDocumentSyncKind::incremental;
  sync.save = protocol::SaveOptions{};
  offered.textDocumentSync = sync;
  protocol::CompletionOptions completion;
  completion.triggerCharacters = {"@", "\"", ".", "(", "[", ",", ":"};
  offered.completionProvider = completion;
  offered.hoverProvider = true;
  offered.signatureHelpProvider = protocol::SignatureHelpOptions{std::vector<std::string>{"(", ","}, std::nullopt};
  offered.definitionProvider = true;
  offered.typeDefinitionProvider = true;
  offered.implementationProvider = true;
  offered.callHierarchyProvider = true;
  offered.workspaceSymbolProvider = true;
  offered.foldingRangeProvider = true;
  offered.selectionRangeProvider = true;
  offered.linkedEditingRangeProvider = true;
  offered.inlayHintProvider = true;
  offered.diagnosticProvider = protocol::DiagnosticOptions{"refract", true, true};
  offered.workspace.emplace().workspaceFolders = protocol::WorkspaceFoldersServerCapabilities{true, true};
  offered.documentLinkProvider = protocol::DocumentLinkOptions{};
  offered.semanticTokensProvider = semantic_tokens_options();
  offered.referencesProvider = true;
  offered.documentHighlightProvider = true;
  offered.documentSymbolProvider = true;
  offered.documentFormattingProvider = true;
  offered.documentRangeFormattingProvider = true;
  offered.documentOnTypeFormattingProvider =
      protocol::DocumentOnTypeFormattingOptions{"}", std::vector<std::string>{"\n"}};
  if (client.code_action_literals) {
    protocol::CodeActionOptions actions;
    actions.codeActionKinds = {protocol::code_action_kind::kQuickFix,
                               protocol::code_action_kind::kRefactorExtract,
                               protocol::code_action_kind::kRefactorInline,
                               protocol::code_action_kind::kRefactorMove,
                               protocol::code_action_kind::kRefactorRewrite,
                               kFixAllKind,
                               kMigrationKind};
    if (client.resolves_edits) actions.resolveProvider = true;
    offered.codeActionProvider = actions;
  } else {
    offered.codeActionProvider = true;
  }
  if (client_capabilities.textDocument.rename.prepareSupport) {
    protocol::RenameOptions rename;
    rename.prepareProvider = true;
    offered.renameProvider = rename;
  } else {
    offered.renameProvider = true;
  }
  offered.codeLensProvider = protocol::CodeLensOptions{};
  protocol::ExecuteCommandOptions commands;
  commands.commands = {kGenerateCommand, kPreviewCommand, kVerifyCommand, kRenameCommand, kCastCommand, kStatusCommand};
  commands.workDoneProgress = true;
  offered.executeCommandProvider = commands;
  return offered;
}

}  // namespace refract::lsp
