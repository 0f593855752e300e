#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "protocol/session.h"
#include "workspace/host.h"

namespace refract::lsp {

// Shows once that nothing is reported about a file, as it is written in another language than Prisma's, or that a
// project uses a version of Prisma that is not supported. Used on the strand.
class LanguageNotice {
 public:
  explicit LanguageNotice(protocol::Session& session) : session_(session) {}

  // `version_chosen`: the client's settings name the version, so that the project's does not count.
  void show_for(const workspace::ProjectSnapshot& view, bool version_chosen);

 private:
  protocol::Session& session_;
  std::set<std::string> shown_;  // paths of files, and messages about versions
};

}  // namespace refract::lsp
