#include "support/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace refract {
namespace {

constexpr std::size_t kChunk = 64 * 1024;  // bytes

// `expected`: the size that the system reports; 0 if it reports none (pipes, /proc).
bool read_all(int file, std::size_t expected, std::string& bytes) {
  std::size_t done = 0;
  while (expected == 0 || done < expected) {
    bytes.resize(expected == 0 ? done + kChunk : expected);
    const ssize_t count = ::read(file, bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (count == 0) break;  // the end, or the file became shorter meanwhile
    done += static_cast<std::size_t>(count);
  }
  bytes.resize(done);
  return true;
}

}  // namespace

std::optional<std::string> read_bytes(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  struct stat status {};
  std::string bytes;
  const bool read = ::fstat(file, &status) == 0 && read_all(file, static_cast<std::size_t>(status.st_size), bytes);
  ::close(file);
  return read ? std::optional(std::move(bytes)) : std::nullopt;
}

}  // namespace refract
