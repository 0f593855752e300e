#include "protocol/lsp/code_lens.h"

#include "protocol/members.h"
#include "protocol/text_codec.h"

namespace refract::protocol {

LSP_STRUCT(CodeLens, range, command, data)
LSP_DEFINE_TEXT(CodeLens)

LSP_STRUCT(ExecuteCommandParams, command, arguments)

}  // namespace refract::protocol
