#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "workspace/project.h"

namespace refract::workspace {

// One line of a .env file: NAME=value, quotes and `export` allowed, `#` begins a comment.
struct EnvironmentVariable {
  std::string name;
  std::string value;
  std::uint32_t line = 0;  // from 0
};

// All variables in order; one that is set twice is there twice, and the last one counts.
std::vector<EnvironmentVariable> parse_dotenv(std::string_view text);

// The same of a file. Empty where there is none or it cannot be read.
std::vector<EnvironmentVariable> read_dotenv(const std::filesystem::path& file);

// The names that the .env files of the project's root and of its schema's folder set, sorted. The values may be secrets
// and stay there.
std::vector<std::string> environment_names(const Project& project);

}  // namespace refract::workspace
