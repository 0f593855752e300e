#pragma once

#include <optional>
#include <string>
#include <vector>

namespace refract::bench {

// Prisma's own language server, as npm gives it.
struct PrismaServer {
  std::vector<std::string> command;
  std::string version;  // its own and Node's
};

// The server from ${REFRACT_CACHE:-~/.cache/refract}/prisma-language-server, installed there on first use.
// nullopt: Node.js or npm is not here, or the installation failed; a line on standard output says so.
std::optional<PrismaServer> find_prisma_server();

// What a shell command writes, without the line break at the end; empty where it fails.
std::string output_of(const std::string& shell_command);

}  // namespace refract::bench
