#include "lsp/serve.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "lsp/server.h"
#include "protocol/session.h"
#include "protocol/transport.h"

namespace refract::lsp {

int serve(const ServeOptions& options) {
  // stdout belongs to the protocol.
  const auto logger = spdlog::stderr_logger_mt("refract");
  protocol::SessionOptions session_options;
  session_options.end_on_signals = true;
  session_options.log = [logger](const std::string& line) { logger->info(line); };

  std::unique_ptr<protocol::Transport> transport;
  if (options.tcp_port) {
    auto listening = protocol::tcp_transport(*options.tcp_port, protocol::announce_port);
    if (!listening) {
      logger->error(listening.error());
      return 2;
    }
    transport = std::move(*listening);
  } else {
    transport = protocol::stdio_transport();
  }
  protocol::Session session(std::move(transport), std::move(session_options));
  Server server(session);
  server.bind_lifecycle();
  server.bind_documents();
  server.bind_files();
  server.bind_diagnostics();
  server.bind_language();
  server.bind_navigation();
  server.bind_structure();
  server.bind_semantic_tokens();
  server.bind_lenses();
  server.bind_actions();
  server.bind_commands();
  return session.run();
}

}  // namespace refract::lsp
