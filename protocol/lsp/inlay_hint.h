#pragma once

#include <optional>
#include <string>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Inlay Hint".

namespace refract::protocol {

class ObjectText;

struct InlayHintParams {
  TextDocumentIdentifier textDocument;
  Range range;

  bool operator==(const InlayHintParams&) const = default;
};
LSP_JSON(InlayHintParams)

enum class InlayHintKind : int { type = 1, parameter = 2 };

struct InlayHint {
  Position position;
  std::string label;
  std::optional<InlayHintKind> kind;
  std::optional<std::string> tooltip;
  std::optional<bool> paddingLeft;
  std::optional<bool> paddingRight;

  bool operator==(const InlayHint&) const = default;
};
LSP_JSON(InlayHint)
void to_text(ObjectText& json, const InlayHint& hint);

}  // namespace refract::protocol
