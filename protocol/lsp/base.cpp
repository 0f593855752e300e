#include "protocol/lsp/base.h"

#include "protocol/text_codec.h"

namespace refract::protocol {

template <class Out>
void members(Out& json, const Position& position) {
  write(json, "line", position.line);
  write(json, "character", position.character);
}
void to_json(Json& json, const Position& position) {
  members(json, position);
}
void to_text(ObjectText& json, const Position& position) {
  members(json, position);
}

void from_json(const Json& json, Position& position) {
  read(json, "line", position.line);
  read(json, "character", position.character);
}

template <class Out>
void members(Out& json, const Range& range) {
  write(json, "start", range.start);
  write(json, "end", range.end);
}
void to_json(Json& json, const Range& range) {
  members(json, range);
}
void to_text(ObjectText& json, const Range& range) {
  members(json, range);
}

void from_json(const Json& json, Range& range) {
  read(json, "start", range.start);
  read(json, "end", range.end);
}

template <class Out>
void members(Out& json, const Location& location) {
  write(json, "uri", location.uri);
  write(json, "range", location.range);
}
void to_json(Json& json, const Location& location) {
  members(json, location);
}
void to_text(ObjectText& json, const Location& location) {
  members(json, location);
}

void from_json(const Json& json, Location& location) {
  read(json, "uri", location.uri);
  read(json, "range", location.range);
}

void to_json(Json& json, const LocationLink& link) {
  write(json, "originSelectionRange", link.originSelectionRange);
  write(json, "targetUri", link.targetUri);
  write(json, "targetRange", link.targetRange);
  write(json, "targetSelectionRange", link.targetSelectionRange);
}

void from_json(const Json& json, LocationLink& link) {
  read(json, "originSelectionRange", link.originSelectionRange);
  read(json, "targetUri", link.targetUri);
  read(json, "targetRange", link.targetRange);
  read(json, "targetSelectionRange", link.targetSelectionRange);
}

void to_json(Json& json, const TextDocumentIdentifier& identifier) {
  write(json, "uri", identifier.uri);
}

void from_json(const Json& json, TextDocumentIdentifier& identifier) {
  read(json, "uri", identifier.uri);
}

void to_json(Json& json, const VersionedTextDocumentIdentifier& identifier) {
  write(json, "uri", identifier.uri);
  write(json, "version", identifier.version);
}

void from_json(const Json& json, VersionedTextDocumentIdentifier& identifier) {
  read(json, "uri", identifier.uri);
  read(json, "version", identifier.version);
}

void to_json(Json& json, const OptionalVersionedTextDocumentIdentifier& identifier) {
  write(json, "uri", identifier.uri);
  write_or_null(json, "version", identifier.version);
}

void from_json(const Json& json, OptionalVersionedTextDocumentIdentifier& identifier) {
  read(json, "uri", identifier.uri);
  read(json, "version", identifier.version);
}

void to_json(Json& json, const TextDocumentPositionParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "position", params.position);
}

void from_json(const Json& json, TextDocumentPositionParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "position", params.position);
}

void to_json(Json& json, const TextDocumentParams& params) {
  write(json, "textDocument", params.textDocument);
}

void from_json(const Json& json, TextDocumentParams& params) {
  read(json, "textDocument", params.textDocument);
}

template <class Out>
void members(Out& json, const TextEdit& edit) {
  write(json, "range", edit.range);
  write(json, "newText", edit.newText);
  write(json, "annotationId", edit.annotationId);
}
void to_json(Json& json, const TextEdit& edit) {
  members(json, edit);
}
void to_text(ObjectText& json, const TextEdit& edit) {
  members(json, edit);
}

void from_json(const Json& json, TextEdit& edit) {
  read(json, "range", edit.range);
  read(json, "newText", edit.newText);
  read(json, "annotationId", edit.annotationId);
}

void to_json(Json& json, const Command& command) {
  write(json, "title", command.title);
  write(json, "command", command.command);
  write(json, "arguments", command.arguments);
}

void from_json(const Json& json, Command& command) {
  read(json, "title", command.title);
  read(json, "command", command.command);
  read(json, "arguments", command.arguments);
}

template <class Out>
void members(Out& json, const MarkupContent& content) {
  write(json, "kind", content.kind);
  write(json, "value", content.value);
}
void to_json(Json& json, const MarkupContent& content) {
  members(json, content);
}
void to_text(ObjectText& json, const MarkupContent& content) {
  members(json, content);
}

void from_json(const Json& json, MarkupContent& content) {
  read(json, "kind", content.kind);
  read(json, "value", content.value);
}

}  // namespace refract::protocol
