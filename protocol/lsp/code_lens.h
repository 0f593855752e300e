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
LSP_JSON(CodeLens)
void to_text(ObjectText& json, const CodeLens& lens);

struct ExecuteCommandParams {
  std::string command;
  std::optional<std::vector<Json>> arguments;

  bool operator==(const ExecuteCommandParams&) const = default;
};
LSP_JSON(ExecuteCommandParams)

}  // namespace refract::protocol
