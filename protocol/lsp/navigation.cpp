#include "protocol/lsp/navigation.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(ReferenceContext, includeDeclaration)

LSP_STRUCT(ReferenceParams, textDocument, position, context)

LSP_STRUCT(DocumentHighlight, range, kind)

}  // namespace refract::protocol
