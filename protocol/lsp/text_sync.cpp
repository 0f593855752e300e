#include "protocol/lsp/text_sync.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const TextDocumentItem& item) {
  write(json, "uri", item.uri);
  write(json, "languageId", item.languageId);
  write(json, "version", item.version);
  write(json, "text", item.text);
}

void from_json(const Json& json, TextDocumentItem& item) {
  read(json, "uri", item.uri);
  read(json, "languageId", item.languageId);
  read(json, "version", item.version);
  read(json, "text", item.text);
}

void to_json(Json& json, const DidOpenTextDocumentParams& params) {
  write(json, "textDocument", params.textDocument);
}

void from_json(const Json& json, DidOpenTextDocumentParams& params) {
  read(json, "textDocument", params.textDocument);
}

void to_json(Json& json, const TextDocumentContentChangeEvent& event) {
  write(json, "range", event.range);
  write(json, "rangeLength", event.rangeLength);
  write(json, "text", event.text);
}

void from_json(const Json& json, TextDocumentContentChangeEvent& event) {
  read(json, "range", event.range);
  read(json, "rangeLength", event.rangeLength);
  read(json, "text", event.text);
}

void to_json(Json& json, const DidChangeTextDocumentParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "contentChanges", params.contentChanges);
}

void from_json(const Json& json, DidChangeTextDocumentParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "contentChanges", params.contentChanges);
}

void to_json(Json& json, const DidSaveTextDocumentParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "text", params.text);
}

void from_json(const Json& json, DidSaveTextDocumentParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "text", params.text);
}

void to_json(Json& json, const DidCloseTextDocumentParams& params) {
  write(json, "textDocument", params.textDocument);
}

void from_json(const Json& json, DidCloseTextDocumentParams& params) {
  read(json, "textDocument", params.textDocument);
}

}  // namespace refract::protocol
