#include "protocol/lsp/diagnostics.h"

#include "protocol/text_codec.h"

namespace refract::protocol {

template <class Out>
void members(Out& json, const CodeDescription& description) {
  write(json, "href", description.href);
}
void to_json(Json& json, const CodeDescription& description) {
  members(json, description);
}
void to_text(ObjectText& json, const CodeDescription& description) {
  members(json, description);
}

void from_json(const Json& json, CodeDescription& description) {
  read(json, "href", description.href);
}

template <class Out>
void members(Out& json, const DiagnosticRelatedInformation& information) {
  write(json, "location", information.location);
  write(json, "message", information.message);
}
void to_json(Json& json, const DiagnosticRelatedInformation& information) {
  members(json, information);
}
void to_text(ObjectText& json, const DiagnosticRelatedInformation& information) {
  members(json, information);
}

void from_json(const Json& json, DiagnosticRelatedInformation& information) {
  read(json, "location", information.location);
  read(json, "message", information.message);
}

template <class Out>
void members(Out& json, const Diagnostic& diagnostic) {
  write(json, "range", diagnostic.range);
  write(json, "severity", diagnostic.severity);
  write(json, "code", diagnostic.code);
  write(json, "codeDescription", diagnostic.codeDescription);
  write(json, "source", diagnostic.source);
  write(json, "message", diagnostic.message);
  write(json, "tags", diagnostic.tags);
  write(json, "relatedInformation", diagnostic.relatedInformation);
  write(json, "data", diagnostic.data);
}
void to_json(Json& json, const Diagnostic& diagnostic) {
  members(json, diagnostic);
}
void to_text(ObjectText& json, const Diagnostic& diagnostic) {
  members(json, diagnostic);
}

void from_json(const Json& json, Diagnostic& diagnostic) {
  read(json, "range", diagnostic.range);
  read(json, "severity", diagnostic.severity);
  read(json, "code", diagnostic.code);
  read(json, "codeDescription", diagnostic.codeDescription);
  read(json, "source", diagnostic.source);
  read(json, "message", diagnostic.message);
  read(json, "tags", diagnostic.tags);
  read(json, "relatedInformation", diagnostic.relatedInformation);
  read(json, "data", diagnostic.data);
}

template <class Out>
void members(Out& json, const PublishDiagnosticsParams& params) {
  write(json, "uri", params.uri);
  write(json, "version", params.version);
  write(json, "diagnostics", params.diagnostics);
}
void to_json(Json& json, const PublishDiagnosticsParams& params) {
  members(json, params);
}
void to_text(ObjectText& json, const PublishDiagnosticsParams& params) {
  members(json, params);
}

void from_json(const Json& json, PublishDiagnosticsParams& params) {
  read(json, "uri", params.uri);
  read(json, "version", params.version);
  read(json, "diagnostics", params.diagnostics);
}

void to_json(Json& json, const DiagnosticOptions& options) {
  write(json, "identifier", options.identifier);
  write(json, "interFileDependencies", options.interFileDependencies);
  write(json, "workspaceDiagnostics", options.workspaceDiagnostics);
}

void from_json(const Json& json, DiagnosticOptions& options) {
  read(json, "identifier", options.identifier);
  read(json, "interFileDependencies", options.interFileDependencies);
  read(json, "workspaceDiagnostics", options.workspaceDiagnostics);
}

void to_json(Json& json, const DocumentDiagnosticParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "identifier", params.identifier);
  write(json, "previousResultId", params.previousResultId);
}

void from_json(const Json& json, DocumentDiagnosticParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "identifier", params.identifier);
  read(json, "previousResultId", params.previousResultId);
}

template <class Out>
void members(Out& json, const DiagnosticReport& report) {
  write(json, "kind", std::string(report.items ? "full" : "unchanged"));
  write(json, "resultId", report.resultId);
  write(json, "items", report.items);
}
void to_json(Json& json, const DiagnosticReport& report) {
  members(json, report);
}
void to_text(ObjectText& json, const DiagnosticReport& report) {
  members(json, report);
}

void from_json(const Json& json, DiagnosticReport& report) {
  read(json, "resultId", report.resultId);
  read(json, "items", report.items);
  read_constant(json, "kind", report.items ? "full" : "unchanged");
}

template <class Out>
void members(Out& json, const DocumentDiagnosticReport& report) {
  members(json, report.own);
  write(json, "relatedDocuments", report.relatedDocuments);
}
void to_json(Json& json, const DocumentDiagnosticReport& report) {
  members(json, report);
}
void to_text(ObjectText& json, const DocumentDiagnosticReport& report) {
  members(json, report);
}

void from_json(const Json& json, DocumentDiagnosticReport& report) {
  from_json(json, report.own);
  read(json, "relatedDocuments", report.relatedDocuments);
}

void to_json(Json& json, const PreviousResultId& previous) {
  write(json, "uri", previous.uri);
  write(json, "value", previous.value);
}

void from_json(const Json& json, PreviousResultId& previous) {
  read(json, "uri", previous.uri);
  read(json, "value", previous.value);
}

void to_json(Json& json, const WorkspaceDiagnosticParams& params) {
  write(json, "identifier", params.identifier);
  write(json, "previousResultIds", params.previousResultIds);
}

void from_json(const Json& json, WorkspaceDiagnosticParams& params) {
  read(json, "identifier", params.identifier);
  read(json, "previousResultIds", params.previousResultIds);
}

template <class Out>
void members(Out& json, const WorkspaceDocumentDiagnosticReport& report) {
  write(json, "uri", report.uri);
  write_or_null(json, "version", report.version);
  members(json, report.report);
}
void to_json(Json& json, const WorkspaceDocumentDiagnosticReport& report) {
  members(json, report);
}
void to_text(ObjectText& json, const WorkspaceDocumentDiagnosticReport& report) {
  members(json, report);
}

void from_json(const Json& json, WorkspaceDocumentDiagnosticReport& report) {
  read(json, "uri", report.uri);
  read(json, "version", report.version);
  from_json(json, report.report);
}

template <class Out>
void members(Out& json, const WorkspaceDiagnosticReport& report) {
  write(json, "items", report.items);
}
void to_json(Json& json, const WorkspaceDiagnosticReport& report) {
  members(json, report);
}
void to_text(ObjectText& json, const WorkspaceDiagnosticReport& report) {
  members(json, report);
}

void from_json(const Json& json, WorkspaceDiagnosticReport& report) {
  read(json, "items", report.items);
}

void to_json(Json& json, const DiagnosticServerCancellationData& data) {
  write(json, "retriggerRequest", data.retriggerRequest);
}

void from_json(const Json& json, DiagnosticServerCancellationData& data) {
  read(json, "retriggerRequest", data.retriggerRequest);
}

}  // namespace refract::protocol
