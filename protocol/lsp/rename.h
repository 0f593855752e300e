#pragma once

#include <string>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Rename" (answer: WorkspaceEdit or null) and "Prepare Rename" (params: TextDocumentPositionParams).

namespace refract::protocol {

struct RenameParams {
  TextDocumentIdentifier textDocument;
  Position position;
  std::string newName;

  bool operator==(const RenameParams&) const = default;
};
LSP_JSON(RenameParams)

// The result is null if nothing at the position can be renamed.
struct PrepareRenameResult {
  Range range;
  std::string placeholder;

  bool operator==(const PrepareRenameResult&) const = default;
};
LSP_JSON(PrepareRenameResult)

}  // namespace refract::protocol
