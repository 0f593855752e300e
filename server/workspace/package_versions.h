#pragma once

#include <array>
#include <bitset>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "schema/connector.h"

namespace refract::workspace {

// The files of npm, pnpm, Yarn and Bun that say which version of a package a project wants.
inline constexpr std::array kPackageFiles = {"package.json", "pnpm-workspace.yaml", ".yarnrc.yml"};

// What a version or range of the package prisma means.
struct VersionRange {
  std::optional<schema::PrismaVersion> version;  // the newest supported one that fits
  std::optional<int> unsupported;                // a major version, if no supported one fits
  std::bitset<100> majors;                       // the major versions that fit

  bool names_version() const { return version || unsupported; }
  // Whether it leaves the major version open.
  bool is_open() const { return majors.count() > 1; }
};

// "^6.2.1", "~5.22", ">=5 <7", "5 || 6", "6.x", "npm:prisma@7", "npm:^6.0.0", "workspace:^6.0.0",
// "patch:prisma@npm%3A6.0.0#…". Every version fits "*", "x", an empty range, and tags such as "latest". All is empty
// for what is looked up elsewhere or names no version: "workspace:*", "catalog:", "file:../prisma", addresses of git.
VersionRange read_version_range(std::string_view specifier);

// What another file says of a package that package.json names by `catalog:`, `workspace:*` or a path.
struct NamedVersion {
  std::string range;
  std::string source;  // "the catalog of pnpm-workspace.yaml"
};

// What `specifier`, "catalog:" or "catalog:NAME", stands for: looked up in pnpm-workspace.yaml, .yarnrc.yml and the
// workspaces of package.json (Bun) in `folder` and upwards. nullopt: it is no such specifier, or no catalog has it.
std::optional<NamedVersion> find_in_catalogs(const std::filesystem::path& folder, std::string_view specifier,
                                             std::string_view package);

// The same of the text of a YAML file: `catalog:`, and `catalogs:` with NAME in it.
std::optional<std::string> range_in_catalog(std::string_view yaml, std::string_view name, std::string_view package);

}  // namespace refract::workspace
