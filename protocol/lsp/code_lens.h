#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Code Lens" (params: TextDocumentParams), codeLens/resolve, and "Execute a command".

namespace refract::protocol {

class ObjectText;

struct CodeLens {
  Range range;                     // within one line
  std::optional<Command> command;  // absent: codeLens/resolve provides it
  std::optional<Json> data;

  bool operator==(const CodeLens&) const = default;
};
void to_json(Json& json, const CodeLens& lens);
void to_text(ObjectText& json, const CodeLens& lens);
void from_json(const Json& json, CodeLens& lens);

struct ExecuteCommandParams {
  std::string command;
  std::optional<std::vector<Json>> arguments;

  bool operator==(const ExecuteCommandParams&) const = default;
};
void to_json(Json& json, const ExecuteCommandParams& params);
void from_json(const Json& json, ExecuteCommandParams& params);

}  // namespace refract::protocol
