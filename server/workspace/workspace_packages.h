#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "workspace/package_versions.h"

namespace refract::workspace {

// The version of the package on this disk that `specifier` names: by its path ("file:../prisma", "link:", "portal:",
// "workspace:../prisma"), or as a package of the workspace around `folder` ("workspace:*"). nullopt: it names none, or
// none is found.
std::optional<NamedVersion> find_local_package(const std::filesystem::path& folder, std::string_view specifier,
                                               std::string_view package);

}  // namespace refract::workspace
