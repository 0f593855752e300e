#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lsp/convert.h"
#include "protocol/lsp/diagnostics.h"

// Pure functions: may be called from any thread.
namespace refract::lsp {

// The diagnostics that a client gets for one file, whether it is pushed or asked for.
struct FileDiagnostics {
  std::string uri;
  std::optional<std::int32_t> version = std::nullopt;  // of an open document
  protocol::JsonText items{"[]"};                      // written once; compared, sent and answered as text
  bool empty = true;
  bool never_asked_for = false;  // the file is not part of a schema, so that clients pull nothing about it

  // The same for the same diagnostics.
  std::string content_id() const;
  // As content_id(), but another for each version of a document with diagnostics: while a text is edited, a client
  // moves what it shows, so that even what is the same has to be set again.
  std::string result_id() const;
};

FileDiagnostics file_diagnostics(std::string uri, std::optional<std::int32_t> version,
                                 const std::vector<protocol::Diagnostic>& items);

// Of every file of a schema, in their order, as many as report::shown_of shows; then of its refract.toml, if there is
// one.
struct SchemaDiagnostics {
  std::vector<FileDiagnostics> files;
};
// `settings`: those in force, whose group `diagnostics` hides some or all.
SchemaDiagnostics diagnostics_of(const Scope& scope, const workspace::SettingValues& settings);

// The answer to textDocument/diagnostic. With `related`, the id represents the diagnostics of the whole schema, and
// those of the other files are included unless the client named it.
protocol::DocumentDiagnosticReport document_report(const SchemaDiagnostics& all, schema::FileId file, bool related,
                                                   const std::optional<std::string>& previous);
// The same for a document that is not part of a schema.
protocol::DocumentDiagnosticReport document_report(const FileDiagnostics& diagnostics,
                                                   const std::optional<std::string>& previous);
// What is answered for a document that no diagnostic can be about.
protocol::DocumentDiagnosticReport nothing_found();

// The answer to workspace/diagnostic. For documents that the client holds and no schema
// has any more, an empty list is sent.
protocol::WorkspaceDiagnosticReport workspace_report(
    const std::vector<std::shared_ptr<const SchemaDiagnostics>>& schemas,
    const std::vector<protocol::PreviousResultId>& previous);

}  // namespace refract::lsp
