#include "protocol/lsp/window.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(ShowMessageParams, type, message)

LSP_STRUCT(LogMessageParams, type, message)

LSP_STRUCT(MessageActionItem, title)

LSP_STRUCT(ShowMessageRequestParams, type, message, actions)

LSP_STRUCT(ShowDocumentParams, uri, external, takeFocus, selection)

LSP_STRUCT(ShowDocumentResult, success)

}  // namespace refract::protocol
