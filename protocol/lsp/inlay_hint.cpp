#include "protocol/lsp/inlay_hint.h"

#include "protocol/text_codec.h"

namespace refract::protocol {

void to_json(Json& json, const InlayHintParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "range", params.range);
}

void from_json(const Json& json, InlayHintParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "range", params.range);
}

template <class Out>
void members(Out& json, const InlayHint& hint) {
  write(json, "position", hint.position);
  write(json, "label", hint.label);
  write(json, "kind", hint.kind);
  write(json, "tooltip", hint.tooltip);
  write(json, "paddingLeft", hint.paddingLeft);
  write(json, "paddingRight", hint.paddingRight);
}
void to_json(Json& json, const InlayHint& hint) {
  members(json, hint);
}
void to_text(ObjectText& json, const InlayHint& hint) {
  members(json, hint);
}

void from_json(const Json& json, InlayHint& hint) {
  read(json, "position", hint.position);
  read(json, "label", hint.label);
  read(json, "kind", hint.kind);
  read(json, "tooltip", hint.tooltip);
  read(json, "paddingLeft", hint.paddingLeft);
  read(json, "paddingRight", hint.paddingRight);
}

}  // namespace refract::protocol
