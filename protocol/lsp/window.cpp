#include "protocol/lsp/window.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const ShowMessageParams& params) {
  write(json, "type", params.type);
  write(json, "message", params.message);
}

void from_json(const Json& json, ShowMessageParams& params) {
  read(json, "type", params.type);
  read(json, "message", params.message);
}

void to_json(Json& json, const LogMessageParams& params) {
  write(json, "type", params.type);
  write(json, "message", params.message);
}

void from_json(const Json& json, LogMessageParams& params) {
  read(json, "type", params.type);
  read(json, "message", params.message);
}

void to_json(Json& json, const MessageActionItem& item) {
  write(json, "title", item.title);
}

void from_json(const Json& json, MessageActionItem& item) {
  read(json, "title", item.title);
}

void to_json(Json& json, const ShowMessageRequestParams& params) {
  write(json, "type", params.type);
  write(json, "message", params.message);
  write(json, "actions", params.actions);
}

void from_json(const Json& json, ShowMessageRequestParams& params) {
  read(json, "type", params.type);
  read(json, "message", params.message);
  read(json, "actions", params.actions);
}

void to_json(Json& json, const ShowDocumentParams& params) {
  write(json, "uri", params.uri);
  write(json, "external", params.external);
  write(json, "takeFocus", params.takeFocus);
  write(json, "selection", params.selection);
}

void from_json(const Json& json, ShowDocumentParams& params) {
  read(json, "uri", params.uri);
  read(json, "external", params.external);
  read(json, "takeFocus", params.takeFocus);
  read(json, "selection", params.selection);
}

void to_json(Json& json, const ShowDocumentResult& result) {
  write(json, "success", result.success);
}

void from_json(const Json& json, ShowDocumentResult& result) {
  read(json, "success", result.success);
}

}  // namespace refract::protocol
