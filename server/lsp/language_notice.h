#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "protocol/session.h"
#include "workspace/host.h"

namespace refract::lsp {

// Says of a file that is written in another language than Prisma's that nothing is reported about it, once. Used on
// the strand.
class LanguageNotice {
 public:
  explicit LanguageNotice(protocol::Session& session) : session_(session) {}

  void show_for(const workspace::ProjectSnapshot& view);

 private:
  protocol::Session& session_;
  std::set<std::string> shown_;  // paths
};

}  // namespace refract::lsp
