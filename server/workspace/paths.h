#pragma once

#include <filesystem>
#include <string>
#include <system_error>

#include "platform/file.h"
#include "text/encoding.h"

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

// The text of a file that belongs to another tool, without a byte order mark. Empty: there is no such file, or it
// cannot be read.
inline std::string text_at(const std::filesystem::path& path) {
  if (!is_file(path)) return {};
  std::string text = platform::read_bytes(path).value_or(std::string());
  if (text.starts_with(text::kByteOrderMark)) text.erase(0, text::kByteOrderMark.size());
  return text;
}

}  // namespace refract::workspace
