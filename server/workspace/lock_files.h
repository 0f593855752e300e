#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include "workspace/package_versions.h"

namespace refract::workspace {

// Of npm, pnpm, Yarn and Bun.
inline constexpr std::array kLockFiles = {"package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock",
                                          "bun.lock"};

// The version that the lock file of `folder` has for the package, which the package.json of `project` names as
// `specifier`; `project` is the folder or lies in it. nullopt: there is no such file, or it does not have the package.
std::optional<NamedVersion> find_in_lock_file(const std::filesystem::path& folder, const std::filesystem::path& project,
                                              std::string_view package, std::string_view specifier);

}  // namespace refract::workspace
