#include "protocol/lsp/rename.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const RenameParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "position", params.position);
  write(json, "newName", params.newName);
}

void from_json(const Json& json, RenameParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "position", params.position);
  read(json, "newName", params.newName);
}

void to_json(Json& json, const PrepareRenameResult& result) {
  write(json, "range", result.range);
  write(json, "placeholder", result.placeholder);
}

void from_json(const Json& json, PrepareRenameResult& result) {
  read(json, "range", result.range);
  read(json, "placeholder", result.placeholder);
}

}  // namespace refract::protocol
