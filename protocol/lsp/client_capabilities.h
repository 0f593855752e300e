#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "ClientCapabilities", as far as we ask them. An absent flag means "no" and reads as false; an empty
// optional says that the client knows nothing of the feature.

namespace refract::protocol {

struct DynamicRegistrationCapability {
  bool dynamicRegistration = false;

  bool operator==(const DynamicRegistrationCapability&) const = default;
};
void to_json(Json& json, const DynamicRegistrationCapability& capability);
void from_json(const Json& json, DynamicRegistrationCapability& capability);

struct ChangeAnnotationSupport {
  bool groupsOnLabel = false;

  bool operator==(const ChangeAnnotationSupport&) const = default;
};
void to_json(Json& json, const ChangeAnnotationSupport& support);
void from_json(const Json& json, ChangeAnnotationSupport& support);

struct WorkspaceEditClientCapabilities {
  bool documentChanges = false;
  std::vector<std::string> resourceOperations;  // "create", "rename", "delete"
  std::optional<std::string> failureHandling;
  bool normalizesLineEndings = false;
  std::optional<ChangeAnnotationSupport> changeAnnotationSupport;

  bool operator==(const WorkspaceEditClientCapabilities&) const = default;
};
void to_json(Json& json, const WorkspaceEditClientCapabilities& capabilities);
void from_json(const Json& json, WorkspaceEditClientCapabilities& capabilities);

struct DidChangeWatchedFilesClientCapabilities {
  bool dynamicRegistration = false;
  bool relativePatternSupport = false;

  bool operator==(const DidChangeWatchedFilesClientCapabilities&) const = default;
};
void to_json(Json& json, const DidChangeWatchedFilesClientCapabilities& capabilities);
void from_json(const Json& json, DidChangeWatchedFilesClientCapabilities& capabilities);

struct RefreshClientCapabilities {
  bool refreshSupport = false;

  bool operator==(const RefreshClientCapabilities&) const = default;
};
void to_json(Json& json, const RefreshClientCapabilities& capabilities);
void from_json(const Json& json, RefreshClientCapabilities& capabilities);

struct WorkspaceClientCapabilities {
  bool applyEdit = false;
  WorkspaceEditClientCapabilities workspaceEdit;
  DynamicRegistrationCapability didChangeConfiguration;
  DidChangeWatchedFilesClientCapabilities didChangeWatchedFiles;
  bool workspaceFolders = false;
  bool configuration = false;
  RefreshClientCapabilities codeLens;
  RefreshClientCapabilities inlayHint;
  RefreshClientCapabilities diagnostics;

  bool operator==(const WorkspaceClientCapabilities&) const = default;
};
void to_json(Json& json, const WorkspaceClientCapabilities& capabilities);
void from_json(const Json& json, WorkspaceClientCapabilities& capabilities);

struct CompletionItemTagSupport {
  std::vector<std::int32_t> valueSet;

  bool operator==(const CompletionItemTagSupport&) const = default;
};
void to_json(Json& json, const CompletionItemTagSupport& support);
void from_json(const Json& json, CompletionItemTagSupport& support);

struct CompletionItemResolveSupport {
  std::vector<std::string> properties;

  bool operator==(const CompletionItemResolveSupport&) const = default;
};
void to_json(Json& json, const CompletionItemResolveSupport& support);
void from_json(const Json& json, CompletionItemResolveSupport& support);

struct CompletionItemClientCapabilities {
  bool snippetSupport = false;
  bool commitCharactersSupport = false;
  std::vector<std::string> documentationFormat;  // markup kinds, the preferred one first
  bool deprecatedSupport = false;
  bool preselectSupport = false;
  std::optional<CompletionItemTagSupport> tagSupport;
  bool insertReplaceSupport = false;
  std::optional<CompletionItemResolveSupport> resolveSupport;
  bool labelDetailsSupport = false;

  bool operator==(const CompletionItemClientCapabilities&) const = default;
};
void to_json(Json& json, const CompletionItemClientCapabilities& capabilities);
void from_json(const Json& json, CompletionItemClientCapabilities& capabilities);

struct CompletionListClientCapabilities {
  std::vector<std::string> itemDefaults;  // the members of CompletionList.itemDefaults that the client knows

  bool operator==(const CompletionListClientCapabilities&) const = default;
};
void to_json(Json& json, const CompletionListClientCapabilities& capabilities);
void from_json(const Json& json, CompletionListClientCapabilities& capabilities);

struct CompletionClientCapabilities {
  bool dynamicRegistration = false;
  CompletionItemClientCapabilities completionItem;
  bool contextSupport = false;
  std::optional<CompletionListClientCapabilities> completionList;

  bool operator==(const CompletionClientCapabilities&) const = default;
};
void to_json(Json& json, const CompletionClientCapabilities& capabilities);
void from_json(const Json& json, CompletionClientCapabilities& capabilities);

struct HoverClientCapabilities {
  bool dynamicRegistration = false;
  std::vector<std::string> contentFormat;  // markup kinds, the preferred one first

  bool operator==(const HoverClientCapabilities&) const = default;
};
void to_json(Json& json, const HoverClientCapabilities& capabilities);
void from_json(const Json& json, HoverClientCapabilities& capabilities);

struct DefinitionClientCapabilities {
  bool dynamicRegistration = false;
  bool linkSupport = false;

  bool operator==(const DefinitionClientCapabilities&) const = default;
};
void to_json(Json& json, const DefinitionClientCapabilities& capabilities);
void from_json(const Json& json, DefinitionClientCapabilities& capabilities);

struct DocumentSymbolClientCapabilities {
  bool dynamicRegistration = false;
  bool hierarchicalDocumentSymbolSupport = false;

  bool operator==(const DocumentSymbolClientCapabilities&) const = default;
};
void to_json(Json& json, const DocumentSymbolClientCapabilities& capabilities);
void from_json(const Json& json, DocumentSymbolClientCapabilities& capabilities);

struct RenameClientCapabilities {
  bool dynamicRegistration = false;
  bool prepareSupport = false;
  bool honorsChangeAnnotations = false;

  bool operator==(const RenameClientCapabilities&) const = default;
};
void to_json(Json& json, const RenameClientCapabilities& capabilities);
void from_json(const Json& json, RenameClientCapabilities& capabilities);

struct CodeActionKindSupport {
  std::vector<std::string> valueSet;

  bool operator==(const CodeActionKindSupport&) const = default;
};
void to_json(Json& json, const CodeActionKindSupport& support);
void from_json(const Json& json, CodeActionKindSupport& support);

struct CodeActionLiteralSupport {
  CodeActionKindSupport codeActionKind;

  bool operator==(const CodeActionLiteralSupport&) const = default;
};
void to_json(Json& json, const CodeActionLiteralSupport& support);
void from_json(const Json& json, CodeActionLiteralSupport& support);

struct CodeActionResolveSupport {
  std::vector<std::string> properties;

  bool operator==(const CodeActionResolveSupport&) const = default;
};
void to_json(Json& json, const CodeActionResolveSupport& support);
void from_json(const Json& json, CodeActionResolveSupport& support);

struct CodeActionClientCapabilities {
  bool dynamicRegistration = false;
  std::optional<CodeActionLiteralSupport> codeActionLiteralSupport;
  bool isPreferredSupport = false;
  bool disabledSupport = false;
  bool dataSupport = false;
  std::optional<CodeActionResolveSupport> resolveSupport;
  bool honorsChangeAnnotations = false;

  bool operator==(const CodeActionClientCapabilities&) const = default;
};
void to_json(Json& json, const CodeActionClientCapabilities& capabilities);
void from_json(const Json& json, CodeActionClientCapabilities& capabilities);

struct DiagnosticTagSupport {
  std::vector<std::int32_t> valueSet;

  bool operator==(const DiagnosticTagSupport&) const = default;
};
void to_json(Json& json, const DiagnosticTagSupport& support);
void from_json(const Json& json, DiagnosticTagSupport& support);

struct PublishDiagnosticsClientCapabilities {
  bool relatedInformation = false;
  std::optional<DiagnosticTagSupport> tagSupport;
  bool versionSupport = false;
  bool codeDescriptionSupport = false;
  bool dataSupport = false;

  bool operator==(const PublishDiagnosticsClientCapabilities&) const = default;
};
void to_json(Json& json, const PublishDiagnosticsClientCapabilities& capabilities);
void from_json(const Json& json, PublishDiagnosticsClientCapabilities& capabilities);

// textDocument.diagnostic: the client pulls.
struct DiagnosticClientCapabilities {
  bool dynamicRegistration = false;
  bool relatedDocumentSupport = false;

  bool operator==(const DiagnosticClientCapabilities&) const = default;
};
void to_json(Json& json, const DiagnosticClientCapabilities& capabilities);
void from_json(const Json& json, DiagnosticClientCapabilities& capabilities);

struct FoldingRangeKindSupport {
  std::vector<std::string> valueSet;

  bool operator==(const FoldingRangeKindSupport&) const = default;
};
void to_json(Json& json, const FoldingRangeKindSupport& support);
void from_json(const Json& json, FoldingRangeKindSupport& support);

struct FoldingRangeTextSupport {
  bool collapsedText = false;

  bool operator==(const FoldingRangeTextSupport&) const = default;
};
void to_json(Json& json, const FoldingRangeTextSupport& support);
void from_json(const Json& json, FoldingRangeTextSupport& support);

struct FoldingRangeClientCapabilities {
  bool dynamicRegistration = false;
  std::optional<std::uint32_t> rangeLimit;
  bool lineFoldingOnly = false;
  std::optional<FoldingRangeKindSupport> foldingRangeKind;
  std::optional<FoldingRangeTextSupport> foldingRange;

  bool operator==(const FoldingRangeClientCapabilities&) const = default;
};
void to_json(Json& json, const FoldingRangeClientCapabilities& capabilities);
void from_json(const Json& json, FoldingRangeClientCapabilities& capabilities);

struct TextDocumentClientCapabilities {
  CompletionClientCapabilities completion;
  HoverClientCapabilities hover;
  DefinitionClientCapabilities definition;
  DynamicRegistrationCapability references;
  DynamicRegistrationCapability documentHighlight;
  DocumentSymbolClientCapabilities documentSymbol;
  CodeActionClientCapabilities codeAction;
  DynamicRegistrationCapability codeLens;
  DynamicRegistrationCapability formatting;
  DynamicRegistrationCapability rangeFormatting;
  DynamicRegistrationCapability onTypeFormatting;
  RenameClientCapabilities rename;
  PublishDiagnosticsClientCapabilities publishDiagnostics;
  std::optional<DiagnosticClientCapabilities> diagnostic;
  FoldingRangeClientCapabilities foldingRange;

  bool operator==(const TextDocumentClientCapabilities&) const = default;
};
void to_json(Json& json, const TextDocumentClientCapabilities& capabilities);
void from_json(const Json& json, TextDocumentClientCapabilities& capabilities);

struct ShowDocumentClientCapabilities {
  bool support = false;

  bool operator==(const ShowDocumentClientCapabilities&) const = default;
};
void to_json(Json& json, const ShowDocumentClientCapabilities& capabilities);
void from_json(const Json& json, ShowDocumentClientCapabilities& capabilities);

struct WindowClientCapabilities {
  bool workDoneProgress = false;
  std::optional<ShowDocumentClientCapabilities> showDocument;

  bool operator==(const WindowClientCapabilities&) const = default;
};
void to_json(Json& json, const WindowClientCapabilities& capabilities);
void from_json(const Json& json, WindowClientCapabilities& capabilities);

struct GeneralClientCapabilities {
  std::vector<std::string> positionEncodings;  // the preferred one first; empty: UTF-16 alone

  bool operator==(const GeneralClientCapabilities&) const = default;
};
void to_json(Json& json, const GeneralClientCapabilities& capabilities);
void from_json(const Json& json, GeneralClientCapabilities& capabilities);

struct ClientCapabilities {
  WorkspaceClientCapabilities workspace;
  TextDocumentClientCapabilities textDocument;
  WindowClientCapabilities window;
  GeneralClientCapabilities general;
  std::optional<Json> experimental;

  bool operator==(const ClientCapabilities&) const = default;
};
void to_json(Json& json, const ClientCapabilities& capabilities);
void from_json(const Json& json, ClientCapabilities& capabilities);

}  // namespace refract::protocol
