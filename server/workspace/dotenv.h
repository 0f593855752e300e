#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

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

}  // namespace refract::workspace
