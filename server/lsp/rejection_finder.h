#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "protocol/session.h"
#include "workspace/host.h"

namespace refract::lsp {

// Finds on the pool what the database will reject of the schemas, once no edit came for a moment: a keystroke does not
// wait for it, and does not share the processor with it. One schema at a time. Used on the strand.
class RejectionFinder {
 public:
  using Schemas = std::vector<std::shared_ptr<const workspace::ProjectSnapshot>>;

  // `schemas`: those to look at. `found`: called on the strand after a search, which may have been for a schema that
  // was edited meanwhile; it is to call look_soon() again.
  RejectionFinder(protocol::Session& session, std::function<Schemas()> schemas, std::function<void()> found)
      : session_(session), schemas_(std::move(schemas)), found_(std::move(found)), pause_(session.timer()) {}

  // There was an edit, or there may be more to look at.
  void look_soon();

 private:
  // Looks at the first schema that needs it.
  void look();

  protocol::Session& session_;
  std::function<Schemas()> schemas_;
  std::function<void()> found_;
  protocol::Timer pause_;
  bool busy_ = false;
};

}  // namespace refract::lsp
