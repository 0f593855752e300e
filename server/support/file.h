#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace refract {

// All that a file, a pipe or a device holds, as it is. nullopt: it is not there, a folder, or may not be read.
// Gives no reason: the caller knows what the file is for. A folder of migrations has thousands of small ones, and
// system calls are most of what reading those costs, so no stream is used.
std::optional<std::string> read_bytes(const std::filesystem::path& path);

}  // namespace refract
