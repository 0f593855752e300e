#pragma once

#include <filesystem>
#include <string>

#include "lsp/context.h"
#include "lsp/history_loader.h"
#include "migrate/history/rename_notes.h"
#include "protocol/lsp/code_lens.h"
#include "protocol/session.h"

namespace refract::lsp {

// The commands that preview, generate and verify migrations and write the folder's notes: begun on the strand, computed
// on the pool. Used on the strand.
class MigrationCommands {
 public:
  MigrationCommands(protocol::Session& session, Context& context, HistoryLoader& histories);

  // Any of them by name. Errors of the reply: invalid_params, for an unknown command or an argument that does not fit;
  // request_failed.
  void execute(const protocol::ExecuteCommandParams& params, const protocol::RequestContext& context,
               protocol::Reply<protocol::Json> reply);

 private:
  using Reply = protocol::Reply<protocol::Json>;

  void preview(const protocol::Json& argument, Reply reply);
  void generate(const protocol::Json& argument, Reply reply);
  void verify(const protocol::Json& argument, const protocol::RequestContext& context, Reply reply);
  // Both write a choice into the folder's notes and have the folder read again.
  void choose_rename(const protocol::Json& argument, Reply reply);
  void choose_cast(const protocol::Json& argument, Reply reply);
  // From any thread.
  void folder_changed(const std::string& file);

  protocol::Session& session_;
  Context& context_;
  HistoryLoader& histories_;
};

}  // namespace refract::lsp
