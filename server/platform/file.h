#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace refract::platform {

// All that a file, a pipe or a device holds, as it is. nullopt: it is not there, a folder, or may not be read.
// Gives no reason: the caller knows what the file is for. A folder of migrations has thousands of small ones, and
// system calls are most of what reading those costs, so no stream is used.
std::optional<std::string> read_bytes(const std::filesystem::path& path);

// What shows that a file may have changed.
struct FileStamp {
  std::uint64_t inode = 0;
  std::int64_t size = 0;      // bytes
  std::int64_t modified = 0;  // nanoseconds since the epoch, as a program may have set it (rsync, tar)
  std::int64_t changed = 0;   // the same, as the system sets it at every change

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

// nullopt: there is no such file, or it may not be looked at.
std::optional<FileStamp> stamp_of(const std::filesystem::path& path);

// Writing that an interruption, a full disk or a loss of power cannot leave half done. All of it reaches the disk
// before a function returns; an empty error code means that it did.

// Creates the file or replaces what it holds: written to a temporary file beside it, which is renamed into its place.
// A symbolic link stays one, and the file that it leads to is replaced; permissions and owner of a replaced file stay.
// Where the folder takes no file or the rename is refused (a file that is a mount of its own), the file is written in
// place, and what it held is put back if that fails. What is no regular file (a device, a pipe) is written to.
std::error_code write_file(const std::filesystem::path& path, std::string_view content);

// Renames within one file system, and has both folders reach the disk.
std::error_code rename_path(const std::filesystem::path& from, const std::filesystem::path& to);

// Has the entries of a folder reach the disk.
void sync_folder(const std::filesystem::path& folder);

}  // namespace refract::platform
