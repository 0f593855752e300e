#include "protocol/lsp/base.h"

#include "protocol/members.h"
#include "protocol/text_codec.h"

namespace refract::protocol {

LSP_STRUCT(Position, line, character)
LSP_DEFINE_TEXT(Position)

LSP_STRUCT(Range, start, end)
LSP_DEFINE_TEXT(Range)

LSP_STRUCT(Location, uri, range)
LSP_DEFINE_TEXT(Location)

LSP_STRUCT(LocationLink, originSelectionRange, targetUri, targetRange, targetSelectionRange)

LSP_STRUCT(TextDocumentIdentifier, uri)

LSP_STRUCT(VersionedTextDocumentIdentifier, uri, version)

template <class Visitor, MemberList<OptionalVersionedTextDocumentIdentifier> Value>
void each_member(Visitor& visit, Value& identifier) {
  visit("uri", identifier.uri);
  visit.nullable("version", identifier.version);
}
LSP_DEFINE_JSON(OptionalVersionedTextDocumentIdentifier)

LSP_STRUCT(TextDocumentPositionParams, textDocument, position)

LSP_STRUCT(TextDocumentParams, textDocument)

LSP_STRUCT(TextEdit, range, newText, annotationId)
LSP_DEFINE_TEXT(TextEdit)

LSP_STRUCT(Command, title, command, arguments)

LSP_STRUCT(MarkupContent, kind, value)
LSP_DEFINE_TEXT(MarkupContent)

}  // namespace refract::protocol
