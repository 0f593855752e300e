#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "features/rename.h"
#include "lsp/convert.h"
#include "lsp/display_settings.h"
#include "lsp/file_diagnostics.h"
#include "lsp/lens_store.h"
#include "lsp/support.h"
#include "lsp/token_store.h"
#include "migrate/history/history_cache.h"
#include "protocol/session.h"
#include "workspace/host.h"

namespace refract::lsp {

// A request about a place or document, with the snapshot that was current when it arrived.
struct Request {
  Scope scope;
  workspace::SettingValues settings;
  schema::FileId file = 0;

  const schema::Snapshot& snapshot() const { return scope.snapshot(); }
  const text::Document& document() const { return scope.document(file); }
  DisplaySettings display() const { return display_settings(settings); }
  schema::FilePosition at(protocol::Position position) const {
    return {file, from_lsp(document(), position, scope.client.encoding)};
  }
};

// The same about a migration.sql. `view` is nullptr where no schema that we know has the file for a migration.
struct SqlRequest {
  std::shared_ptr<const workspace::ProjectSnapshot> view;
  ClientSupport client;
  workspace::SettingValues settings;
  std::string name;  // of the migration
  text::Document text;

  Scope scope() const { return {view, client}; }
  const text::Document& document() const { return text; }
  DisplaySettings display() const { return display_settings(settings); }
  text::Offset at(protocol::Position position) const { return from_lsp(text, position, client.encoding); }
  protocol::Range range(text::Range range) const { return to_lsp(text, range, client.encoding); }
};

// What is wrong in the text, as far as it is known without a database.
FileDiagnostics sql_diagnostics(const SqlRequest& request, const std::string& uri);

// One client's server: the host of its documents and the table of its methods. Lives on the session's strand.
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
  void bind_migrations();

 private:
  // Errors: invalid_params, when the document is not part of any schema we know, or is not open and has to be.
  enum class Closed { refused, allowed };
  protocol::Result<Request> begin(const std::string& uri, Closed closed = Closed::refused);
  SqlRequest begin_sql(const std::string& uri);
  // The schema that an open document, one of its files or a migration of it, belongs to. Errors: those of begin().
  protocol::Result<std::shared_ptr<const workspace::ProjectSnapshot>> view_of(const std::string& uri);
  template <class R, class Params, class Compute>
  void bind_pooled(const char* method, Compute compute);
  template <class R, class Params, class Compute, class InSql>
  void bind_pooled(const char* method, Compute compute, InSql in_sql);
  // The history of a view, read now where the background has not brought it yet. Errors: request_failed.
  static protocol::Result<std::shared_ptr<const workspace::HistoryState>> history_of(
      const workspace::ProjectSnapshot& view);

  // Those of a client's section `refract`.
  void apply_settings(const protocol::Json& section);
  // For one schema: its refract.toml holds for everybody who works on it, so it overrides the client's settings.
  workspace::SettingValues settings_of(const workspace::ProjectSnapshot& view) const;
  void ask_settings();
  void watch_files();
  // The migrations folders of all schemas, wherever they are and whatever their names, as they are configured now.
  void watch_migrations();
  // Publishes the diagnostics of every open document's schema once the queued edits are applied.
  void publish_soon();
  void publish();
  // To a client that does not ask for the diagnostics of such a file. `news`: what it shows is old.
  void push(const FileDiagnostics& found, bool news);
  void refresh_diagnostics();
  // Pushes the diagnostics of an open migration.sql to a client that does not pull them; computed on the pool.
  void check_sql(const std::string& uri);
  // Once a file.
  void report_other_language(const Scope& scope);
  void load_histories();
  void refresh_lenses();
  // Looks on the pool whether the lenses of open documents that were not edited have another text now, and has the
  // client ask for them again where they do.
  void check_lenses(const std::set<std::string>& edited);
  void refresh_hints();
  void execute_generate(const protocol::Json& argument, protocol::Reply<protocol::Json> reply);
  void execute_preview(const protocol::Json& argument, protocol::Reply<protocol::Json> reply);
  void execute_verify(const protocol::Json& argument, const protocol::RequestContext& context,
                      protocol::Reply<protocol::Json> reply);
  void execute_rename(const protocol::Json& argument, protocol::Reply<protocol::Json> reply);
  // Writes the choice into the folder's notes and has the folder read again. Errors: request_failed.
  void execute_cast(const protocol::Json& argument, protocol::Reply<protocol::Json> reply);
  protocol::Result<void> note_rename(const std::filesystem::path& folder, const migrate::RenameRequest& rename);
  protocol::Json status();

  protocol::Session& session_;
  workspace::Host host_;
  ClientSupport client_;
  workspace::SettingValues client_values_;
  std::set<std::string> reported_refusals_;
  TokenStore tokens_;
  LensStore lenses_;
  bool checking_lenses_ = false;
  bool publish_queued_ = false;
  double analysis_milliseconds_ = 0;      // of the last publish()
  std::set<std::string> changed_;         // open documents to be published even if nothing changed for them
  std::atomic<std::uint64_t> state_ = 0;  // another one after whatever may change a diagnostic; read by the pool
  std::map<std::string, std::string> published_;  // by URI: content_id() of the diagnostics last published, if any
  std::set<std::string> pushed_;                  // URIs of files with diagnostics that were pushed
  std::map<std::string, bool> checking_sql_;  // by URI: migration.sql being looked at, and whether it was edited since
  std::set<std::string> pushed_sql_;          // URIs of those with diagnostics that were pushed
  std::set<std::string> reported_other_language_;  // paths
  std::shared_ptr<migrate::HistoryCache> cache_of(const std::filesystem::path& folder);
  std::map<std::string, std::shared_ptr<migrate::HistoryCache>> history_caches_;  // by migrations folder
  bool watching_ = false;                                                         // the client was asked to watch files
  std::vector<std::filesystem::path> watched_;                                    // migrations folders among them
  std::vector<std::filesystem::path> migrations_folders_;                         // that they were found from
  std::set<std::string> loading_;                                                 // migrations folders being read
};

}  // namespace refract::lsp
