#include "protocol/lsp/symbols.h"

#include "protocol/members.h"
#include "protocol/text_codec.h"

namespace refract::protocol {

LSP_STRUCT(DocumentSymbol, name, detail, kind, tags, range, selectionRange, children)
LSP_DEFINE_TEXT(DocumentSymbol)

LSP_STRUCT(SymbolInformation, name, kind, tags, location, containerName)
LSP_DEFINE_TEXT(SymbolInformation)

LSP_STRUCT(WorkspaceSymbolParams, query)

}  // namespace refract::protocol
