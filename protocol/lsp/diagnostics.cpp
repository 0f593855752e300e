#include "protocol/lsp/diagnostics.h"

#include "protocol/members.h"
#include "protocol/text_codec.h"

namespace refract::protocol {

LSP_STRUCT(CodeDescription, href)
LSP_DEFINE_TEXT(CodeDescription)

LSP_STRUCT(DiagnosticRelatedInformation, location, message)
LSP_DEFINE_TEXT(DiagnosticRelatedInformation)

LSP_STRUCT(Diagnostic, range, severity, code, codeDescription, source, message, tags, relatedInformation, data)
LSP_DEFINE_TEXT(Diagnostic)

LSP_STRUCT(PublishDiagnosticsParams, uri, version, diagnostics)
LSP_DEFINE_TEXT(PublishDiagnosticsParams)

LSP_STRUCT(DiagnosticOptions, identifier, interFileDependencies, workspaceDiagnostics)

LSP_STRUCT(DocumentDiagnosticParams, textDocument, identifier, previousResultId)

template <class Visitor, MemberList<DiagnosticReport> Value>
void each_member(Visitor& visit, Value& report) {
  visit("resultId", report.resultId);
  visit("items", report.items);
  // Last, because reading needs `items` to know which kind to expect.
  visit.constant("kind", report.items ? "full" : "unchanged");
}
LSP_DEFINE_JSON(DiagnosticReport)
LSP_DEFINE_TEXT(DiagnosticReport)

template <class Visitor, MemberList<DocumentDiagnosticReport> Value>
void each_member(Visitor& visit, Value& report) {
  each_member(visit, report.report);
  visit("relatedDocuments", report.relatedDocuments);
}
LSP_DEFINE_JSON(DocumentDiagnosticReport)
LSP_DEFINE_TEXT(DocumentDiagnosticReport)

LSP_STRUCT(PreviousResultId, uri, value)

LSP_STRUCT(WorkspaceDiagnosticParams, identifier, previousResultIds)

template <class Visitor, MemberList<WorkspaceDocumentDiagnosticReport> Value>
void each_member(Visitor& visit, Value& report) {
  visit("uri", report.uri);
  visit.nullable("version", report.version);
  each_member(visit, report.report);
}
LSP_DEFINE_JSON(WorkspaceDocumentDiagnosticReport)
LSP_DEFINE_TEXT(WorkspaceDocumentDiagnosticReport)

LSP_STRUCT(WorkspaceDiagnosticReport, items)
LSP_DEFINE_TEXT(WorkspaceDiagnosticReport)

LSP_STRUCT(DiagnosticServerCancellationData, retriggerRequest)

}  // namespace refract::protocol
