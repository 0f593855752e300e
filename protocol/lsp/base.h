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
inline constexpr const char* kUtf32 = "utf-32";
}  // namespace position_encoding

// Both zero-based. `character` counts units of the negotiated position encoding: UTF-16 unless agreed otherwise.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;

  bool operator==(const Position&) const = default;
};
void to_json(Json& json, const Position& position);
void to_text(ObjectText& json, const Position& position);
void from_json(const Json& json, Position& position);

// Half-open.
struct Range {
  Position start;
  Position end;

  bool operator==(const Range&) const = default;
};
void to_json(Json& json, const Range& range);
void to_text(ObjectText& json, const Range& range);
void from_json(const Json& json, Range& range);

struct Location {
  DocumentUri uri;
  Range range;

  bool operator==(const Location&) const = default;
};
void to_json(Json& json, const Location& location);
void to_text(ObjectText& json, const Location& location);
void from_json(const Json& json, Location& location);

struct LocationLink {
  std::optional<Range> originSelectionRange;
  DocumentUri targetUri;
  Range targetRange;
  Range targetSelectionRange;

  bool operator==(const LocationLink&) const = default;
};
void to_json(Json& json, const LocationLink& link);
void from_json(const Json& json, LocationLink& link);

struct TextDocumentIdentifier {
  DocumentUri uri;

  bool operator==(const TextDocumentIdentifier&) const = default;
};
void to_json(Json& json, const TextDocumentIdentifier& identifier);
void from_json(const Json& json, TextDocumentIdentifier& identifier);

struct VersionedTextDocumentIdentifier {
  DocumentUri uri;
  std::int32_t version = 0;

  bool operator==(const VersionedTextDocumentIdentifier&) const = default;
};
void to_json(Json& json, const VersionedTextDocumentIdentifier& identifier);
void from_json(const Json& json, VersionedTextDocumentIdentifier& identifier);

struct OptionalVersionedTextDocumentIdentifier {
  DocumentUri uri;
  std::optional<std::int32_t> version;  // null: what is on disk

  bool operator==(const OptionalVersionedTextDocumentIdentifier&) const = default;
};
void to_json(Json& json, const OptionalVersionedTextDocumentIdentifier& identifier);
void from_json(const Json& json, OptionalVersionedTextDocumentIdentifier& identifier);

// The params of hover, definition, documentHighlight, prepareRename and others that ask about a place.
struct TextDocumentPositionParams {
  TextDocumentIdentifier textDocument;
  Position position;

  bool operator==(const TextDocumentPositionParams&) const = default;
};
void to_json(Json& json, const TextDocumentPositionParams& params);
void from_json(const Json& json, TextDocumentPositionParams& params);

// The params of documentSymbol, codeLens, foldingRange and others that ask about a whole document.
struct TextDocumentParams {
  TextDocumentIdentifier textDocument;

  bool operator==(const TextDocumentParams&) const = default;
};
void to_json(Json& json, const TextDocumentParams& params);
void from_json(const Json& json, TextDocumentParams& params);

struct TextEdit {
  Range range;
  std::string newText;
  // Makes it an AnnotatedTextEdit: a key of WorkspaceEdit.changeAnnotations. Only there.
  std::optional<std::string> annotationId;

  bool operator==(const TextEdit&) const = default;
};
void to_json(Json& json, const TextEdit& edit);
void to_text(ObjectText& json, const TextEdit& edit);
void from_json(const Json& json, TextEdit& edit);

struct Command {
  std::string title;
  std::string command;
  std::optional<std::vector<Json>> arguments;

  bool operator==(const Command&) const = default;
};
void to_json(Json& json, const Command& command);
void from_json(const Json& json, Command& command);

namespace markup_kind {
inline constexpr const char* kPlainText = "plaintext";
inline constexpr const char* kMarkdown = "markdown";
}  // namespace markup_kind

struct MarkupContent {
  std::string kind = markup_kind::kMarkdown;
  std::string value;

  bool operator==(const MarkupContent&) const = default;
};
void to_json(Json& json, const MarkupContent& content);
void to_text(ObjectText& json, const MarkupContent& content);
void from_json(const Json& json, MarkupContent& content);

}  // namespace refract::protocol
