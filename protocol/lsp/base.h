#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/json.h"

// LSP 3.17 "Basic JSON Structures". Field names are the specification's.

namespace refract::protocol {

class ObjectText;

using DocumentUri = std::string;

using ProgressToken = std::variant<std::int64_t, std::string>;

// Names of the position encodings that are negotiated in `initialize`.
namespace position_encoding {
inline constexpr const char* kUtf8 = "utf-8";
inline constexpr const char* kUtf16 = "utf-16";
}  // namespace position_encoding

// Both zero-based. `character` counts units of the negotiated position encoding: UTF-16 unless agreed otherwise.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;

  bool operator==(const Position&) const = default;
};
LSP_JSON(Position)
void to_text(ObjectText& json, const Position& position);

// Half-open.
struct Range {
  Position start;
  Position end;

  bool operator==(const Range&) const = default;
};
LSP_JSON(Range)
void to_text(ObjectText& json, const Range& range);

struct Location {
  DocumentUri uri;
  Range range;

  bool operator==(const Location&) const = default;
};
LSP_JSON(Location)
void to_text(ObjectText& json, const Location& location);

struct LocationLink {
  std::optional<Range> originSelectionRange;
  DocumentUri targetUri;
  Range targetRange;
  Range targetSelectionRange;

  bool operator==(const LocationLink&) const = default;
};
LSP_JSON(LocationLink)

struct TextDocumentIdentifier {
  DocumentUri uri;

  bool operator==(const TextDocumentIdentifier&) const = default;
};
LSP_JSON(TextDocumentIdentifier)

struct VersionedTextDocumentIdentifier {
  DocumentUri uri;
  std::int32_t version = 0;

  bool operator==(const VersionedTextDocumentIdentifier&) const = default;
};
LSP_JSON(VersionedTextDocumentIdentifier)

struct OptionalVersionedTextDocumentIdentifier {
  DocumentUri uri;
  std::optional<std::int32_t> version;  // null: what is on disk

  bool operator==(const OptionalVersionedTextDocumentIdentifier&) const = default;
};
LSP_JSON(OptionalVersionedTextDocumentIdentifier)

// The params of hover, definition, documentHighlight, prepareRename and others that ask about a place.
struct TextDocumentPositionParams {
  TextDocumentIdentifier textDocument;
  Position position;

  bool operator==(const TextDocumentPositionParams&) const = default;
};
LSP_JSON(TextDocumentPositionParams)

// The params of documentSymbol, codeLens, foldingRange and others that ask about a whole document.
struct TextDocumentParams {
  TextDocumentIdentifier textDocument;

  bool operator==(const TextDocumentParams&) const = default;
};
LSP_JSON(TextDocumentParams)

struct TextEdit {
  Range range;
  std::string newText;
  // Makes it an AnnotatedTextEdit: a key of WorkspaceEdit.changeAnnotations. Only there.
  std::optional<std::string> annotationId;

  bool operator==(const TextEdit&) const = default;
};
LSP_JSON(TextEdit)
void to_text(ObjectText& json, const TextEdit& edit);

struct Command {
  std::string title;
  std::string command;
  std::optional<std::vector<Json>> arguments;

  bool operator==(const Command&) const = default;
};
LSP_JSON(Command)

namespace markup_kind {
inline constexpr const char* kPlainText = "plaintext";
inline constexpr const char* kMarkdown = "markdown";
}  // namespace markup_kind

struct MarkupContent {
  std::string kind = markup_kind::kMarkdown;
  std::string value;

  bool operator==(const MarkupContent&) const = default;
};
LSP_JSON(MarkupContent)
void to_text(ObjectText& json, const MarkupContent& content);

}  // namespace refract::protocol
