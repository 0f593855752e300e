#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace refract::operations {

// The value of a variable in a .env file: NAME=value, quotes and `export` allowed, `#` begins a comment.
// nullopt: no such file or variable.
std::optional<std::string> read_environment_variable(const std::filesystem::path& file, std::string_view name);

}  // namespace refract::operations
