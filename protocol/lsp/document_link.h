#pragma once

#include <optional>
#include <string>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Document Link" (params: TextDocumentParams).

namespace refract::protocol {

class ObjectText;

struct DocumentLink {
  Range range;
  std::optional<DocumentUri> target;
  std::optional<std::string> tooltip;

  bool operator==(const DocumentLink&) const = default;
};
LSP_JSON(DocumentLink)
void to_text(ObjectText& json, const DocumentLink& link);

struct DocumentLinkOptions {
  std::optional<bool> resolveProvider;

  bool operator==(const DocumentLinkOptions&) const = default;
};
LSP_JSON(DocumentLinkOptions)

}  // namespace refract::protocol
