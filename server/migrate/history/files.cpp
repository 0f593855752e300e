#include "migrate/history/files.h"

#include <dirent.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>

#include <fmt/format.h>

#include "support/file.h"
#include "support/write_file.h"
#include "text/encoding.h"

namespace refract::migrate {

namespace fs = std::filesystem;

namespace {

bool is_folder(DIR& folder, const dirent& entry) {
  if (entry.d_type == DT_DIR) return true;
  if (entry.d_type != DT_LNK && entry.d_type != DT_UNKNOWN) return false;
  struct stat status {};
  return ::fstatat(::dirfd(&folder), entry.d_name, &status, 0) == 0 && S_ISDIR(status.st_mode);
}

}  // namespace

std::optional<FileStamp> stamp_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  const auto nanoseconds = [](const timespec& time) { return time.tv_sec * kNanoseconds + time.tv_nsec; };
  return FileStamp{status.st_ino, status.st_size, nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
}

Result<std::vector<std::string>> folders_in(const fs::path& folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), ::closedir);
  std::vector<std::string> names;
  while (open) {
    errno = 0;
    const dirent* entry = ::readdir(open.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != ".." && !name.starts_with(kDraft) && is_folder(*open, *entry)) names.emplace_back(name);
  }
  if (open && errno == 0) return names;
  return fail(ErrorCode::unreadable,
              fmt::format("{} cannot be listed; check that it is a folder and that you may read it.", folder.string()));
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
  if (const std::error_code error = write_file(path, content)) return unwritable(path, error);
  return {};
}

}  // namespace refract::migrate
