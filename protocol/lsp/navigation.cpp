#include "protocol/lsp/navigation.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const ReferenceContext& context) {
  write(json, "includeDeclaration", context.includeDeclaration);
}

void from_json(const Json& json, ReferenceContext& context) {
  read(json, "includeDeclaration", context.includeDeclaration);
}

void to_json(Json& json, const ReferenceParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "position", params.position);
  write(json, "context", params.context);
}

void from_json(const Json& json, ReferenceParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "position", params.position);
  read(json, "context", params.context);
}

void to_json(Json& json, const DocumentHighlight& highlight) {
  write(json, "range", highlight.range);
  write(json, "kind", highlight.kind);
}

void from_json(const Json& json, DocumentHighlight& highlight) {
  read(json, "range", highlight.range);
  read(json, "kind", highlight.kind);
}

}  // namespace refract::protocol
