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
void to_json(Json& json, const DocumentLink& link);
void to_text(ObjectText& json, const DocumentLink& link);
void from_json(const Json& json, DocumentLink& link);

struct DocumentLinkOptions {
  std::optional<bool> resolveProvider;

  bool operator==(const DocumentLinkOptions&) const = default;
};
void to_json(Json& json, const DocumentLinkOptions& options);
void from_json(const Json& json, DocumentLinkOptions& options);

}  // namespace refract::protocol
