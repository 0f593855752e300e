#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Document Formatting", of a range, and on type. The answer is a list of TextEdit, or null.

namespace refract::protocol {

struct FormattingOptions {
  std::uint32_t tabSize = 0;
  bool insertSpaces = false;
  std::optional<bool> trimTrailingWhitespace;
  std::optional<bool> insertFinalNewline;
  std::optional<bool> trimFinalNewlines;

  bool operator==(const FormattingOptions&) const = default;
};
LSP_JSON(FormattingOptions)

struct DocumentFormattingParams {
  TextDocumentIdentifier textDocument;
  FormattingOptions options;

  bool operator==(const DocumentFormattingParams&) const = default;
};
LSP_JSON(DocumentFormattingParams)

struct DocumentRangeFormattingParams {
  TextDocumentIdentifier textDocument;
  Range range;
  FormattingOptions options;

  bool operator==(const DocumentRangeFormattingParams&) const = default;
};
LSP_JSON(DocumentRangeFormattingParams)

struct DocumentOnTypeFormattingParams {
  TextDocumentIdentifier textDocument;
  Position position;  // near where the character was typed, not necessarily right after it
  std::string ch;
  FormattingOptions options;

  bool operator==(const DocumentOnTypeFormattingParams&) const = default;
};
LSP_JSON(DocumentOnTypeFormattingParams)

}  // namespace refract::protocol
