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
LSP_JSON(TextDocumentItem)

struct DidOpenTextDocumentParams {
  TextDocumentItem textDocument;

  bool operator==(const DidOpenTextDocumentParams&) const = default;
};
LSP_JSON(DidOpenTextDocumentParams)

struct TextDocumentContentChangeEvent {
  std::optional<Range> range;                // absent: `text` is the whole new document
  std::optional<std::uint32_t> rangeLength;  // deprecated by the specification; `range` decides
  std::string text;

  bool operator==(const TextDocumentContentChangeEvent&) const = default;
};
LSP_JSON(TextDocumentContentChangeEvent)

// The changes apply one after the other: positions of the second are in the text after the first.
struct DidChangeTextDocumentParams {
  VersionedTextDocumentIdentifier textDocument;
  std::vector<TextDocumentContentChangeEvent> contentChanges;

  bool operator==(const DidChangeTextDocumentParams&) const = default;
};
LSP_JSON(DidChangeTextDocumentParams)

struct DidSaveTextDocumentParams {
  TextDocumentIdentifier textDocument;
  std::optional<std::string> text;

  bool operator==(const DidSaveTextDocumentParams&) const = default;
};
LSP_JSON(DidSaveTextDocumentParams)

struct DidCloseTextDocumentParams {
  TextDocumentIdentifier textDocument;

  bool operator==(const DidCloseTextDocumentParams&) const = default;
};
LSP_JSON(DidCloseTextDocumentParams)

}  // namespace refract::protocol
