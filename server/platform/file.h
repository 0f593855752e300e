#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace refract::platform {

// The complete contents of a file, pipe or device. nullopt: it does not exist, is a folder or cannot be read. The
// caller reports the error. Uses read() instead of a stream, because a migrations folder has thousands of small files,
// and system calls take most of the time to read them.
std::optional<std::string> read_bytes(const std::filesystem::path& path);

// What shows that a file may have changed.
struct FileStamp {
  std::uint64_t inode = 0;
  std::int64_t size = 0;      // bytes
  std::int64_t modified = 0;  // nanoseconds since the epoch, as a program may have set it (rsync, tar)
  std::int64_t changed = 0;   // the same, as the system sets it at every change

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

// nullopt: the file does not exist or cannot be examined.
std::optional<FileStamp> stamp_of(const std::filesystem::path& path);

// Writing that an interruption, a full disk or a loss of power cannot leave incomplete. All of it reaches the disk
// before a function returns; an empty error code means that it did.

// Creates the file or replaces its contents: written to a temporary file beside it, which is renamed into its place.
// A symbolic link stays one, and the file that it leads to is replaced; permissions and owner of a replaced file stay.
// If the folder is not writable or the rename is refused (the file is a mount point), the file is written in place, and
// its old contents are restored if that fails. A device or a pipe is written to.
std::error_code write_file(const std::filesystem::path& path, std::string_view content);

// Renames within one file system, and has both folders reach the disk.
std::error_code rename_path(const std::filesystem::path& from, const std::filesystem::path& to);

// Has the entries of a folder reach the disk.
void sync_folder(const std::filesystem::path& folder);

}  // namespace refract::platform
