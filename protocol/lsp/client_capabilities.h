#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "ClientCapabilities", in part. An absent flag reads as false; an empty optional means that the client does
// not support the feature.

namespace refract::protocol {

struct WorkspaceEditClientCapabilities {
  bool documentChanges = false;
  std::vector<std::string> resourceOperations;  // "create", "rename", "delete"

  bool operator==(const WorkspaceEditClientCapabilities&) const = default;
};
LSP_JSON(WorkspaceEditClientCapabilities)

struct DidChangeWatchedFilesClientCapabilities {
  bool dynamicRegistration = false;
  bool relativePatternSupport = false;

  bool operator==(const DidChangeWatchedFilesClientCapabilities&) const = default;
};
LSP_JSON(DidChangeWatchedFilesClientCapabilities)

struct RefreshClientCapabilities {
  bool refreshSupport = false;

  bool operator==(const RefreshClientCapabilities&) const = default;
};
LSP_JSON(RefreshClientCapabilities)

struct WorkspaceClientCapabilities {
  WorkspaceEditClientCapabilities workspaceEdit;
  DidChangeWatchedFilesClientCapabilities didChangeWatchedFiles;
  bool workspaceFolders = false;
  bool configuration = false;
  RefreshClientCapabilities codeLens;
  RefreshClientCapabilities inlayHint;
  RefreshClientCapabilities diagnostics;

  bool operator==(const WorkspaceClientCapabilities&) const = default;
};
LSP_JSON(WorkspaceClientCapabilities)

struct CompletionItemClientCapabilities {
  bool snippetSupport = false;
  std::vector<std::string> documentationFormat;  // markup kinds, the preferred one first

  bool operator==(const CompletionItemClientCapabilities&) const = default;
};
LSP_JSON(CompletionItemClientCapabilities)

struct CompletionListClientCapabilities {
  std::vector<std::string> itemDefaults;  // the members of CompletionList.itemDefaults that the client knows

  bool operator==(const CompletionListClientCapabilities&) const = default;
};
LSP_JSON(CompletionListClientCapabilities)

struct CompletionClientCapabilities {
  CompletionItemClientCapabilities completionItem;
  std::optional<CompletionListClientCapabilities> completionList;

  bool operator==(const CompletionClientCapabilities&) const = default;
};
LSP_JSON(CompletionClientCapabilities)

struct HoverClientCapabilities {
  std::vector<std::string> contentFormat;  // markup kinds, the preferred one first

  bool operator==(const HoverClientCapabilities&) const = default;
};
LSP_JSON(HoverClientCapabilities)

struct SignatureInformationClientCapabilities {
  std::vector<std::string> documentationFormat;  // markup kinds, the preferred one first

  bool operator==(const SignatureInformationClientCapabilities&) const = default;
};
LSP_JSON(SignatureInformationClientCapabilities)

struct SignatureHelpClientCapabilities {
  SignatureInformationClientCapabilities signatureInformation;

  bool operator==(const SignatureHelpClientCapabilities&) const = default;
};
LSP_JSON(SignatureHelpClientCapabilities)

struct DefinitionClientCapabilities {
  bool linkSupport = false;

  bool operator==(const DefinitionClientCapabilities&) const = default;
};
LSP_JSON(DefinitionClientCapabilities)

struct DocumentSymbolClientCapabilities {
  bool hierarchicalDocumentSymbolSupport = false;

  bool operator==(const DocumentSymbolClientCapabilities&) const = default;
};
LSP_JSON(DocumentSymbolClientCapabilities)

struct RenameClientCapabilities {
  bool prepareSupport = false;

  bool operator==(const RenameClientCapabilities&) const = default;
};
LSP_JSON(RenameClientCapabilities)

struct CodeActionKindSupport {
  std::vector<std::string> valueSet;

  bool operator==(const CodeActionKindSupport&) const = default;
};
LSP_JSON(CodeActionKindSupport)

struct CodeActionLiteralSupport {
  CodeActionKindSupport codeActionKind;

  bool operator==(const CodeActionLiteralSupport&) const = default;
};
LSP_JSON(CodeActionLiteralSupport)

struct CodeActionResolveSupport {
  std::vector<std::string> properties;

  bool operator==(const CodeActionResolveSupport&) const = default;
};
LSP_JSON(CodeActionResolveSupport)

struct CodeActionClientCapabilities {
  std::optional<CodeActionLiteralSupport> codeActionLiteralSupport;
  bool dataSupport = false;
  std::optional<CodeActionResolveSupport> resolveSupport;

  bool operator==(const CodeActionClientCapabilities&) const = default;
};
LSP_JSON(CodeActionClientCapabilities)

struct PublishDiagnosticsClientCapabilities {
  bool relatedInformation = false;
  bool dataSupport = false;

  bool operator==(const PublishDiagnosticsClientCapabilities&) const = default;
};
LSP_JSON(PublishDiagnosticsClientCapabilities)

// textDocument.diagnostic: the client pulls.
struct DiagnosticClientCapabilities {
  bool relatedDocumentSupport = false;

  bool operator==(const DiagnosticClientCapabilities&) const = default;
};
LSP_JSON(DiagnosticClientCapabilities)

struct TextDocumentClientCapabilities {
  CompletionClientCapabilities completion;
  HoverClientCapabilities hover;
  SignatureHelpClientCapabilities signatureHelp;
  DefinitionClientCapabilities definition;
  DocumentSymbolClientCapabilities documentSymbol;
  CodeActionClientCapabilities codeAction;
  RenameClientCapabilities rename;
  PublishDiagnosticsClientCapabilities publishDiagnostics;
  std::optional<DiagnosticClientCapabilities> diagnostic;

  bool operator==(const TextDocumentClientCapabilities&) const = default;
};
LSP_JSON(TextDocumentClientCapabilities)

struct ShowDocumentClientCapabilities {
  bool support = false;

  bool operator==(const ShowDocumentClientCapabilities&) const = default;
};
LSP_JSON(ShowDocumentClientCapabilities)

struct WindowClientCapabilities {
  bool workDoneProgress = false;
  std::optional<ShowDocumentClientCapabilities> showDocument;

  bool operator==(const WindowClientCapabilities&) const = default;
};
LSP_JSON(WindowClientCapabilities)

struct GeneralClientCapabilities {
  std::vector<std::string> positionEncodings;  // the preferred one first; empty: UTF-16 alone

  bool operator==(const GeneralClientCapabilities&) const = default;
};
LSP_JSON(GeneralClientCapabilities)

struct ClientCapabilities {
  WorkspaceClientCapabilities workspace;
  TextDocumentClientCapabilities textDocument;
  WindowClientCapabilities window;
  GeneralClientCapabilities general;

  bool operator==(const ClientCapabilities&) const = default;
};
LSP_JSON(ClientCapabilities)

}  // namespace refract::protocol
