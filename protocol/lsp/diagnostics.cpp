#include "protocol/lsp/diagnostics.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const CodeDescription& description) {
  write(json, "href", description.href);
}

void from_json(const Json& json, CodeDescription& description) {
  read(json, "href", description.href);
}

void to_json(Json& json, const DiagnosticRelatedInformation& information) {
  write(json, "location", information.location);
  write(json, "message", information.message);
}

void from_json(const Json& json, DiagnosticRelatedInformation& information) {
  read(json, "location", information.location);
  read(json, "message", information.message);
}

void to_json(Json& json, const Diagnostic& diagnostic) {
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

void to_json(Json& json, const PublishDiagnosticsParams& params) {
  write(json, "uri", params.uri);
  write(json, "version", params.version);
  write(json, "diagnostics", params.diagnostics);
}

void from_json(const Json& json, PublishDiagnosticsParams& params) {
  read(json, "uri", params.uri);
  read(json, "version", params.version);
  read(json, "diagnostics", params.diagnostics);
}

}  // namespace refract::protocol
