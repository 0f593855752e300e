#pragma once

#include "protocol/lsp/initialize.h"
#include "text/position.h"

namespace refract::lsp {

// What the client declared in `initialize`, as far as an answer depends on it.
struct ClientSupport {
  text::Encoding encoding = text::Encoding::utf16;
  bool snippets = false;
  bool shared_edit_range = false;  // a completion list may say once what its items replace
  // Takes Markdown in hovers, completion items and signatures. Clients that name no format for the latter two (Helix)
  // show them as they do hovers.
  bool markdown_hovers = false;
  bool markdown_items = false;
  bool markdown_signatures = false;
  bool definition_links = false;
  bool hierarchical_symbols = false;
  bool document_changes = false;
  bool create_files = false;  // in a workspace edit, which implies document_changes
  bool delete_files = false;
  bool code_action_literals = false;
  bool resolves_edits = false;  // asks for the edit of the code action that was chosen
  bool show_document = false;
  bool watch_files = false;
  bool relative_patterns = false;  // of files to be watched, in a folder that is given
  bool code_lens_refresh = false;
  bool inlay_hint_refresh = false;
  bool configuration = false;
  bool related_information = false;
  bool pulls = false;               // asks for a document's diagnostics (textDocument/diagnostic)
  bool related_documents = false;   // and takes those of others along
  bool diagnostic_refresh = false;  // and can be asked to request them again
  // The diagnostics of closed files come to it without being pushed: with those of others, or as it asks for the
  // workspace's, which no capability announces but the one to refresh them.
  bool pulls_closed = false;
  // The client runs refract.previewMigration and refract.generateMigration itself (our own extensions do).
  bool client_commands = false;
};

ClientSupport support_of(const protocol::InitializeParams& params);

// What we offer to this client.
protocol::ServerCapabilities capabilities_for(const ClientSupport& client,
                                              const protocol::ClientCapabilities& client_capabilities);

}  // namespace refract::lsp
