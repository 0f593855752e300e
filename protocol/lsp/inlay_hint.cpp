#include "protocol/lsp/inlay_hint.h"

#include "protocol/members.h"
#include "protocol/text_codec.h"

namespace refract::protocol {

LSP_STRUCT(InlayHintParams, textDocument, range)

LSP_STRUCT(InlayHint, position, label, kind, tooltip, paddingLeft, paddingRight)
LSP_DEFINE_TEXT(InlayHint)

}  // namespace refract::protocol
