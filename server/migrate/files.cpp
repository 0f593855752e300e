#include "migrate/files.h"

#include <sys/stat.h>

#include <cerrno>
#include <fstream>

#include <fmt/format.h>

#include "support/file.h"
#include "text/encoding.h"

namespace refract::migrate {

namespace fs = std::filesystem;

std::optional<FileStamp> stamp_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  return FileStamp{status.st_ino, status.st_size, status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec};
}

Result<std::string> read_text(const fs::path& path) {
  auto content = read_bytes(path);
  if (!content) {
    return fail(ErrorCode::unreadable,
                fmt::format("{} cannot be read; check that it is a file and that you may read it.", path.string()));
  }
  if (text::find_invalid_utf8(*content)) {
    return fail(ErrorCode::unreadable, fmt::format("{} is not UTF-8; save it in that encoding.", path.string()));
  }
  return std::move(*content);
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
