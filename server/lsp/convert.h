#pragma once

#include <string>
#include <vector>

#include "features/completion/completion.h"
#include "features/inlay_hints.h"
#include "features/refactor/refactoring.h"
#include "features/workspace_symbols.h"
#include "lsp/support.h"
#include "migrate/history/rename_notes.h"
#include "protocol/lsp/code_action.h"
#include "protocol/lsp/completion.h"
#include "protocol/lsp/diagnostics.h"
#include "protocol/lsp/inlay_hint.h"
#include "protocol/lsp/symbols.h"
#include "protocol/lsp/workspace_edit.h"
#include "protocol/text_codec.h"
#include "validation/core/diagnostic.h"
#include "workspace/host.h"
#include "workspace/url_move.h"

// From our byte ranges and plain structs to LSP's, and back. The one place where columns have an encoding.
namespace refract::lsp {

protocol::Position to_lsp(const text::Document& document, text::Offset offset, text::Encoding encoding);
protocol::Range to_lsp(const text::Document& document, text::Range range, text::Encoding encoding);
text::Offset from_lsp(const text::Document& document, protocol::Position position, text::Encoding encoding);
text::Range from_lsp(const text::Document& document, protocol::Range range, text::Encoding encoding);

// A snapshot with the client it is shown to.
struct Scope {
  std::shared_ptr<const workspace::ProjectSnapshot> view;
  ClientSupport client;

  const schema::Snapshot& snapshot() const { return view->snapshot(); }
  const text::Document& document(schema::FileId file) const { return snapshot().files()[file].syntax->document(); }
  protocol::Range range(schema::FileRange at) const { return to_lsp(document(at.file), at.range, client.encoding); }
  std::string uri(schema::FileId file) const;
  std::optional<std::int32_t> version(schema::FileId file) const;  // of an open document
  protocol::Location location(schema::FileRange at) const { return {uri(at.file), range(at)}; }
};

protocol::Diagnostic to_lsp(const Scope& scope, const validation::Diagnostic& diagnostic);
// Placed at a file's beginning if not all of its diagnostics are shown.
protocol::Diagnostic left_out_diagnostic(std::size_t count);
protocol::WorkspaceEdit to_lsp(const Scope& scope, const std::vector<validation::FileEdit>& edits);
// One that creates or deletes files is for clients that take both.
protocol::WorkspaceEdit to_lsp(const Scope& scope, const features::Refactoring& refactoring);
// The change of schema and configuration file. nullopt: the client cannot create the file.
std::optional<protocol::WorkspaceEdit> to_lsp(const Scope& scope, const workspace::UrlMove& move);
// Adds the change of a migrations folder's notes. Where there are none yet, and no folder or a client that creates no
// files, the code action for the rename is left to write them, and the answer is false.
bool add_notes(const ClientSupport& client, const migrate::NotesChange& change, protocol::WorkspaceEdit& edit);
// A protocol::CompletionList.
protocol::JsonText to_lsp(const Scope& scope, schema::FileId file, const std::vector<features::CompletionItem>& items);
protocol::DocumentSymbol to_lsp(const Scope& scope, schema::FileId file, const features::OutlineItem& item);

protocol::SymbolInformation to_lsp(const Scope& scope, const features::WorkspaceSymbol& symbol);
protocol::InlayHint to_lsp(const Scope& scope, schema::FileId file, features::InlayHint hint);

// For clients that take no hierarchy.
void flatten(const Scope& scope, schema::FileId file, const features::OutlineItem& item, const std::string& container,
             std::vector<protocol::SymbolInformation>& flat);

}  // namespace refract::lsp
