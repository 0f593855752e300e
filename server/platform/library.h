#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace refract::platform {

// The file that a library of this name has in this folder.
std::filesystem::path library_file(const std::filesystem::path& folder, const std::string& name);

// Loads a library by its absolute path, since a name alone is searched for in other programs' folders and in the one the
// program was started in, and gives one of its functions. It stays loaded. Errors: the system's own words.
std::expected<void*, std::string> function_in_library(const std::filesystem::path& file, const char* function);

}  // namespace refract::platform
