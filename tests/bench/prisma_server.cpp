#include "bench/prisma_server.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace refract::bench {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPackage = "@prisma/language-server@31";

fs::path cache_folder() {
  if (const char* cache = std::getenv("REFRACT_CACHE")) return cache;
  const char* home = std::getenv("HOME");
  return fs::path(home != nullptr ? home : "/tmp") / ".cache/refract";
}

// True when the folder has the package afterwards.
bool install(const fs::path& folder, const fs::path& package) {
  if (fs::exists(package / "package.json")) return true;
  fs::create_directories(folder);
  fmt::print("installing {} (once)\n", kPackage);
  std::fflush(stdout);
  const int status =
      std::system(fmt::format("cd '{}' && npm install --ignore-scripts --no-audit --no-fund '{}' >npm.log 2>&1",
                              folder.string(), kPackage)
                      .c_str());
  return status == 0 && fs::exists(package / "package.json");
}

}  // namespace

std::string output_of(const std::string& shell_command) {
  std::string output;
  std::FILE* pipe = ::popen((shell_command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return output;
  std::array<char, 4096> buffer;
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe))
    output.append(buffer.data(), count);
  if (::pclose(pipe) != 0) return {};
  while (output.ends_with('\n')) output.pop_back();
  return output;
}

std::optional<PrismaServer> find_prisma_server() {
  const std::string node = output_of("node --version");
  if (node.empty() || output_of("npm --version").empty()) {
    fmt::print("skipped: Node.js and npm are not here, so Prisma's own server is not measured\n");
    return std::nullopt;
  }
  const fs::path folder = cache_folder() / "prisma-language-server";
  const fs::path package = folder / "node_modules/@prisma/language-server";
  if (!install(folder, package)) {
    fmt::print("skipped: {} could not be installed (see {}), so it is not measured\n", kPackage,
               (folder / "npm.log").string());
    return std::nullopt;
  }
  const std::string version =
      output_of(fmt::format("node -p 'require(process.argv[1]).version' '{}'", (package / "package.json").string()));
  // Nobody reads its standard error here; a full pipe would stop it.
  return PrismaServer{
      .command = {"sh", "-c", "exec node \"$1\" --stdio 2>/dev/null", "sh", (package / "dist/bin.js").string()},
      .version = fmt::format("@prisma/language-server {} on Node {}", version, node)};
}

}  // namespace refract::bench
