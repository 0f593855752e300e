#include "protocol/lsp/rename.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(RenameParams, textDocument, position, newName)

LSP_STRUCT(PrepareRenameResult, range, placeholder)

}  // namespace refract::protocol
