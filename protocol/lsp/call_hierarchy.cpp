#include "protocol/lsp/call_hierarchy.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(CallHierarchyItem, name, kind, detail, uri, range, selectionRange, data)

LSP_STRUCT(CallHierarchyCallsParams, item)

LSP_STRUCT(CallHierarchyIncomingCall, from, fromRanges)

LSP_STRUCT(CallHierarchyOutgoingCall, to, fromRanges)

}  // namespace refract::protocol
