#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace refract::platform {

// The path of the library `name` in the folder: name.so, or name.dll on Windows.
std::filesystem::path library_file(const std::filesystem::path& folder, const std::string& name);

// Loads a library by its absolute path and returns one of its functions; the library stays loaded. A bare name would
// also be searched for in folders that others control (LD_LIBRARY_PATH, on Windows the current folder). Errors: the
// system's message.
std::expected<void*, std::string> function_in_library(const std::filesystem::path& file, const char* function);

}  // namespace refract::platform
