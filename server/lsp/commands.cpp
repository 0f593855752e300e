// The methods of the one group that no position or document is part of: commands and the server's status.
#include "lsp/commands.h"

#include "lsp/server.h"
#include "lsp/status.h"

namespace refract::lsp {

using protocol::Json;

void Server::bind_commands() {
  session_.bind().deferred("workspace/executeCommand",
                           [this](const protocol::RequestContext& context, const protocol::ExecuteCommandParams& params,
                                  protocol::Reply<Json> reply) {
                             if (params.command == kStatusCommand)
                               return reply(status_of(context_, publisher_.analysis_milliseconds()));
                             commands_.execute(params, context, std::move(reply));
                           });
  session_.bind().request("refract/status",
                          [this](const protocol::RequestContext&, const protocol::NoParams&) -> protocol::Result<Json> {
                            return status_of(context_, publisher_.analysis_milliseconds());
                          });
}

}  // namespace refract::lsp
