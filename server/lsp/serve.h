#pragma once

#include <cstdint>
#include <optional>

namespace refract::lsp {

struct ServeOptions {
  std::optional<std::uint16_t> tcp_port;  // nullopt: stdio; 0: any free port, printed on stderr
};

// Serves one client until it says exit or is gone. Returns the process's exit code (LSP: 0 after shutdown, else 1).
int serve(const ServeOptions& options);

}  // namespace refract::lsp
