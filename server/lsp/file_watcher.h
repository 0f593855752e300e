#pragma once

#include <filesystem>
#include <vector>

#include "lsp/context.h"
#include "protocol/session.h"

namespace refract::lsp {

// Has the client watch the files that answers depend on. Used on the strand.
class FileWatcher {
 public:
  FileWatcher(protocol::Session& session, Context& context);

  // After `initialized`.
  void start();
  // The migrations folders of all schemas, wherever they are and whatever their names, as they are configured now.
  // Looks on disk where symbolic links lead.
  void watch_migrations();
  // The same where the folders are others than the last time; else nothing.
  void follow_migrations();

 private:
  protocol::Session& session_;
  Context& context_;
  bool watching_ = false;                                  // the client was asked to watch files
  std::vector<std::filesystem::path> watched_;             // migrations folders among them
  std::vector<std::filesystem::path> migrations_folders_;  // that they were found from
};

}  // namespace refract::lsp
