#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"
#include "protocol/lsp/diagnostics.h"
#include "protocol/lsp/document_link.h"
#include "protocol/lsp/semantic_tokens.h"
#include "protocol/lsp/signature_help.h"
#include "protocol/lsp/text_sync.h"

// LSP 3.17 "ServerCapabilities", as far as we offer them. An absent provider means "no".

namespace refract::protocol {

struct SaveOptions {
  std::optional<bool> includeText;

  bool operator==(const SaveOptions&) const = default;
};
LSP_JSON(SaveOptions)

struct TextDocumentSyncOptions {
  std::optional<bool> openClose;
  std::optional<TextDocumentSyncKind> change;
  std::optional<bool> willSave;
  std::optional<bool> willSaveWaitUntil;
  std::optional<std::variant<bool, SaveOptions>> save;

  bool operator==(const TextDocumentSyncOptions&) const = default;
};
LSP_JSON(TextDocumentSyncOptions)

struct CompletionItemOptions {
  std::optional<bool> labelDetailsSupport;

  bool operator==(const CompletionItemOptions&) const = default;
};
LSP_JSON(CompletionItemOptions)

struct CompletionOptions {
  std::optional<std::vector<std::string>> triggerCharacters;
  std::optional<std::vector<std::string>> allCommitCharacters;
  std::optional<bool> resolveProvider;
  std::optional<CompletionItemOptions> completionItem;

  bool operator==(const CompletionOptions&) const = default;
};
LSP_JSON(CompletionOptions)

// Only for clients with codeActionLiteralSupport; others get `true`.
struct CodeActionOptions {
  std::optional<std::vector<std::string>> codeActionKinds;
  std::optional<bool> resolveProvider;

  bool operator==(const CodeActionOptions&) const = default;
};
LSP_JSON(CodeActionOptions)

struct CodeLensOptions {
  std::optional<bool> resolveProvider;

  bool operator==(const CodeLensOptions&) const = default;
};
LSP_JSON(CodeLensOptions)

struct DocumentOnTypeFormattingOptions {
  std::string firstTriggerCharacter;
  std::optional<std::vector<std::string>> moreTriggerCharacter;

  bool operator==(const DocumentOnTypeFormattingOptions&) const = default;
};
LSP_JSON(DocumentOnTypeFormattingOptions)

// Only for clients with rename.prepareSupport; others get `true`.
struct RenameOptions {
  std::optional<bool> prepareProvider;

  bool operator==(const RenameOptions&) const = default;
};
LSP_JSON(RenameOptions)

struct ExecuteCommandOptions {
  std::vector<std::string> commands;
  std::optional<bool> workDoneProgress;

  bool operator==(const ExecuteCommandOptions&) const = default;
};
LSP_JSON(ExecuteCommandOptions)

struct WorkspaceFoldersServerCapabilities {
  std::optional<bool> supported;
  std::optional<std::variant<bool, std::string>> changeNotifications;

  bool operator==(const WorkspaceFoldersServerCapabilities&) const = default;
};
LSP_JSON(WorkspaceFoldersServerCapabilities)

struct WorkspaceServerCapabilities {
  std::optional<WorkspaceFoldersServerCapabilities> workspaceFolders;

  bool operator==(const WorkspaceServerCapabilities&) const = default;
};
LSP_JSON(WorkspaceServerCapabilities)

struct ServerCapabilities {
  std::optional<std::string> positionEncoding;
  std::optional<TextDocumentSyncOptions> textDocumentSync;
  std::optional<CompletionOptions> completionProvider;
  std::optional<bool> hoverProvider;
  std::optional<SignatureHelpOptions> signatureHelpProvider;
  std::optional<bool> definitionProvider;
  std::optional<bool> typeDefinitionProvider;
  std::optional<bool> implementationProvider;
  std::optional<bool> referencesProvider;
  std::optional<bool> documentHighlightProvider;
  std::optional<bool> documentSymbolProvider;
  std::optional<std::variant<bool, CodeActionOptions>> codeActionProvider;
  std::optional<CodeLensOptions> codeLensProvider;
  std::optional<DocumentLinkOptions> documentLinkProvider;
  std::optional<bool> workspaceSymbolProvider;
  std::optional<bool> documentFormattingProvider;
  std::optional<bool> documentRangeFormattingProvider;
  std::optional<DocumentOnTypeFormattingOptions> documentOnTypeFormattingProvider;
  std::optional<std::variant<bool, RenameOptions>> renameProvider;
  std::optional<bool> foldingRangeProvider;
  std::optional<bool> selectionRangeProvider;
  std::optional<bool> linkedEditingRangeProvider;
  std::optional<bool> callHierarchyProvider;
  std::optional<SemanticTokensOptions> semanticTokensProvider;
  std::optional<bool> inlayHintProvider;
  std::optional<DiagnosticOptions> diagnosticProvider;
  std::optional<ExecuteCommandOptions> executeCommandProvider;
  std::optional<WorkspaceServerCapabilities> workspace;
  std::optional<Json> experimental;

  bool operator==(const ServerCapabilities&) const = default;
};
LSP_JSON(ServerCapabilities)

}  // namespace refract::protocol
