#include "migrate/files.h"

#include <algorithm>
#include <cerrno>
#include <fstream>

#include <fmt/format.h>

#include "text/encoding.h"

namespace refract::migrate {

namespace fs = std::filesystem;

Result<std::string> read_text(const fs::path& path) {
  std::error_code error;
  std::ifstream file;
  if (!fs::is_directory(path, error)) file.open(path, std::ios::binary | std::ios::ate);
  std::string content;
  if (file.is_open()) {
    content.resize(static_cast<std::size_t>(std::max<std::streamoff>(file.tellg(), 0)));
    file.seekg(0);
    file.read(content.data(), static_cast<std::streamsize>(content.size()));
  }
  if (!file.is_open() || !file) {
    return fail(ErrorCode::unreadable,
                fmt::format("{} cannot be read; check that it is a file and that you may read it.", path.string()));
  }
  if (text::find_invalid_utf8(content)) {
    return fail(ErrorCode::unreadable, fmt::format("{} is not UTF-8; save it in that encoding.", path.string()));
  }
  return content;
}

std::unexpected<Error> unwritable(const fs::path& path, const std::error_code& error) {
  return fail(ErrorCode::unwritable, fmt::format("{} cannot be written: {}.", path.string(), error.message()));
}

Result<void> write_text(const fs::path& path, std::string_view content) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  if (!file) return unwritable(path, std::error_code(errno, std::generic_category()));
  return {};
}

}  // namespace refract::migrate
