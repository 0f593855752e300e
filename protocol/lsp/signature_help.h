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
LSP_JSON(ParameterInformation)

struct SignatureInformation {
  std::string label;
  std::optional<MarkupContent> documentation;
  std::optional<std::vector<ParameterInformation>> parameters;

  bool operator==(const SignatureInformation&) const = default;
};
LSP_JSON(SignatureInformation)

struct SignatureHelp {
  std::vector<SignatureInformation> signatures;
  std::optional<std::uint32_t> activeSignature;
  std::optional<std::uint32_t> activeParameter;

  bool operator==(const SignatureHelp&) const = default;
};
LSP_JSON(SignatureHelp)

struct SignatureHelpOptions {
  std::optional<std::vector<std::string>> triggerCharacters;
  std::optional<std::vector<std::string>> retriggerCharacters;

  bool operator==(const SignatureHelpOptions&) const = default;
};
LSP_JSON(SignatureHelpOptions)

}  // namespace refract::protocol
