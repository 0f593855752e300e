#include "protocol/lsp/document_link.h"

#include "protocol/members.h"
#include "protocol/text_codec.h"

namespace refract::protocol {

LSP_STRUCT(DocumentLink, range, target, tooltip)
LSP_DEFINE_TEXT(DocumentLink)

LSP_STRUCT(DocumentLinkOptions, resolveProvider)

}  // namespace refract::protocol
