#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Signature Help". Of its params only TextDocumentPositionParams are read.

namespace refract::protocol {

struct ParameterInformation {
  std::string label;  // a part of the signature's label
  std::optional<MarkupContent> documentation;

  bool operator==(const ParameterInformation&) const = default;
};
void to_json(Json& json, const ParameterInformation& parameter);
void from_json(const Json& json, ParameterInformation& parameter);

struct SignatureInformation {
  std::string label;
  std::optional<MarkupContent> documentation;
  std::optional<std::vector<ParameterInformation>> parameters;

  bool operator==(const SignatureInformation&) const = default;
};
void to_json(Json& json, const SignatureInformation& signature);
void from_json(const Json& json, SignatureInformation& signature);

struct SignatureHelp {
  std::vector<SignatureInformation> signatures;
  std::optional<std::uint32_t> activeSignature;
  std::optional<std::uint32_t> activeParameter;

  bool operator==(const SignatureHelp&) const = default;
};
void to_json(Json& json, const SignatureHelp& help);
void from_json(const Json& json, SignatureHelp& help);

struct SignatureHelpOptions {
  std::optional<std::vector<std::string>> triggerCharacters;
  std::optional<std::vector<std::string>> retriggerCharacters;

  bool operator==(const SignatureHelpOptions&) const = default;
};
void to_json(Json& json, const SignatureHelpOptions& options);
void from_json(const Json& json, SignatureHelpOptions& options);

}  // namespace refract::protocol
