#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"
#include "protocol/lsp/symbols.h"

// LSP 3.17 "Call Hierarchy". The params of textDocument/prepareCallHierarchy are TextDocumentPositionParams.

namespace refract::protocol {

struct CallHierarchyItem {
  std::string name;
  SymbolKind kind = SymbolKind::class_;
  std::optional<std::string> detail;
  DocumentUri uri;
  Range range;
  Range selectionRange;
  std::optional<Json> data;

  bool operator==(const CallHierarchyItem&) const = default;
};
LSP_JSON(CallHierarchyItem)

// Params of callHierarchy/incomingCalls and callHierarchy/outgoingCalls.
struct CallHierarchyCallsParams {
  CallHierarchyItem item;

  bool operator==(const CallHierarchyCallsParams&) const = default;
};
LSP_JSON(CallHierarchyCallsParams)

struct CallHierarchyIncomingCall {
  CallHierarchyItem from;
  std::vector<Range> fromRanges;  // in the document of `from`

  bool operator==(const CallHierarchyIncomingCall&) const = default;
};
LSP_JSON(CallHierarchyIncomingCall)

struct CallHierarchyOutgoingCall {
  CallHierarchyItem to;
  std::vector<Range> fromRanges;  // in the document of the params' `item`

  bool operator==(const CallHierarchyOutgoingCall&) const = default;
};
LSP_JSON(CallHierarchyOutgoingCall)

}  // namespace refract::protocol
