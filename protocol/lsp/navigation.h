#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Goto Definition", "Find References", "Document Highlights". Params not given here are
// TextDocumentPositionParams.

namespace refract::protocol {

// Links only for clients with definition.linkSupport. `std::optional<DefinitionResult>` has null for "nothing there".
using DefinitionResult = std::variant<std::vector<LocationLink>, std::vector<Location>>;

struct ReferenceContext {
  bool includeDeclaration = false;

  bool operator==(const ReferenceContext&) const = default;
};
LSP_JSON(ReferenceContext)

struct ReferenceParams {
  TextDocumentIdentifier textDocument;
  Position position;
  ReferenceContext context;

  bool operator==(const ReferenceParams&) const = default;
};
LSP_JSON(ReferenceParams)

enum class DocumentHighlightKind : int { text = 1, read = 2, write = 3 };

struct DocumentHighlight {
  Range range;
  std::optional<DocumentHighlightKind> kind;

  bool operator==(const DocumentHighlight&) const = default;
};
LSP_JSON(DocumentHighlight)

}  // namespace refract::protocol
