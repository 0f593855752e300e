#include "protocol/lsp/formatting.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(FormattingOptions, tabSize, insertSpaces, trimTrailingWhitespace, insertFinalNewline, trimFinalNewlines)

LSP_STRUCT(DocumentFormattingParams, textDocument, options)

LSP_STRUCT(DocumentRangeFormattingParams, textDocument, range, options)

LSP_STRUCT(DocumentOnTypeFormattingParams, textDocument, position, ch, options)

}  // namespace refract::protocol
