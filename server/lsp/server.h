#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "lsp/convert.h"
#include "lsp/support.h"
#include "protocol/session.h"
#include "workspace/host.h"

namespace refract::lsp {

// A request about a place or document, with the snapshot that was current when it arrived.
struct Request {
  Scope scope;
  schema::FileId file = 0;

  const schema::Snapshot& snapshot() const { return scope.snapshot(); }
  const text::Document& document() const { return scope.document(file); }
  schema::FilePosition at(protocol::Position position) const {
    return {file, from_lsp(document(), position, scope.client.encoding)};
  }
};

// One client's server: the host of its documents and the table of its methods. Lives on the session's strand.
class Server {
 public:
  explicit Server(protocol::Session& session);

  // The tables, one function a group of methods (documents.cpp, language.cpp, actions.cpp, migrations.cpp).
  void bind_lifecycle();
  void bind_documents();
  void bind_language();
  void bind_actions();
  void bind_migrations();

 private:
  // Errors: invalid_params, when the document is not part of any schema we know.
  protocol::Result<Request> begin(const std::string& uri);
  // The history of a view, read now where the background has not brought it yet. Errors: request_failed.
  static protocol::Result<std::shared_ptr<const workspace::HistoryState>> history_of(const workspace::View& view);

  void apply_settings(const protocol::Json& settings);
  void ask_settings();
  void watch_files();
  // Publishes the findings of every open document's schema once the queued edits are in.
  void publish_soon();
  void publish();
  void load_histories();
  void refresh_lenses();
  void execute_generate(const protocol::Json& argument, protocol::Reply<protocol::Json> reply);
  void execute_preview(const protocol::Json& argument, protocol::Reply<protocol::Json> reply);
  void execute_verify(const protocol::Json& argument, const protocol::RequestContext& context,
                      protocol::Reply<protocol::Json> reply);
  protocol::Json status();

  protocol::Session& session_;
  workspace::Host host_;
  ClientSupport client_;
  bool publish_queued_ = false;
  std::set<std::string> changed_;               // open documents to be published even if nothing changed for them
  std::map<std::string, protocol::Json> sent_;  // the findings that the client shows, by URI
  std::set<std::string> loading_;               // migrations folders being read
};

}  // namespace refract::lsp
