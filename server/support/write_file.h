#pragma once

#include <filesystem>
#include <string_view>
#include <system_error>

// Writing that an interruption, a full disk or a loss of power cannot leave half done. All of it reaches the disk
// (fsync) before a function returns; an empty error code means that it did.
namespace refract {

// Creates the file or replaces what it holds: written to a temporary file beside it, which is renamed into its place.
// A symbolic link stays one, and the file that it leads to is replaced; permissions and owner of a replaced file stay.
// Where the folder takes no file or the rename is refused (a file that is a mount of its own), the file is written in
// place, and what it held is put back if that fails. What is no regular file (a device, a pipe) is written to.
std::error_code write_file(const std::filesystem::path& path, std::string_view content);

// Renames within one file system, and has both folders reach the disk.
std::error_code rename_path(const std::filesystem::path& from, const std::filesystem::path& to);

// Has the entries of a folder reach the disk.
void sync_folder(const std::filesystem::path& folder);

}  // namespace refract
