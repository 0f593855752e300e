#include "protocol/lsp/signature_help.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const ParameterInformation& parameter) {
  write(json, "label", parameter.label);
  write(json, "documentation", parameter.documentation);
}

void from_json(const Json& json, ParameterInformation& parameter) {
  read(json, "label", parameter.label);
  read(json, "documentation", parameter.documentation);
}

void to_json(Json& json, const SignatureInformation& signature) {
  write(json, "label", signature.label);
  write(json, "documentation", signature.documentation);
  write(json, "parameters", signature.parameters);
}

void from_json(const Json& json, SignatureInformation& signature) {
  read(json, "label", signature.label);
  read(json, "documentation", signature.documentation);
  read(json, "parameters", signature.parameters);
}

void to_json(Json& json, const SignatureHelp& help) {
  write(json, "signatures", help.signatures);
  write(json, "activeSignature", help.activeSignature);
  write(json, "activeParameter", help.activeParameter);
}

void from_json(const Json& json, SignatureHelp& help) {
  read(json, "signatures", help.signatures);
  read(json, "activeSignature", help.activeSignature);
  read(json, "activeParameter", help.activeParameter);
}

void to_json(Json& json, const SignatureHelpOptions& options) {
  write(json, "triggerCharacters", options.triggerCharacters);
  write(json, "retriggerCharacters", options.retriggerCharacters);
}

void from_json(const Json& json, SignatureHelpOptions& options) {
  read(json, "triggerCharacters", options.triggerCharacters);
  read(json, "retriggerCharacters", options.retriggerCharacters);
}

}  // namespace refract::protocol
