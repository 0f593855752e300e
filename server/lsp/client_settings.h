#pragma once

#include <functional>
#include <set>
#include <string>

#include "lsp/context.h"
#include "protocol/session.h"

namespace refract::lsp {

// The client's settings, sent with `initialize`, at each change, or when asked for. Used on the strand.
class ClientSettings {
 public:
  struct Changed {
    std::function<void()> diagnostics;  // other diagnostics are hidden
    std::function<void()> display;      // lenses and hints are to be shown otherwise
    std::function<void()> schemas;      // schemas are to be read otherwise
  };
  ClientSettings(protocol::Session& session, Context& context, Changed changed);

  // Those of a client's section `refract`.
  void apply(const protocol::Json& section);
  void ask();

 private:
  protocol::Session& session_;
  Context& context_;
  Changed changed_;
  std::set<std::string> reported_refusals_;
};

}  // namespace refract::lsp
