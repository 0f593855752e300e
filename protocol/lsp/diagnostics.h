#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/codec.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Publish Diagnostics" and "Pull Diagnostics".

namespace refract::protocol {

class ObjectText;

enum class DiagnosticSeverity : int { error = 1, warning = 2, information = 3, hint = 4 };
enum class DiagnosticTag : int { unnecessary = 1, deprecated = 2 };

struct CodeDescription {
  std::string href;

  bool operator==(const CodeDescription&) const = default;
};
LSP_JSON(CodeDescription)
void to_text(ObjectText& json, const CodeDescription& description);

struct DiagnosticRelatedInformation {
  Location location;
  std::string message;

  bool operator==(const DiagnosticRelatedInformation&) const = default;
};
LSP_JSON(DiagnosticRelatedInformation)
void to_text(ObjectText& json, const DiagnosticRelatedInformation& information);

struct Diagnostic {
  Range range;
  std::optional<DiagnosticSeverity> severity;
  std::optional<std::variant<std::int64_t, std::string>> code;
  std::optional<CodeDescription> codeDescription;
  std::optional<std::string> source;
  std::string message;
  std::optional<std::vector<DiagnosticTag>> tags;
  std::optional<std::vector<DiagnosticRelatedInformation>> relatedInformation;
  std::optional<Json> data;

  bool operator==(const Diagnostic&) const = default;
};
LSP_JSON(Diagnostic)
void to_text(ObjectText& json, const Diagnostic& diagnostic);

struct PublishDiagnosticsParams {
  DocumentUri uri;
  std::optional<std::int32_t> version;
  JsonText diagnostics{"[]"};  // std::vector<Diagnostic>: written once, compared and sent as text

  bool operator==(const PublishDiagnosticsParams&) const = default;
};
LSP_JSON(PublishDiagnosticsParams)
void to_text(ObjectText& json, const PublishDiagnosticsParams& params);

struct DiagnosticOptions {
  std::optional<std::string> identifier;
  bool interFileDependencies = false;
  bool workspaceDiagnostics = false;

  bool operator==(const DiagnosticOptions&) const = default;
};
LSP_JSON(DiagnosticOptions)

// textDocument/diagnostic.
struct DocumentDiagnosticParams {
  TextDocumentIdentifier textDocument;
  std::optional<std::string> identifier;
  std::optional<std::string> previousResultId;

  bool operator==(const DocumentDiagnosticParams&) const = default;
};
LSP_JSON(DocumentDiagnosticParams)

// With `items`: a full report. Without: an unchanged report, which must have `resultId`.
struct DiagnosticReport {
  std::optional<std::string> resultId;
  std::optional<JsonText> items;  // std::vector<Diagnostic>

  bool operator==(const DiagnosticReport&) const = default;
};
LSP_JSON(DiagnosticReport)
void to_text(ObjectText& json, const DiagnosticReport& report);

struct DocumentDiagnosticReport {
  DiagnosticReport report;
  std::optional<std::map<DocumentUri, DiagnosticReport>> relatedDocuments;

  bool operator==(const DocumentDiagnosticReport&) const = default;
};
LSP_JSON(DocumentDiagnosticReport)
void to_text(ObjectText& json, const DocumentDiagnosticReport& report);

struct PreviousResultId {
  DocumentUri uri;
  std::string value;

  bool operator==(const PreviousResultId&) const = default;
};
LSP_JSON(PreviousResultId)

// workspace/diagnostic.
struct WorkspaceDiagnosticParams {
  std::optional<std::string> identifier;
  std::vector<PreviousResultId> previousResultIds;

  bool operator==(const WorkspaceDiagnosticParams&) const = default;
};
LSP_JSON(WorkspaceDiagnosticParams)

struct WorkspaceDocumentDiagnosticReport {
  DocumentUri uri;
  std::optional<std::int32_t> version;  // null: not open
  DiagnosticReport report;

  bool operator==(const WorkspaceDocumentDiagnosticReport&) const = default;
};
LSP_JSON(WorkspaceDocumentDiagnosticReport)
void to_text(ObjectText& json, const WorkspaceDocumentDiagnosticReport& report);

struct WorkspaceDiagnosticReport {
  std::vector<WorkspaceDocumentDiagnosticReport> items;

  bool operator==(const WorkspaceDiagnosticReport&) const = default;
};
LSP_JSON(WorkspaceDiagnosticReport)
void to_text(ObjectText& json, const WorkspaceDiagnosticReport& report);

// `data` of a ServerCancelled error.
struct DiagnosticServerCancellationData {
  bool retriggerRequest = false;

  bool operator==(const DiagnosticServerCancellationData&) const = default;
};
LSP_JSON(DiagnosticServerCancellationData)

}  // namespace refract::protocol
