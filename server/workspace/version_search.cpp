#include "workspace/version_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "support/json.h"
#include "workspace/lock_files.h"
#include "workspace/paths.h"
#include "workspace/workspace_packages.h"
#include "workspace/yaml.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

constexpr std::array kPackages = {"prisma", "@prisma/client"};
// In the order in which they count.
constexpr std::array kGroups = {"dependencies", "devDependencies", "optionalDependencies", "peerDependencies"};

// The words of a package in a package.json: a range, "catalog:", …
struct Specifier {
  std::string text;
  std::string place;  // "package.json"
};

// One package, looked for in the folders.
class Search {
 public:
  Search(std::span<const fs::path> folders, std::string_view package) : folders_(folders), package_(package) {}

  std::optional<PackageVersion> run() const {
    std::size_t installed_level = 0;
    auto installed = find_installed(installed_level);
    std::size_t declared_level = 0;
    auto declared = find_declared(declared_level);
    const bool fits = installed && declared && (declared->range.majors & installed->range.majors).any();
    auto found = installed && (!declared || installed_level <= declared_level || fits) ? std::move(installed)
                                                                                       : std::move(declared);
    if (found) found->level = std::min(installed_level, declared_level);
    return found;
  }

 private:
  // `level`: the number of the folder; without one the number of all.
  std::optional<PackageVersion> find_installed(std::size_t& level) const {
    for (level = 0; level < folders_.size(); ++level) {
      const std::string source = text_at(folders_[level] / "node_modules" / package_ / "package.json");
      const auto parsed = json::Document::parse(source);
      if (source.empty() || !parsed) continue;
      const std::string_view version = parsed->root()["version"].string();
      if (version.empty()) continue;
      if (auto range = read_version_range(version); range.names_version())
        return PackageVersion{range, fmt::format("{} {} in node_modules", package_, version), level};
    }
    return std::nullopt;
  }

  // The nearest declaration; one that leaves the version open gives way to a narrower one above it that fits it, and
  // to lock files.
  std::optional<PackageVersion> find_declared(std::size_t& level) const {
    std::optional<PackageVersion> nearest;
    Specifier written;
    level = folders_.size();
    for (std::size_t at = 0; at < folders_.size(); ++at) {
      if (nearest && !nearest->range.is_open()) break;
      const auto specifier = specifier_in(folders_[at]);
      auto found = specifier ? resolve(folders_[at], *specifier) : std::nullopt;
      if (!found) continue;
      if (!nearest) {
        level = at;
        written = *specifier;
        nearest = std::move(found);
      } else if (!found->range.is_open() && (nearest->range.majors & found->range.majors).any()) {
        nearest = std::move(found);
      }
    }
    if (auto overridden = find_override(nearest, level)) return overridden;
    if (nearest && nearest->range.is_open()) {
      if (auto locked = find_locked(level, written.text)) return locked;
    }
    return nearest;
  }

  std::optional<Specifier> specifier_in(const fs::path& folder) const {
    const auto parsed = json::Document::parse(text_at(folder / "package.json"));
    if (!parsed) return std::nullopt;
    for (const char* group : kGroups) {
      const json::Value specifier = parsed->root()[group][package_];
      if (specifier.is_string()) return Specifier{std::string(specifier.string()), "package.json"};
    }
    return std::nullopt;
  }

  // nullopt: it names no version.
  std::optional<PackageVersion> resolve(const fs::path& folder, const Specifier& specifier) const {
    NamedVersion named{specifier.text, specifier.place};
    if (auto entry = find_in_catalogs(folder, specifier.text, package_)) named = std::move(*entry);
    if (auto local = find_local_package(folder, named.range, package_)) named = std::move(*local);
    auto range = read_version_range(named.range);
    if (!range.names_version()) return std::nullopt;
    const std::string_view shown = named.range.empty() ? std::string_view("*") : std::string_view(named.range);
    return PackageVersion{range, fmt::format("{} {} in {}", package_, shown, named.source), 0};
  }

  std::optional<PackageVersion> find_locked(std::size_t declared_level, const std::string& specifier) const {
    for (std::size_t at = declared_level; at < folders_.size(); ++at) {
      const auto locked = find_in_lock_file(folders_[at], folders_[declared_level], package_, specifier);
      if (!locked) continue;
      if (auto range = read_version_range(locked->range); range.names_version())
        return PackageVersion{range, fmt::format("{} {} in {}", package_, locked->range, locked->source), 0};
    }
    return std::nullopt;
  }

  // `overrides` of npm, Bun and pnpm, `resolutions` of Yarn. Where several have the package, the nearest one counts.
  std::optional<PackageVersion> find_override(const std::optional<PackageVersion>& declared, std::size_t& level) const {
    for (std::size_t at = 0; at < folders_.size(); ++at) {
      for (const auto& [key, specifier] : overrides_in(folders_[at])) {
        auto found = selects(key, declared) ? resolve(folders_[at], specifier) : std::nullopt;
        if (!found) continue;
        level = std::min(level, at);
        return found;
      }
    }
    return std::nullopt;
  }

  // "prisma", "**/prisma" and "prisma@^5", which is for what is declared as that alone; not "other>prisma", which is
  // for a dependency of another package.
  bool selects(std::string_view key, const std::optional<PackageVersion>& declared) const {
    if (key.starts_with("**/")) key.remove_prefix(3);
    if (!key.starts_with(package_)) return false;
    const std::string_view rest = key.substr(package_.size());
    if (rest.empty()) return true;
    // "prisma@>=5 <6", not "prisma@5>other".
    const std::size_t last = rest.rfind('>');
    const bool is_parent = last != std::string_view::npos && last + 1 < rest.size() &&
                           !std::string_view("= 0123456789").contains(rest[last + 1]);
    return rest.front() == '@' && !is_parent && fits(rest.substr(1), declared);
  }

  static bool fits(std::string_view range, const std::optional<PackageVersion>& declared) {
    return !declared || (read_version_range(range).majors & declared->range.majors).any();
  }

  std::vector<std::pair<std::string, Specifier>> overrides_in(const fs::path& folder) const {
    std::vector<std::pair<std::string, Specifier>> found;
    if (const auto parsed = json::Document::parse(text_at(folder / "package.json"))) {
      const json::Value root = parsed->root();
      const std::pair<json::Value, const char*> groups[] = {{root["overrides"], "overrides"},
                                                            {root["resolutions"], "resolutions"},
                                                            {root["pnpm"]["overrides"], "pnpm.overrides"}};
      for (const auto& [group, name] : groups) {
        for (const auto& [key, value] : group.members()) {
          // npm's form for a package that has overrides of its own.
          const std::string_view text = value.is_object() ? value["."].string() : value.string();
          if (!text.empty()) found.emplace_back(key, referred(root, text, fmt::format("{} of package.json", name)));
        }
      }
      for (const YamlEntry& entry : read_yaml(text_at(folder / "pnpm-workspace.yaml"))) {
        if (entry.keys.size() == 2 && entry.keys.front() == "overrides")
          found.emplace_back(entry.keys[1], referred(root, entry.value, "overrides of pnpm-workspace.yaml"));
      }
    }
    return found;
  }

  // "$prisma" stands for what the same package.json declares.
  static Specifier referred(const json::Value& root, std::string_view text, std::string place) {
    if (text.starts_with('$')) {
      for (const char* group : kGroups) {
        const json::Value declared = root[group][text.substr(1)];
        if (declared.is_string()) return {std::string(declared.string()), "package.json"};
      }
    }
    return {std::string(text), std::move(place)};
  }

  std::span<const fs::path> folders_;
  std::string_view package_;
};

}  // namespace

std::optional<PackageVersion> find_package_version(std::span<const fs::path> folders) {
  auto command = Search(folders, kPackages[0]).run();
  auto client = Search(folders, kPackages[1]).run();
  const bool nearer = command && client && client->level < command->level && !client->range.is_open();
  return command && !nearer ? std::move(command) : std::move(client);
}

bool uses_prisma(const fs::path& folder) {
  const auto parsed = json::Document::parse(text_at(folder / "package.json"));
  return std::ranges::any_of(kPackages, [&](const char* package) {
    const bool declared = parsed && std::ranges::any_of(kGroups, [&](const char* group) {
                            return parsed->root()[group][package].exists();
                          });
    return declared || is_file(folder / "node_modules" / package / "package.json");
  });
}

}  // namespace refract::workspace
