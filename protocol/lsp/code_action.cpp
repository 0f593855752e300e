#include "protocol/lsp/code_action.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(CodeActionContext, diagnostics, only, triggerKind)

LSP_STRUCT(CodeActionParams, textDocument, range, context)

LSP_STRUCT(CodeActionDisabled, reason)

LSP_STRUCT(CodeAction, title, kind, diagnostics, isPreferred, disabled, edit, command, data)

}  // namespace refract::protocol
