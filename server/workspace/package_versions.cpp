#include "workspace/package_versions.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "support/ascii.h"
#include "support/json.h"
#include "support/percent.h"
#include "workspace/paths.h"
#include "workspace/schema_files.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

constexpr int kOldest = 5;
constexpr int kNewest = 7;

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

// The comparators of one alternative, "5.1.0 - 6" among them. Empty: it names no version.
std::vector<Comparator> comparators_of(std::string_view text) {
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
    // "latest", "file:../x", "*"
    if (at >= text.size() || !ascii::is_digit(text[at])) return {};
    while (at < text.size() && ascii::is_digit(text[at]) && comparator.major < 1000) {
      comparator.major = comparator.major * 10 + (text[at++] - '0');
    }
    const std::size_t rest = at;
    while (at < text.size() && !std::string_view(" \t,<>").contains(text[at])) ++at;
    const std::string_view tail = text.substr(rest, at - rest);
    comparator.has_minor = tail.size() > 1 && tail[0] == '.' && ascii::is_digit(tail[1]);
    const std::string_view release = tail.substr(0, tail.find_first_of("-+"));
    comparator.above_major = std::ranges::any_of(release, [](char c) { return c >= '1' && c <= '9'; });
    found.push_back(comparator);
  }
  return found;
}

// "npm:^6.0.0" of "patch:prisma@npm%3A^6.0.0#…", and of "npm:prisma@^6.0.0" and "workspace:^6.0.0" what names versions.
std::string without_protocol(std::string_view specifier) {
  std::string range(specifier);
  if (range.starts_with("patch:")) range = percent_decoded(specifier.substr(0, specifier.find('#')));
  if (const std::size_t at = range.rfind('@'); at != std::string::npos) range.erase(0, at + 1);
  for (const std::string_view protocol : {"workspace:", "npm:"}) {
    if (range.starts_with(protocol)) range.erase(0, protocol.size());
  }
  return range;
}

// The major version that a range names which no supported version fits.
int named_major(const Comparator& comparator) {
  // "<5" and "<5.0.0" are 4 at most; ">7" is 8 at least.
  if (comparator.op == "<" && !comparator.above_major) return comparator.major - 1;
  if (comparator.op == ">" && !comparator.has_minor) return comparator.major + 1;
  return comparator.major;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::string_view(" \t\r").contains(text.front())) text.remove_prefix(1);
  while (!text.empty() && std::string_view(" \t\r").contains(text.back())) text.remove_suffix(1);
  return text;
}

// Without quotes or, if there are none, without a comment.
std::string_view scalar(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && (text.front() == '"' || text.front() == '\'')) {
    return text.substr(1, std::min(text.find(text.front(), 1), text.size()) - 1);
  }
  return trimmed(text.substr(0, text.find(" #")));
}

struct YamlLine {
  std::size_t indent = 0;
  std::string_view key;
  std::string_view value;
};

// nullopt: it is blank, a comment or no `key: value`.
std::optional<YamlLine> yaml_line(std::string_view line) {
  YamlLine read;
  read.indent = std::min(line.find_first_not_of(' '), line.size());
  line.remove_prefix(read.indent);
  if (line.empty() || line.front() == '#' || line.front() == '-') return std::nullopt;
  std::size_t colon = 0;
  if (line.front() == '"' || line.front() == '\'') {
    const std::size_t close = line.find(line.front(), 1);
    if (close == std::string_view::npos) return std::nullopt;
    colon = line.find(':', close);
  } else {
    colon = line.find(':');
  }
  if (colon == std::string_view::npos) return std::nullopt;
  read.key = scalar(line.substr(0, colon));
  read.value = trimmed(line.substr(colon + 1));
  return read;
}

// Of `{ prisma: ^7.0.0, other: 1 }`.
std::optional<std::string> range_in_braces(std::string_view text, std::string_view package) {
  text = text.substr(1, std::min(text.find('}'), text.size()) - 1);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const auto entry = yaml_line(trimmed(text.substr(0, end)));
    if (entry && entry->key == package) return std::string(scalar(entry->value));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::nullopt;
}

std::optional<std::string> range_in_package(std::string_view source, const std::string& name,
                                            const std::string& package) {
  const auto parsed = json::Document::parse(std::string(source));
  if (!parsed) return std::nullopt;
  const json::Value root = parsed->root();
  for (const json::Value& place : {root["workspaces"], root}) {
    const auto range = name.empty() ? place["catalog"][package].string() : place["catalogs"][name][package].string();
    if (!range.empty()) return std::string(range);
  }
  return std::nullopt;
}

}  // namespace

VersionRange read_version_range(std::string_view specifier) {
  const std::string without = without_protocol(specifier);
  std::string_view range = without;
  VersionRange result;
  while (true) {
    const std::size_t end = range.find("||");
    const std::vector<Comparator> comparators = comparators_of(range.substr(0, end));
    for (int major = kNewest; major >= kOldest && !comparators.empty(); --major) {
      if (!std::ranges::all_of(comparators, [&](const Comparator& one) { return fits(one, major); })) continue;
      const auto version = static_cast<schema::PrismaVersion>(major);
      if (!result.version || *result.version < version) result.version = version;
      break;
    }
    if (!comparators.empty())
      result.unsupported = std::max(result.unsupported.value_or(0), named_major(comparators.front()));
    if (end == std::string_view::npos) break;
    range.remove_prefix(end + 2);
  }
  // What is left has no common version at all (">=7 <6").
  if (result.version || (result.unsupported >= kOldest && result.unsupported <= kNewest)) result.unsupported.reset();
  return result;
}

std::optional<std::string> range_in_catalog(std::string_view yaml, std::string_view name, std::string_view package) {
  // The keys that lead to the package: {catalog, prisma} or {catalogs, NAME, prisma}.
  std::vector<YamlLine> parents;
  while (!yaml.empty()) {
    const std::size_t end = std::min(yaml.find('\n'), yaml.size());
    const auto line = yaml_line(yaml.substr(0, end));
    yaml.remove_prefix(std::min(end + 1, yaml.size()));
    if (!line) continue;
    while (!parents.empty() && parents.back().indent >= line->indent) parents.pop_back();
    parents.push_back(*line);
    const auto is_catalog = [&](std::size_t depth) {
      if (depth == 1) return name.empty() && parents[0].key == "catalog";
      return depth == 2 && parents[0].key == "catalogs" && parents[1].key == (name.empty() ? "default" : name);
    };
    if (parents.size() > 1 && is_catalog(parents.size() - 1) && line->key == package) {
      return std::string(scalar(line->value));
    }
    if (is_catalog(parents.size()) && line->value.starts_with('{')) {
      if (auto found = range_in_braces(line->value, package)) return found;
    }
  }
  return std::nullopt;
}

std::optional<CatalogEntry> find_in_catalogs(const fs::path& folder, std::string_view specifier,
                                             std::string_view package) {
  if (!specifier.starts_with("catalog:")) return std::nullopt;
  std::string name(trimmed(specifier.substr(std::string_view("catalog:").size())));
  if (name == "default") name.clear();
  for (fs::path at = folder;; at = at.parent_path()) {
    for (const char* file : {"pnpm-workspace.yaml", ".yarnrc.yml"}) {
      if (auto range = range_in_catalog(text_at(at / file), name, package)) {
        return CatalogEntry{std::move(*range), fmt::format("the catalog of {}", file)};
      }
    }
    if (const std::string source = text_at(at / "package.json"); !source.empty()) {
      if (auto range = range_in_package(source, name, std::string(package))) {
        return CatalogEntry{std::move(*range), "the catalog of package.json"};
      }
    }
    if (is_last_upwards(at)) return std::nullopt;
  }
}

}  // namespace refract::workspace
