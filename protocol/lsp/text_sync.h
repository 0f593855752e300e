#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Text Document Synchronization".

namespace refract::protocol {

enum class TextDocumentSyncKind : int { none = 0, full = 1, incremental = 2 };

struct TextDocumentItem {
  DocumentUri uri;
  std::string languageId;
  std::int32_t version = 0;
  std::string text;

  bool operator==(const TextDocumentItem&) const = default;
};
void to_json(Json& json, const TextDocumentItem& item);
void from_json(const Json& json, TextDocumentItem& item);

struct DidOpenTextDocumentParams {
  TextDocumentItem textDocument;

  bool operator==(const DidOpenTextDocumentParams&) const = default;
};
void to_json(Json& json, const DidOpenTextDocumentParams& params);
void from_json(const Json& json, DidOpenTextDocumentParams& params);

struct TextDocumentContentChangeEvent {
  std::optional<Range> range;                // absent: `text` is the whole new document
  std::optional<std::uint32_t> rangeLength;  // deprecated by the specification; `range` decides
  std::string text;

  bool operator==(const TextDocumentContentChangeEvent&) const = default;
};
void to_json(Json& json, const TextDocumentContentChangeEvent& event);
void from_json(const Json& json, TextDocumentContentChangeEvent& event);

// The changes apply one after the other: positions of the second are in the text after the first.
struct DidChangeTextDocumentParams {
  VersionedTextDocumentIdentifier textDocument;
  std::vector<TextDocumentContentChangeEvent> contentChanges;

  bool operator==(const DidChangeTextDocumentParams&) const = default;
};
void to_json(Json& json, const DidChangeTextDocumentParams& params);
void from_json(const Json& json, DidChangeTextDocumentParams& params);

struct DidSaveTextDocumentParams {
  TextDocumentIdentifier textDocument;
  std::optional<std::string> text;

  bool operator==(const DidSaveTextDocumentParams&) const = default;
};
void to_json(Json& json, const DidSaveTextDocumentParams& params);
void from_json(const Json& json, DidSaveTextDocumentParams& params);

struct DidCloseTextDocumentParams {
  TextDocumentIdentifier textDocument;

  bool operator==(const DidCloseTextDocumentParams&) const = default;
};
void to_json(Json& json, const DidCloseTextDocumentParams& params);
void from_json(const Json& json, DidCloseTextDocumentParams& params);

}  // namespace refract::protocol
