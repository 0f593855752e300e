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
void to_json(Json& json, const CallHierarchyItem& item);
void from_json(const Json& json, CallHierarchyItem& item);

// Of callHierarchy/incomingCalls and callHierarchy/outgoingCalls.
struct CallHierarchyCallsParams {
  CallHierarchyItem item;

  bool operator==(const CallHierarchyCallsParams&) const = default;
};
void to_json(Json& json, const CallHierarchyCallsParams& params);
void from_json(const Json& json, CallHierarchyCallsParams& params);

struct CallHierarchyIncomingCall {
  CallHierarchyItem from;
  std::vector<Range> fromRanges;  // in the document of `from`

  bool operator==(const CallHierarchyIncomingCall&) const = default;
};
void to_json(Json& json, const CallHierarchyIncomingCall& call);
void from_json(const Json& json, CallHierarchyIncomingCall& call);

struct CallHierarchyOutgoingCall {
  CallHierarchyItem to;
  std::vector<Range> fromRanges;  // in the document of the item that was asked about

  bool operator==(const CallHierarchyOutgoingCall&) const = default;
};
void to_json(Json& json, const CallHierarchyOutgoingCall& call);
void from_json(const Json& json, CallHierarchyOutgoingCall& call);

}  // namespace refract::protocol
