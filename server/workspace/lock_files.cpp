#include "workspace/lock_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/json.h"
#include "workspace/paths.h"
#include "workspace/yaml.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

std::string in_npm(const std::string& source, const fs::path& project, const std::string& package) {
  const auto parsed = json::Document::parse(source);
  if (!parsed) return {};
  const json::Value root = parsed->root();
  // What a package has for itself lies in its own node_modules, all else in those above.
  for (fs::path at = project;; at = at.parent_path()) {
    const std::string key = (at / "node_modules" / package).generic_string();
    if (const auto version = root["packages"][key]["version"].string(); !version.empty()) return std::string(version);
    if (at.empty()) break;
  }
  return std::string(root["dependencies"][package]["version"].string());
}

std::string in_pnpm(const std::string& source, const fs::path& project, const std::string& package) {
  const std::string importer = project.empty() ? "." : project.generic_string();
  for (const YamlEntry& entry : read_yaml(source)) {
    // A workspace of one package had no importers in earlier formats.
    const std::size_t begin = entry.keys.front() == "importers" ? 2 : 0;
    if (begin == 2 && (entry.keys.size() < 4 || entry.keys[1] != importer)) continue;
    if (entry.keys.size() < begin + 2 || !entry.keys[begin].ends_with("ependencies")) continue;
    if (entry.keys[begin + 1] != package) continue;
    if (entry.keys.size() > begin + 2 && entry.keys[begin + 2] != "version") continue;
    // "6.1.0(typescript@5.4.0)", "6.1.0_typescript@5.4.0"
    return entry.value.substr(0, entry.value.find_first_of("(_"));
  }
  return {};
}

std::string_view taken_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// `"prisma@npm:>=5, prisma@npm:^6.0.0":` of Yarn, `"prisma@>=5", prisma@^6.0.0:` of Yarn 1.
bool names(std::string_view line, std::string_view package, std::string_view specifier) {
  std::string plain;
  for (const char c : line) {
    if (c != '"') plain += c;
  }
  if (plain.ends_with(':')) plain.pop_back();
  std::string_view rest = plain;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(", "), rest.size());
    const std::string_view one = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 2, rest.size()));
    if (one == fmt::format("{}@{}", package, specifier) || one == fmt::format("{}@npm:{}", package, specifier))
      return true;
  }
  return false;
}

std::string in_yarn(std::string_view source, std::string_view package, std::string_view specifier) {
  bool inside = false;
  while (!source.empty()) {
    std::string_view line = taken_line(source);
    if (line.empty() || line.starts_with('#')) continue;
    if (!line.starts_with(' ')) {
      inside = line.contains(package) && names(line, package, specifier);
      continue;
    }
    constexpr std::string_view kVersion = "  version";
    if (!inside || !line.starts_with(kVersion)) continue;
    line.remove_prefix(kVersion.size());
    std::string version;
    for (const char c : line) {
      if (!std::string_view(" :\"").contains(c)) version += c;
    }
    return version;
  }
  return {};
}

// `"prisma": ["prisma@6.1.0", …` in JSON with comments and commas.
std::string in_bun(std::string_view source, std::string_view package) {
  const std::string key = fmt::format("\"{}\": [\"", package);
  const std::size_t at = source.find(key);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + key.size();
  const std::string_view name = source.substr(begin, std::min(source.find('"', begin), source.size()) - begin);
  return std::string(name.substr(std::min(name.rfind('@'), name.size() - 1) + 1));
}

}  // namespace

std::optional<NamedVersion> find_in_lock_file(const fs::path& folder, const fs::path& project, std::string_view package,
                                              std::string_view specifier) {
  fs::path inside = project.lexically_relative(folder);
  if (inside == ".") inside.clear();
  const std::string name(package);
  for (const std::string_view file : kLockFiles) {
    const std::string source = text_at(folder / file);
    if (source.empty()) continue;
    std::string version = file == "pnpm-lock.yaml" ? in_pnpm(source, inside, name)
                          : file == "yarn.lock"    ? in_yarn(source, name, specifier)
                          : file == "bun.lock"     ? in_bun(source, name)
                                                   : in_npm(source, inside, name);
    if (!version.empty()) return NamedVersion{std::move(version), std::string(file)};
  }
  return std::nullopt;
}

}  // namespace refract::workspace
