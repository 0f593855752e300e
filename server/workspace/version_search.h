#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "workspace/package_versions.h"

namespace refract::workspace {

// The version of Prisma that a project uses, or one that is not supported.
struct PackageVersion {
  VersionRange range;     // it names a version
  std::string source;     // "prisma ^6.2.1 in package.json", "prisma 6.2.1 in node_modules"
  std::size_t level = 0;  // the nearest of the folders that has or declares the package
};

// Looks for the package prisma, which runs the commands, and for @prisma/client, which counts where it alone is there
// or nearer: in node_modules, package.json with its catalogs, overrides and workspace, and in lock files. What is
// installed comes before what is declared; above the package that declares it, only if it fits there. `folders`: from
// the schema's folder upwards.
std::optional<PackageVersion> find_package_version(std::span<const std::filesystem::path> folders);

// Whether a folder has or declares one of the two packages.
bool uses_prisma(const std::filesystem::path& folder);

}  // namespace refract::workspace
