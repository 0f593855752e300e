#include "protocol/lsp/folding.h"

#include "protocol/members.h"
#include "protocol/text_codec.h"

namespace refract::protocol {

LSP_STRUCT(FoldingRange, startLine, startCharacter, endLine, endCharacter, kind, collapsedText)
LSP_DEFINE_TEXT(FoldingRange)

}  // namespace refract::protocol
