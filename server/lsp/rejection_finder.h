#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "protocol/session.h"
#include "workspace/host.h"

namespace refract::lsp {

// Finds on the pool what the database will reject of a schema, after its other diagnostics were published: a keystroke
// does not wait for it. One schema at a time, so that quick edits do not queue. Used on the strand.
class RejectionFinder {
 public:
  // `found`: called on the strand after a search, which may have been for a schema that was edited meanwhile.
  RejectionFinder(protocol::Session& session, std::function<void()> found)
      : session_(session), found_(std::move(found)) {}

  // Looks at the first of them that needs it; `found` is called in the end, and is to call this again.
  void look_at(const std::vector<std::shared_ptr<const workspace::ProjectSnapshot>>& schemas);

 private:
  protocol::Session& session_;
  std::function<void()> found_;
  bool busy_ = false;
};

}  // namespace refract::lsp
