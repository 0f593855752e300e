#pragma once

#include "lsp/uri.h"
#include "protocol/lsp/initialize.h"
#include "text/position.h"

namespace refract::lsp {

// What the client declared in `initialize`, as far as an answer depends on it.
struct ClientSupport {
  text::Encoding encoding = text::Encoding::utf16;
  bool snippets = false;
  bool shared_edit_range = false;  // supports CompletionList.itemDefaults.editRange
  // Accepts Markdown in hovers, completion items and signatures. A client that declares no documentationFormat for
  // items or signatures (Helix) gets them in the format of its hovers.
  bool markdown_hovers = false;
  bool markdown_items = false;
  bool markdown_signatures = false;
  bool definition_links = false;
  bool hierarchical_symbols = false;
  bool document_changes = false;
  bool create_files = false;  // in a workspace edit, which implies document_changes
  bool delete_files = false;
  bool code_action_literals = false;
  bool resolves_edits = false;  // resolves `edit` of the chosen action (codeAction/resolve)
  bool show_document = false;
  bool watch_files = false;
  bool relative_patterns = false;  // RelativePattern for watched files
  bool code_lens_refresh = false;
  bool inlay_hint_refresh = false;
  bool configuration = false;
  bool related_information = false;
  bool pulls = false;               // asks for a document's diagnostics (textDocument/diagnostic)
  bool related_documents = false;   // relatedDocumentSupport: also gets those of related documents
  bool diagnostic_refresh = false;  // workspace/diagnostic/refresh
  // Gets the diagnostics of closed files by pulling them: as related documents, or with workspace/diagnostic. No
  // capability announces the latter; refreshSupport is taken as its sign.
  bool pulls_closed = false;
  // The client runs refract.previewMigration and refract.generateMigration itself (our own extensions do).
  bool client_commands = false;
  ClientUris uris;  // those noted so far
};

ClientSupport support_of(const protocol::InitializeParams& params);

// What we offer to this client.
protocol::ServerCapabilities capabilities_for(const ClientSupport& client,
                                              const protocol::ClientCapabilities& client_capabilities);

}  // namespace refract::lsp
