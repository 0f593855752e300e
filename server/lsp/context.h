#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "lsp/convert.h"
#include "lsp/display_settings.h"
#include "lsp/support.h"
#include "workspace/host.h"

namespace refract::lsp {

// A request about a place or document, with the snapshot that was current when it arrived. May go to any thread.
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

// The migrations as far as they are read; nullptr: not yet, or they cannot be.
inline const migrate::History* replayed(const workspace::ProjectSnapshot& view) {
  return view.history() && *view.history() ? &**view.history() : nullptr;
}

// The database after the migrations that are read; nullptr: likewise.
inline const catalog::Catalog* migrated(const workspace::ProjectSnapshot& view) {
  const migrate::History* history = replayed(view);
  return history != nullptr ? history->catalog.get() : nullptr;
}

// What the objects of one client's server share: the host of its documents, what the client declared, its settings.
// Used on the strand, but for `state`.
struct Context {
  workspace::Host host;
  ClientSupport client;                    // as of `initialize`
  workspace::SettingValues client_values;  // the client's settings
  // Another one after whatever may change a diagnostic. Read by any thread, which compares it with the one at the time
  // its request arrived.
  std::atomic<std::uint64_t> state = 0;

  // Errors: invalid_params, when the document is not part of any schema we know, or is not open and has to be.
  enum class Closed { refused, allowed };
  protocol::Result<Request> begin(const std::string& uri, Closed closed = Closed::refused);
  SqlRequest begin_sql(const std::string& uri);
  // The schema that an open document, one of its files or a migration of it, belongs to. Errors: those of begin().
  protocol::Result<std::shared_ptr<const workspace::ProjectSnapshot>> view_of(const std::string& uri);
  // For one schema: its refract.toml holds for everybody who works on it, so it overrides the client's settings.
  workspace::SettingValues settings_of(const workspace::ProjectSnapshot& view) const;
};

}  // namespace refract::lsp
