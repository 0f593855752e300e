#pragma once

#include <cstdint>
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
  // The migrations folders of all schemas, wherever they are and whatever their names, as they are configured now, and
  // the folders of the schemas: where one is deleted or moved, some clients report the folder and none of its files.
  // Looks on disk where symbolic links lead.
  void watch_folders();
  // The same where the host knows other schemas than the last time; else nothing.
  void follow_folders();

 private:
  // Folders that the client was asked to watch under one name.
  struct Watched {
    const char* id;
    std::vector<std::filesystem::path> folders = {};  // alone
    std::vector<std::filesystem::path> whole = {};    // with all in them
  };
  void renew(Watched& watched, std::vector<std::filesystem::path> folders, std::vector<std::filesystem::path> whole);

  protocol::Session& session_;
  Context& context_;
  bool watching_ = false;         // the client was asked to watch files
  std::uint64_t generation_ = 0;  // of the host, when its folders were watched
  Watched migrations_{.id = "refract.watch.migrations"};
  Watched schemas_{.id = "refract.watch.schemas"};
};

}  // namespace refract::lsp
