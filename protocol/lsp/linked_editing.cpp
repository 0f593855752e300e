#include "protocol/lsp/linked_editing.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const LinkedEditingRanges& linked) {
  write(json, "ranges", linked.ranges);
  write(json, "wordPattern", linked.wordPattern);
}

void from_json(const Json& json, LinkedEditingRanges& linked) {
  read(json, "ranges", linked.ranges);
  read(json, "wordPattern", linked.wordPattern);
}

}  // namespace refract::protocol
