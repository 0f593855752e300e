#pragma once

#include <expected>
#include <string>

namespace refract::platform {

// Loads a library of this program, found beside it or where the build's runtime path leads, and gives one of its
// functions. It stays loaded. `library`: the file's name without what the system adds. Errors: the system's own words.
std::expected<void*, std::string> function_in_library(const std::string& library, const char* function);

}  // namespace refract::platform
