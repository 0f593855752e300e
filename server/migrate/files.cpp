#include "migrate/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include <fmt/format.h>

#include "text/encoding.h"

namespace refract::migrate {

namespace fs = std::filesystem;

namespace {

// A folder has thousands of small files, and system calls are most of what reading them costs: no stream here.
std::optional<std::string> bytes_of(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  struct stat status {};
  std::string bytes;
  bool read = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  if (read) bytes.resize(static_cast<std::size_t>(status.st_size));
  for (std::size_t done = 0; read && done < bytes.size();) {
    const ssize_t count = ::read(file, bytes.data() + done, bytes.size() - done);
    if (count > 0) {
      done += static_cast<std::size_t>(count);
    } else if (count == 0) {
      bytes.resize(done);  // it became shorter meanwhile
    } else if (errno != EINTR) {
      read = false;
    }
  }
  ::close(file);
  return read ? std::optional(std::move(bytes)) : std::nullopt;
}

}  // namespace

std::optional<FileStamp> stamp_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  return FileStamp{status.st_ino, status.st_size, status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec};
}

Result<std::string> read_text(const fs::path& path) {
  auto content = bytes_of(path);
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
