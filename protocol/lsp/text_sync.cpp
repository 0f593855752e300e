#include "protocol/lsp/text_sync.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(TextDocumentItem, uri, languageId, version, text)

LSP_STRUCT(DidOpenTextDocumentParams, textDocument)

LSP_STRUCT(TextDocumentContentChangeEvent, range, rangeLength, text)

LSP_STRUCT(DidChangeTextDocumentParams, textDocument, contentChanges)

LSP_STRUCT(DidSaveTextDocumentParams, textDocument, text)

LSP_STRUCT(DidCloseTextDocumentParams, textDocument)

}  // namespace refract::protocol
