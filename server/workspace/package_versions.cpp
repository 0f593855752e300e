#include "workspace/package_versions.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "support/ascii.h"
#include "support/json.h"
#include "support/percent.h"
#include "workspace/paths.h"
#include "workspace/schema_files.h"
#include "workspace/yaml.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

constexpr int kOldest = 5;
constexpr int kNewest = 7;
constexpr int kNoMajor = 1000;  // more than any

// A part of a range: an operator and a version, of which the major number and whether anything comes after it count.
struct Comparator {
  std::string_view op;  // "", "^", "~", "=", ">", ">=", "<", "<="
  int major = 0;
  bool has_minor = false;    // "7.1", but not "7" or "7.x"
  bool above_major = false;  // more than N.0.0
};

// Whether some version of the major number fits.
bool fits(const Comparator& comparator, int major) {
  if (comparator.op == ">=") return major >= comparator.major;
  if (comparator.op == ">") return comparator.has_minor ? major >= comparator.major : major > comparator.major;
  if (comparator.op == "<=") return major <= comparator.major;
  if (comparator.op == "<") return major < comparator.major || (major == comparator.major && comparator.above_major);
  return major == comparator.major;
}

// The comparators of one alternative, "5.1.0 - 6" among them; none: every version fits. nullopt: it is no range.
std::optional<std::vector<Comparator>> comparators_of(std::string_view text) {
  std::vector<Comparator> found;
  bool upper = false;  // the end of a hyphen range comes
  std::size_t at = 0;
  while (at < text.size()) {
    const char first = text[at];
    if (first == ' ' || first == '\t' || first == ',') {
      ++at;
      continue;
    }
    if (first == '-' && !found.empty() && at + 1 < text.size() && text[at + 1] == ' ') {
      found.back().op = ">=";
      upper = true;
      ++at;
      continue;
    }
    Comparator comparator;
    const std::size_t begin = at;
    while (at < text.size() && std::string_view("^~=<>").contains(text[at])) ++at;
    comparator.op = upper ? std::string_view("<=") : text.substr(begin, at - begin);
    upper = false;
    while (at < text.size() && text[at] == ' ') ++at;
    if (at < text.size() && text[at] == 'v') ++at;
    const std::size_t number = at;
    while (at < text.size() && ascii::is_digit(text[at]) && comparator.major < kNoMajor) {
      comparator.major = comparator.major * 10 + (text[at++] - '0');
    }
    const std::size_t rest = at;
    while (at < text.size() && !std::string_view(" \t,<>").contains(text[at])) ++at;
    const std::string_view tail = text.substr(rest, at - rest);
    if (rest == number) {
      // "*", "x", "x.x"
      if (tail.empty() || !std::string_view("*xX").contains(tail.front()) || (tail.size() > 1 && tail[1] != '.'))
        return std::nullopt;
      continue;
    }
    comparator.has_minor = tail.size() > 1 && tail[0] == '.' && ascii::is_digit(tail[1]);
    const std::string_view release = tail.substr(0, tail.find_first_of("-+"));
    comparator.above_major = std::ranges::any_of(release, [](char c) { return c >= '1' && c <= '9'; });
    found.push_back(comparator);
  }
  return found;
}

// "latest", "next"; not "prisma/prisma", "git+ssh://…".
bool is_tag(std::string_view text) {
  return !text.empty() && ascii::is_letter(text.front()) && std::ranges::all_of(text, [](char c) {
    return ascii::is_letter_or_digit(c) || std::string_view("-._").contains(c);
  });
}

// "^6.0.0" of "prisma@^6.0.0" and "@scope/prisma@^6.0.0"; empty for a name alone.
std::string_view after_name(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return text;
  return at == 0 ? std::string_view() : text.substr(at + 1);
}

// "npm:^6.0.0" of "patch:prisma@npm%3A^6.0.0#…", and of "npm:prisma@^6.0.0" and "workspace:^6.0.0" what names versions.
// nullopt: the version is that of a package on this disk.
std::optional<std::string> without_protocol(std::string_view specifier) {
  constexpr std::string_view kPatch = "patch:";
  constexpr std::string_view kWorkspace = "workspace:";
  constexpr std::string_view kNpm = "npm:";
  std::string range(specifier);
  if (range.starts_with(kPatch))
    range = after_name(percent_decoded(specifier.substr(kPatch.size(), specifier.find('#') - kPatch.size())));
  if (range.starts_with(kWorkspace)) {
    range = after_name(range.substr(kWorkspace.size()));
    if (range.empty() || range == "*" || range == "^" || range == "~") return std::nullopt;
  }
  if (range.starts_with(kNpm)) range = after_name(range.substr(kNpm.size()));
  return range;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::string_view(" \t\r\n").contains(text.front())) text.remove_prefix(1);
  while (!text.empty() && std::string_view(" \t\r\n").contains(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<std::string> range_in_package(std::string_view source, const std::string& name,
                                            const std::string& package) {
  const auto parsed = json::Document::parse(std::string(source));
  if (!parsed) return std::nullopt;
  const json::Value root = parsed->root();
  for (const json::Value& place : {root["workspaces"], root}) {
    const json::Value catalog = name.empty() ? place["catalog"] : place["catalogs"][name];
    if (const json::Value range = catalog[package]; range.is_string()) return std::string(range.string());
    if (const json::Value range = place["catalogs"]["default"][package]; name.empty() && range.is_string())
      return std::string(range.string());
  }
  return std::nullopt;
}

}  // namespace

VersionRange read_version_range(std::string_view specifier) {
  VersionRange result;
  const auto without = without_protocol(trimmed(specifier));
  if (!without || without->contains(':') || without->contains('/')) return result;
  std::string_view range = trimmed(*without);
  if (is_tag(range) && !comparators_of(range)) range = {};
  while (true) {
    const std::size_t end = range.find("||");
    if (const auto comparators = comparators_of(range.substr(0, end))) {
      // Version 0 of Prisma is one that its own repository has.
      for (std::size_t major = 1; major < result.majors.size(); ++major) {
        if (std::ranges::all_of(*comparators,
                                [&](const Comparator& one) { return fits(one, static_cast<int>(major)); }))
          result.majors.set(major);
      }
    }
    if (end == std::string_view::npos) break;
    range.remove_prefix(end + 2);
  }
  // The nearest one above the supported versions comes before those below.
  for (int major = kNewest + 1; major < static_cast<int>(result.majors.size()) && !result.unsupported; ++major) {
    if (result.majors[static_cast<std::size_t>(major)]) result.unsupported = major;
  }
  for (int major = 1; major <= kNewest; ++major) {
    if (!result.majors[static_cast<std::size_t>(major)]) continue;
    if (major >= kOldest) {
      result.version = static_cast<schema::PrismaVersion>(major);
    } else if (result.unsupported.value_or(0) <= kNewest) {
      result.unsupported = major;
    }
  }
  if (result.version) result.unsupported.reset();
  return result;
}

std::optional<std::string> range_in_catalog(std::string_view yaml, std::string_view name, std::string_view package) {
  const std::vector<YamlEntry> entries = read_yaml(yaml);
  if (name.empty()) {
    if (const std::string* range = find_scalar(entries, {"catalog", package})) return *range;
    name = "default";
  }
  const std::string* range = find_scalar(entries, {"catalogs", name, package});
  return range == nullptr ? std::nullopt : std::optional(*range);
}

std::optional<NamedVersion> find_in_catalogs(const fs::path& folder, std::string_view specifier,
                                             std::string_view package) {
  if (!specifier.starts_with("catalog:")) return std::nullopt;
  std::string name(trimmed(specifier.substr(std::string_view("catalog:").size())));
  if (name == "default") name.clear();
  for (fs::path at = folder;; at = at.parent_path()) {
    for (const char* file : {"pnpm-workspace.yaml", ".yarnrc.yml"}) {
      if (auto range = range_in_catalog(text_at(at / file), name, package)) {
        return NamedVersion{std::move(*range), fmt::format("the catalog of {}", file)};
      }
    }
    if (const std::string source = text_at(at / "package.json"); !source.empty()) {
      if (auto range = range_in_package(source, name, std::string(package))) {
        return NamedVersion{std::move(*range), "the catalog of package.json"};
      }
    }
    if (is_last_upwards(at)) return std::nullopt;
  }
}

}  // namespace refract::workspace
