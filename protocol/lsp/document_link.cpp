#include "protocol/lsp/document_link.h"

#include "protocol/text_codec.h"

namespace refract::protocol {

template <class Out>
void members(Out& json, const DocumentLink& link) {
  write(json, "range", link.range);
  write(json, "target", link.target);
  write(json, "tooltip", link.tooltip);
}
void to_json(Json& json, const DocumentLink& link) {
  members(json, link);
}
void to_text(ObjectText& json, const DocumentLink& link) {
  members(json, link);
}

void from_json(const Json& json, DocumentLink& link) {
  read(json, "range", link.range);
  read(json, "target", link.target);
  read(json, "tooltip", link.tooltip);
}

void to_json(Json& json, const DocumentLinkOptions& options) {
  write(json, "resolveProvider", options.resolveProvider);
}

void from_json(const Json& json, DocumentLinkOptions& options) {
  read(json, "resolveProvider", options.resolveProvider);
}

}  // namespace refract::protocol
