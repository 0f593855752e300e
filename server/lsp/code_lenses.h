#pragma once

#include <set>
#include <string>
#include <vector>

#include "lsp/context.h"
#include "lsp/lens_store.h"
#include "protocol/lsp/code_lens.h"
#include "protocol/session.h"

namespace refract::lsp {

// Code lenses, over a schema and over its migrations, and when a client has to ask for them again.
class CodeLenses {
 public:
  CodeLenses(protocol::Session& session, Context& context);

  // May be called from any thread.
  std::vector<protocol::CodeLens> of_schema(const Request& request, const std::string& uri);
  static std::vector<protocol::CodeLens> of_migration(const SqlRequest& request, const std::string& uri);

  // The rest is used on the strand.

  // Looks on the pool whether the lenses of open documents that were not edited have another text now, and has the
  // client ask for them again where they do.
  void check(const std::set<std::string>& edited);
  // Has the client ask for all lenses again.
  void refresh();
  // The document was closed.
  void forget(const std::string& path) { sent_.forget(path); }

 private:
  protocol::Session& session_;
  Context& context_;
  LensStore sent_;
  bool checking_ = false;
};

}  // namespace refract::lsp
