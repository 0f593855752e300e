#include "platform/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <random>
#include <string>
#include <utility>

namespace refract::platform {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxLinks = 40;  // as many as the kernel follows
constexpr int kMaxNames = 100;
constexpr mode_t kNewFile = 0666;  // less what the umask takes away
constexpr mode_t kPermissions = 07777;

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

std::error_code last_error() {
  return {errno, std::generic_category()};
}

// An open file, closed at the latest with its owner.
class Handle {
 public:
  Handle(const fs::path& path, int flags, mode_t mode = 0) : file_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { close(); }

  bool is_open() const { return file_ >= 0; }
  int get() const { return file_; }
  bool close() {
    const int file = std::exchange(file_, -1);
    return file < 0 || ::close(file) == 0;
  }

 private:
  int file_;
};

bool write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(file, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// Some file systems have no such thing (EINVAL): they write at once, or nothing can be done.
bool sync(int file) {
  return ::fsync(file) == 0 || errno == EINVAL || errno == ENOTSUP;
}

// The file that a path leads to, whether or not it exists yet.
fs::path target_of(fs::path path) {
  std::error_code error;
  for (int link = 0; link < kMaxLinks && fs::is_symlink(path, error); ++link) {
    const fs::path to = fs::read_symlink(path, error);
    if (error) break;
    path = to.is_absolute() ? to : path.parent_path() / to;
  }
  return path;
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

std::string random_letters() {
  static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::random_device random;
  std::string letters;
  for (int i = 0; i < 8; ++i) letters += kLetters[random() % kLetters.size()];
  return letters;
}

std::error_code write_in_place(const fs::path& path, std::string_view content) {
  const auto before = read_bytes(path);
  Handle file(path, O_WRONLY);
  if (!file.is_open()) return last_error();
  const auto put = [&](std::string_view bytes) {
    return ::lseek(file.get(), 0, SEEK_SET) == 0 && write_all(file.get(), bytes) &&
           ::ftruncate(file.get(), static_cast<off_t>(bytes.size())) == 0 && sync(file.get());
  };
  if (put(content)) return {};
  const std::error_code error = last_error();
  if (before) static_cast<void>(put(*before));
  return error;
}

std::error_code write_special(const fs::path& path, std::string_view content) {
  Handle file(path, O_WRONLY);
  if (!file.is_open() || !write_all(file.get(), content) || !file.close()) return last_error();
  return {};
}

// A temporary file beside the target, removed unless it was renamed.
class Draft {
 public:
  // `like`: the file that it is to replace; nullptr: a new one.
  std::error_code write(const fs::path& folder, std::string_view content, const struct stat* like) {
    // The mode of a file with secrets holds from the first byte.
    const mode_t mode = like != nullptr ? S_IRUSR | S_IWUSR : kNewFile;
    for (int attempt = 0; attempt < kMaxNames; ++attempt) {
      const fs::path path = folder / (".refract-" + random_letters());
      Handle file(path, O_WRONLY | O_CREAT | O_EXCL, mode);
      if (!file.is_open() && errno == EEXIST) continue;
      if (!file.is_open()) return last_error();
      path_ = path;
      if (!write_all(file.get(), content)) return last_error();
      if (like != nullptr && !take_over(file.get(), *like)) return last_error();
      if (!sync(file.get()) || !file.close()) return last_error();
      return {};
    }
    return std::make_error_code(std::errc::file_exists);
  }
  Draft() = default;
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (path_) ::unlink(path_->c_str());
  }

  std::error_code rename_to(const fs::path& target) {
    if (const auto error = rename_path(*path_, target)) return error;
    path_.reset();
    return {};
  }

 private:
  // Owner and permissions. The mode comes last: a change of owner takes the set-id bits away.
  static bool take_over(int file, const struct stat& like) {
    struct stat own {};
    if (::fstat(file, &own) != 0) return false;
    const bool other_owner = own.st_uid != like.st_uid || own.st_gid != like.st_gid;
    if (other_owner && ::fchown(file, like.st_uid, like.st_gid) != 0) return false;
    return ::fchmod(file, like.st_mode & kPermissions) == 0;
  }

  std::optional<fs::path> path_;
};

}  // namespace

std::optional<std::string> read_bytes(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  struct stat status {};
  std::string bytes;
  const bool read = ::fstat(file, &status) == 0 && read_all(file, static_cast<std::size_t>(status.st_size), bytes);
  ::close(file);
  return read ? std::optional(std::move(bytes)) : std::nullopt;
}

std::optional<FileStamp> stamp_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  const auto nanoseconds = [](const timespec& time) { return time.tv_sec * kNanoseconds + time.tv_nsec; };
#ifdef __APPLE__
  const timespec modified = status.st_mtimespec;
  const timespec changed = status.st_ctimespec;
#else
  const timespec modified = status.st_mtim;
  const timespec changed = status.st_ctim;
#endif
  return FileStamp{status.st_ino, status.st_size, nanoseconds(modified), nanoseconds(changed)};
}

void sync_folder(const fs::path& folder) {
  const Handle open(folder.empty() ? fs::path(".") : folder, O_RDONLY | O_DIRECTORY);
  if (open.is_open()) ::fsync(open.get());
}

std::error_code rename_path(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return last_error();
  sync_folder(folder_of(to));
  if (folder_of(from) != folder_of(to)) sync_folder(folder_of(from));
  return {};
}

std::error_code write_file(const fs::path& path, std::string_view content) {
  const fs::path target = target_of(path);
  std::error_code ignored;
  if (fs::is_symlink(target, ignored)) return std::make_error_code(std::errc::too_many_symbolic_link_levels);
  struct stat status {};
  const bool exists = ::stat(target.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) return std::make_error_code(std::errc::is_a_directory);
  if (exists && !S_ISREG(status.st_mode)) return write_special(target, content);
  // A rename would get round the permission that the file itself refuses.
  if (exists && ::access(target.c_str(), W_OK) != 0) return last_error();

  Draft draft;
  std::error_code error = draft.write(folder_of(target), content, exists ? &status : nullptr);
  if (!error) error = draft.rename_to(target);
  const bool full = error == std::errc::no_space_on_device || error == std::error_code(EDQUOT, std::generic_category());
  if (!error || !exists || full) return error;
  return write_in_place(target, content);
}

}  // namespace refract::platform
