#pragma once

#include <map>
#include <set>
#include <string>

#include "lsp/context.h"
#include "lsp/file_diagnostics.h"
#include "protocol/session.h"

namespace refract::lsp {

// What is wrong in the text of a migration.sql, as far as it is known without a database. May be called from any
// thread.
FileDiagnostics sql_diagnostics(const SqlRequest& request, const std::string& uri);

// Pushes the diagnostics of an open migration.sql to a client that does not ask for them; they are computed on the
// pool. Used on the strand.
class SqlDiagnosticPublisher {
 public:
  SqlDiagnosticPublisher(protocol::Session& session, Context& context);

  // After the document was opened, edited or closed.
  void check(const std::string& uri);

 private:
  void push(FileDiagnostics found);

  protocol::Session& session_;
  Context& context_;
  std::map<std::string, bool> checking_;  // by URI: being computed, and whether the document was edited since
  std::set<std::string> pushed_;          // URIs of those with diagnostics that were pushed
};

}  // namespace refract::lsp
