#include "workspace/prisma_config.h"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>

#include "support/json.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return {};
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// String literals joined into a path: `"prisma/schema"`, `path.join('prisma', "schema")`.
std::optional<std::string> literal_path(const std::string& source, const char* key_pattern) {
  const std::regex pattern(
      std::string(key_pattern) +
      R"re(\s*:\s*(?:path\s*\.\s*)?(?:(?:join|resolve)\s*\()?((?:\s*(?:__dirname|import\.meta\.dirname|"[^"\n]*"|'[^'\n]*')\s*,?)+))re");
  std::smatch found;
  if (!std::regex_search(source, found, pattern)) return std::nullopt;
  const std::string arguments = found[1];
  static const std::regex kLiteral(R"re("([^"]*)"|'([^']*)')re");
  fs::path path;
  for (auto it = std::sregex_iterator(arguments.begin(), arguments.end(), kLiteral); it != std::sregex_iterator();
       ++it) {
    path /= (*it)[1].matched ? (*it)[1].str() : (*it)[2].str();
  }
  return path.empty() ? std::nullopt : std::optional(path.string());
}

void read_prisma_config(const fs::path& folder, PrismaConfig& config) {
  static constexpr std::array<const char*, 6> kNames = {"prisma.config.ts", "prisma.config.mts", "prisma.config.cts",
                                                        "prisma.config.js", "prisma.config.mjs", "prisma.config.cjs"};
  for (const char* name : kNames) {
    const std::string source = slurp(folder / name);
    if (source.empty()) continue;
    config.folder = folder;
    if (auto schema = literal_path(source, R"re(\bschema)re")) {
      config.schema = (folder / *schema).lexically_normal();
      config.schema_source = name;
    }
    static const std::regex kMigrations(R"re(\bmigrations\s*:\s*\{([^}]*)\})re");
    std::smatch block;
    if (std::regex_search(source, block, kMigrations)) {
      if (auto path = literal_path(block[1], R"re(\bpath)re")) config.migrations = (folder / *path).lexically_normal();
    }
    return;
  }
}

void read_package(const fs::path& folder, PrismaConfig& config) {
  const std::string source = slurp(folder / "package.json");
  if (source.empty()) return;
  const auto parsed = json::Document::parse(source);
  if (!parsed) return;
  const json::Value root = parsed->root();
  if (config.folder.empty()) config.folder = folder;
  if (const auto schema = root["prisma"]["schema"].string(); !schema.empty() && !config.schema) {
    config.folder = folder;
    config.schema = (folder / schema).lexically_normal();
    config.schema_source = "package.json";
  }
  for (const char* group : {"dependencies", "devDependencies", "peerDependencies"}) {
    for (const char* package : {"prisma", "@prisma/client"}) {
      if (config.version) return;
      const auto range = root[group][package].string();
      config.version = major_of_range(range);
      if (config.version) config.version_source = fmt::format("{} {} in package.json", package, range);
    }
  }
}

// What is installed beats what a range allows.
void read_installed(const fs::path& folder, PrismaConfig& config) {
  for (const char* package : {"prisma", "@prisma/client"}) {
    if (config.version) return;
    const std::string source = slurp(folder / "node_modules" / package / "package.json");
    if (source.empty()) continue;
    const auto parsed = json::Document::parse(source);
    if (!parsed) continue;
    const auto version = parsed->root()["version"].string();
    config.version = major_of_range(version);
    if (config.version) config.version_source = fmt::format("{} {} in node_modules", package, version);
  }
}

}  // namespace

std::optional<schema::PrismaVersion> major_of_range(std::string_view range) {
  if (const std::size_t at = range.rfind('@'); at != std::string_view::npos) range.remove_prefix(at + 1);
  std::size_t digit = 0;
  while (digit < range.size() && std::isdigit(static_cast<unsigned char>(range[digit])) == 0) {
    // "latest", "workspace:*", "file:../x": no number means no answer.
    if (std::isalpha(static_cast<unsigned char>(range[digit])) != 0 && range[digit] != 'v') return std::nullopt;
    ++digit;
  }
  int major = 0;
  while (digit < range.size() && std::isdigit(static_cast<unsigned char>(range[digit])) != 0 && major < 1000) {
    major = major * 10 + (range[digit++] - '0');
  }
  if (major < 5 || major > 7) return std::nullopt;
  return static_cast<schema::PrismaVersion>(major);
}

PrismaConfig read_config(const fs::path& folder) {
  PrismaConfig config;
  std::error_code ignored;
  fs::path at = fs::absolute(folder, ignored).lexically_normal();
  for (;; at = at.parent_path()) {
    if (!config.schema && config.folder.empty()) read_prisma_config(at, config);
    read_installed(at, config);
    read_package(at, config);
    // Beyond the nearest package only the version is of interest.
    if (config.version || at == at.parent_path() || fs::exists(at / ".git", ignored)) return config;
  }
}

}  // namespace refract::workspace
