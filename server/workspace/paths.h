#pragma once

#include <filesystem>
#include <system_error>

namespace refract::workspace {

// What a path leads to; false as well where that cannot be found out.
inline bool is_file(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}
inline bool is_folder(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

}  // namespace refract::workspace
