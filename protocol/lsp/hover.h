#pragma once

#include <optional>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Hover Request". Its params are TextDocumentPositionParams; null says that there is nothing to show.

namespace refract::protocol {

struct Hover {
  MarkupContent contents;
  std::optional<Range> range;

  bool operator==(const Hover&) const = default;
};
LSP_JSON(Hover)

}  // namespace refract::protocol
