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
void to_json(Json& json, const SelectionRangeParams& params);
void from_json(const Json& json, SelectionRangeParams& params);

// On the wire a range with its `parent`, which has one of its own, and so on; here the chain, innermost first.
// Never empty.
struct SelectionRange {
  std::vector<Range> chain;

  bool operator==(const SelectionRange&) const = default;
};
void to_json(Json& json, const SelectionRange& selection);
void from_json(const Json& json, SelectionRange& selection);

}  // namespace refract::protocol
