#include "protocol/lsp/call_hierarchy.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const CallHierarchyItem& item) {
  write(json, "name", item.name);
  write(json, "kind", item.kind);
  write(json, "detail", item.detail);
  write(json, "uri", item.uri);
  write(json, "range", item.range);
  write(json, "selectionRange", item.selectionRange);
  write(json, "data", item.data);
}

void from_json(const Json& json, CallHierarchyItem& item) {
  read(json, "name", item.name);
  read(json, "kind", item.kind);
  read(json, "detail", item.detail);
  read(json, "uri", item.uri);
  read(json, "range", item.range);
  read(json, "selectionRange", item.selectionRange);
  read(json, "data", item.data);
}

void to_json(Json& json, const CallHierarchyCallsParams& params) {
  write(json, "item", params.item);
}

void from_json(const Json& json, CallHierarchyCallsParams& params) {
  read(json, "item", params.item);
}

void to_json(Json& json, const CallHierarchyIncomingCall& call) {
  write(json, "from", call.from);
  write(json, "fromRanges", call.fromRanges);
}

void from_json(const Json& json, CallHierarchyIncomingCall& call) {
  read(json, "from", call.from);
  read(json, "fromRanges", call.fromRanges);
}

void to_json(Json& json, const CallHierarchyOutgoingCall& call) {
  write(json, "to", call.to);
  write(json, "fromRanges", call.fromRanges);
}

void from_json(const Json& json, CallHierarchyOutgoingCall& call) {
  read(json, "to", call.to);
  read(json, "fromRanges", call.fromRanges);
}

}  // namespace refract::protocol
