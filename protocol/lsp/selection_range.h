#pragma once

#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Selection Range".

namespace refract::protocol {

struct SelectionRangeParams {
  TextDocumentIdentifier textDocument;
  std::vector<Position> positions;

  bool operator==(const SelectionRangeParams&) const = default;
};
LSP_JSON(SelectionRangeParams)

// In JSON, each range contains its enclosing range as `parent`; here they are a list, innermost first.
// Never empty.
struct SelectionRange {
  std::vector<Range> chain;

  bool operator==(const SelectionRange&) const = default;
};
LSP_JSON(SelectionRange)

}  // namespace refract::protocol
