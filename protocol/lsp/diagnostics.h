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
void to_json(Json& json, const CodeDescription& description);
void to_text(ObjectText& json, const CodeDescription& description);
void from_json(const Json& json, CodeDescription& description);

struct DiagnosticRelatedInformation {
  Location location;
  std::string message;

  bool operator==(const DiagnosticRelatedInformation&) const = default;
};
void to_json(Json& json, const DiagnosticRelatedInformation& information);
void to_text(ObjectText& json, const DiagnosticRelatedInformation& information);
void from_json(const Json& json, DiagnosticRelatedInformation& information);

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
void to_json(Json& json, const Diagnostic& diagnostic);
void to_text(ObjectText& json, const Diagnostic& diagnostic);
void from_json(const Json& json, Diagnostic& diagnostic);

struct PublishDiagnosticsParams {
  DocumentUri uri;
  std::optional<std::int32_t> version;
  JsonText diagnostics{"[]"};  // std::vector<Diagnostic>: written once, compared and sent as text

  bool operator==(const PublishDiagnosticsParams&) const = default;
};
void to_json(Json& json, const PublishDiagnosticsParams& params);
void to_text(ObjectText& json, const PublishDiagnosticsParams& params);
void from_json(const Json& json, PublishDiagnosticsParams& params);

struct DiagnosticOptions {
  std::optional<std::string> identifier;
  bool interFileDependencies = false;
  bool workspaceDiagnostics = false;

  bool operator==(const DiagnosticOptions&) const = default;
};
void to_json(Json& json, const DiagnosticOptions& options);
void from_json(const Json& json, DiagnosticOptions& options);

// textDocument/diagnostic.
struct DocumentDiagnosticParams {
  TextDocumentIdentifier textDocument;
  std::optional<std::string> identifier;
  std::optional<std::string> previousResultId;

  bool operator==(const DocumentDiagnosticParams&) const = default;
};
void to_json(Json& json, const DocumentDiagnosticParams& params);
void from_json(const Json& json, DocumentDiagnosticParams& params);

// With items it is a full report; without, and then with an id, one that says that nothing changed.
struct DiagnosticReport {
  std::optional<std::string> resultId;
  std::optional<JsonText> items;  // std::vector<Diagnostic>

  bool operator==(const DiagnosticReport&) const = default;
};
void to_json(Json& json, const DiagnosticReport& report);
void to_text(ObjectText& json, const DiagnosticReport& report);
void from_json(const Json& json, DiagnosticReport& report);

struct DocumentDiagnosticReport {
  DiagnosticReport own;
  std::optional<std::map<DocumentUri, DiagnosticReport>> relatedDocuments;

  bool operator==(const DocumentDiagnosticReport&) const = default;
};
void to_json(Json& json, const DocumentDiagnosticReport& report);
void to_text(ObjectText& json, const DocumentDiagnosticReport& report);
void from_json(const Json& json, DocumentDiagnosticReport& report);

struct PreviousResultId {
  DocumentUri uri;
  std::string value;

  bool operator==(const PreviousResultId&) const = default;
};
void to_json(Json& json, const PreviousResultId& previous);
void from_json(const Json& json, PreviousResultId& previous);

// workspace/diagnostic.
struct WorkspaceDiagnosticParams {
  std::optional<std::string> identifier;
  std::vector<PreviousResultId> previousResultIds;

  bool operator==(const WorkspaceDiagnosticParams&) const = default;
};
void to_json(Json& json, const WorkspaceDiagnosticParams& params);
void from_json(const Json& json, WorkspaceDiagnosticParams& params);

struct WorkspaceDocumentDiagnosticReport {
  DocumentUri uri;
  std::optional<std::int32_t> version;  // null: not open
  DiagnosticReport report;

  bool operator==(const WorkspaceDocumentDiagnosticReport&) const = default;
};
void to_json(Json& json, const WorkspaceDocumentDiagnosticReport& report);
void to_text(ObjectText& json, const WorkspaceDocumentDiagnosticReport& report);
void from_json(const Json& json, WorkspaceDocumentDiagnosticReport& report);

struct WorkspaceDiagnosticReport {
  std::vector<WorkspaceDocumentDiagnosticReport> items;

  bool operator==(const WorkspaceDiagnosticReport&) const = default;
};
void to_json(Json& json, const WorkspaceDiagnosticReport& report);
void to_text(ObjectText& json, const WorkspaceDiagnosticReport& report);
void from_json(const Json& json, WorkspaceDiagnosticReport& report);

// `data` of the error server_cancelled.
struct DiagnosticServerCancellationData {
  bool retriggerRequest = false;

  bool operator==(const DiagnosticServerCancellationData&) const = default;
};
void to_json(Json& json, const DiagnosticServerCancellationData& data);
void from_json(const Json& json, DiagnosticServerCancellationData& data);

}  // namespace refract::protocol
