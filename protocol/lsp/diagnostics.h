#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Publish Diagnostics".

namespace refract::protocol {

enum class DiagnosticSeverity : int { error = 1, warning = 2, information = 3, hint = 4 };
enum class DiagnosticTag : int { unnecessary = 1, deprecated = 2 };

struct CodeDescription {
  std::string href;

  bool operator==(const CodeDescription&) const = default;
};
void to_json(Json& json, const CodeDescription& description);
void from_json(const Json& json, CodeDescription& description);

struct DiagnosticRelatedInformation {
  Location location;
  std::string message;

  bool operator==(const DiagnosticRelatedInformation&) const = default;
};
void to_json(Json& json, const DiagnosticRelatedInformation& information);
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
void from_json(const Json& json, Diagnostic& diagnostic);

struct PublishDiagnosticsParams {
  DocumentUri uri;
  std::optional<std::int32_t> version;
  std::vector<Diagnostic> diagnostics;

  bool operator==(const PublishDiagnosticsParams&) const = default;
};
void to_json(Json& json, const PublishDiagnosticsParams& params);
void from_json(const Json& json, PublishDiagnosticsParams& params);

}  // namespace refract::protocol
