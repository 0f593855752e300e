#include "workspace/workspace_packages.h"

#include <algorithm>
#include <string>
#include <vector>

#include "support/json.h"
#include "workspace/paths.h"
#include "workspace/schema_files.h"
#include "workspace/yaml.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

// Limit of the folders that the patterns of a workspace lead to.
constexpr std::size_t kMaxFolders = 5000;

std::optional<std::string> version_in(const fs::path& folder, std::string_view package) {
  const std::string source = text_at(folder / "package.json");
  if (source.empty()) return std::nullopt;
  const auto parsed = json::Document::parse(source);
  if (!parsed || (!package.empty() && parsed->root()["name"].string() != package)) return std::nullopt;
  const std::string_view version = parsed->root()["version"].string();
  return version.empty() ? std::nullopt : std::optional(std::string(version));
}

// The patterns of a workspace's folders, if the folder is the root of one.
std::vector<std::string> patterns_in(const fs::path& folder) {
  std::vector<std::string> patterns;
  for (const YamlEntry& entry : read_yaml(text_at(folder / "pnpm-workspace.yaml"))) {
    if (entry.keys == std::vector<std::string>{"packages", "-"}) patterns.push_back(entry.value);
  }
  const std::string source = text_at(folder / "package.json");
  if (source.empty()) return patterns;
  if (const auto parsed = json::Document::parse(source)) {
    const json::Value workspaces = parsed->root()["workspaces"];
    const json::Value list = workspaces.is_array() ? workspaces : workspaces["packages"];
    for (const json::Value& pattern : list.items()) patterns.emplace_back(pattern.string());
  }
  return patterns;
}

// Whether the name fits a pattern with asterisks.
bool matches(std::string_view name, std::string_view pattern) {
  std::size_t in_name = 0;
  std::size_t in_pattern = 0;
  std::optional<std::size_t> asterisk;
  std::size_t after_asterisk = 0;  // in the name: what the last asterisk stands for ends here
  while (in_name < name.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      asterisk = in_pattern++;
      after_asterisk = in_name;
    } else if (in_pattern < pattern.size() && pattern[in_pattern] == name[in_name]) {
      ++in_pattern;
      ++in_name;
    } else if (asterisk) {
      in_pattern = *asterisk + 1;
      in_name = ++after_asterisk;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

// The folders that a pattern of a workspace leads to: "packages/*", "apps/**".
class PatternFolders {
 public:
  std::vector<fs::path> find(const fs::path& root, const fs::path& pattern) {
    end_ = pattern.end();
    add(root, pattern.begin());
    std::ranges::sort(found_);
    return std::move(found_);
  }

 private:
  void add(const fs::path& at, fs::path::iterator part) {
    if (++visited_ > kMaxFolders) return;
    while (part != end_ && (part->empty() || *part == ".")) ++part;
    if (part == end_) {
      found_.push_back(at);
      return;
    }
    const std::string pattern = part->string();
    const fs::path::iterator next = std::next(part);
    if (!pattern.contains('*')) {
      add(at / pattern, next);
      return;
    }
    const bool any_depth = pattern == "**";
    if (any_depth) add(at, next);
    std::error_code failed;
    for (fs::directory_iterator entry(at, failed); !failed && entry != fs::directory_iterator();
         entry.increment(failed)) {
      const std::string name = entry->path().filename().string();
      std::error_code ignored;
      if (name == "node_modules" || name.starts_with('.') || !entry->is_directory(ignored)) continue;
      if (any_depth && !entry->is_symlink(ignored)) add(entry->path(), part);
      if (!any_depth && matches(name, pattern)) add(entry->path(), next);
    }
  }

  fs::path::iterator end_;
  std::size_t visited_ = 0;
  std::vector<fs::path> found_;
};

std::optional<NamedVersion> find_in_workspace(const fs::path& folder, std::string_view package) {
  for (fs::path at = folder;; at = at.parent_path()) {
    const std::vector<std::string> patterns = patterns_in(at);
    for (const std::string& pattern : patterns) {
      if (pattern.starts_with('!')) continue;
      for (const fs::path& member : PatternFolders().find(at, pattern)) {
        if (auto version = version_in(member, package))
          return NamedVersion{std::move(*version), member.lexically_relative(at).generic_string()};
      }
    }
    if (!patterns.empty() || is_last_upwards(at)) return std::nullopt;
  }
}

}  // namespace

std::optional<NamedVersion> find_local_package(const fs::path& folder, std::string_view specifier,
                                               std::string_view package) {
  constexpr std::string_view kWorkspace = "workspace:";
  const std::size_t colon = specifier.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view protocol = specifier.substr(0, colon + 1);
  const std::string_view rest = specifier.substr(colon + 1);
  const bool in_workspace = protocol == kWorkspace;
  if (!in_workspace && protocol != "file:" && protocol != "link:" && protocol != "portal:") return std::nullopt;
  if (!in_workspace || rest.starts_with('.')) {
    auto version = version_in((folder / rest).lexically_normal(), {});
    return version ? std::optional(NamedVersion{std::move(*version), std::string(rest)}) : std::nullopt;
  }
  // "workspace:prisma-fork@*" names the package.
  const std::size_t at = rest.rfind('@');
  const bool named = at != std::string_view::npos && at > 0;
  return find_in_workspace(folder, named ? rest.substr(0, at) : package);
}

}  // namespace refract::workspace
