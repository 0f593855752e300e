#pragma once

#include <set>
#include <string>

#include "lsp/client_settings.h"
#include "lsp/code_lenses.h"
#include "lsp/context.h"
#include "lsp/diagnostic_publisher.h"
#include "lsp/diagnostic_store.h"
#include "lsp/file_watcher.h"
#include "lsp/history_loader.h"
#include "lsp/language_notice.h"
#include "lsp/layout_store.h"
#include "lsp/migration_commands.h"
#include "lsp/rejection_finder.h"
#include "lsp/semantic_tokens.h"
#include "lsp/sql_diagnostics.h"
#include "lsp/symbol_store.h"
#include "protocol/session.h"

namespace refract::lsp {

// One client's server: the table of its methods, and the objects that they lead to. It routes only: what a method does
// is in a feature or in one of the objects. Lives on the session's strand.
class Server {
 public:
  explicit Server(protocol::Session& session);

  // The tables, one function a group of methods, each in the file of its name.
  void bind_lifecycle();
  void bind_documents();
  void bind_files();
  void bind_diagnostics();
  void bind_language();
  void bind_navigation();
  void bind_calls();
  void bind_structure();
  void bind_semantic_tokens();
  void bind_lenses();
  void bind_actions();
  void bind_commands();

 private:
  template <class R, class Params, class Compute>
  void bind_pooled(const char* method, Compute compute);
  template <class R, class Params, class Compute, class InSql>
  void bind_pooled(const char* method, Compute compute, InSql in_sql);

  // After a change that may have changed a diagnostic: update(), once the edits that are queued by then are applied.
  void update_soon();
  // The schemas that the client is told of.
  workspace::Host::Known known() const {
    return context_.client.pulls ? workspace::Host::Known::all : workspace::Host::Known::open;
  }
  // Brings what the client shows and what is kept up to date with the host.
  void update();
  void refresh_hints();

  protocol::Session& session_;
  Context context_;
  LanguageNotice language_notice_{session_};
  DiagnosticStore diagnostics_;
  DiagnosticPublisher publisher_{session_, context_.client, diagnostics_};
  SqlDiagnosticPublisher sql_publisher_{session_, context_};
  SemanticTokens tokens_;
  SymbolStore symbols_;
  LayoutStore layouts_;
  CodeLenses lenses_{session_, context_};
  FileWatcher watcher_{session_, context_};
  HistoryLoader histories_{session_, context_, watcher_, [this] {
                             lenses_.refresh();
                             rejections_.look_soon();
                           }};
  RejectionFinder rejections_{session_, [this] { return context_.host.views(known()); },
                              [this] {
                                // What is queued publishes this too, and knows what was edited.
                                if (update_queued_) return;
                                publisher_.publish(context_.host.views(known()), {});
                                rejections_.look_soon();
                              }};
  MigrationCommands commands_{session_, context_, histories_};
  ClientSettings settings_;
  std::set<std::string> edited_;  // open documents, by path, since the last update()
  bool update_queued_ = false;
};

}  // namespace refract::lsp
