#include "protocol/lsp/code_action.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const CodeActionContext& context) {
  write(json, "diagnostics", context.diagnostics);
  write(json, "only", context.only);
  write(json, "triggerKind", context.triggerKind);
}

void from_json(const Json& json, CodeActionContext& context) {
  read(json, "diagnostics", context.diagnostics);
  read(json, "only", context.only);
  read(json, "triggerKind", context.triggerKind);
}

void to_json(Json& json, const CodeActionParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "range", params.range);
  write(json, "context", params.context);
}

void from_json(const Json& json, CodeActionParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "range", params.range);
  read(json, "context", params.context);
}

void to_json(Json& json, const CodeActionDisabled& disabled) {
  write(json, "reason", disabled.reason);
}

void from_json(const Json& json, CodeActionDisabled& disabled) {
  read(json, "reason", disabled.reason);
}

void to_json(Json& json, const CodeAction& action) {
  write(json, "title", action.title);
  write(json, "kind", action.kind);
  write(json, "diagnostics", action.diagnostics);
  write(json, "isPreferred", action.isPreferred);
  write(json, "disabled", action.disabled);
  write(json, "edit", action.edit);
  write(json, "command", action.command);
  write(json, "data", action.data);
}

void from_json(const Json& json, CodeAction& action) {
  read(json, "title", action.title);
  read(json, "kind", action.kind);
  read(json, "diagnostics", action.diagnostics);
  read(json, "isPreferred", action.isPreferred);
  read(json, "disabled", action.disabled);
  read(json, "edit", action.edit);
  read(json, "command", action.command);
  read(json, "data", action.data);
}

}  // namespace refract::protocol
