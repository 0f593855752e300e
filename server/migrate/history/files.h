#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "support/result.h"

// The files of a migrations folder.
namespace refract::migrate {

// What the name of a folder begins with while a migration is written to it.
inline constexpr std::string_view kDraft = ".refract-";

// What shows that a file may have changed.
struct FileStamp {
  std::uint64_t inode = 0;
  std::int64_t size = 0;      // bytes
  std::int64_t modified = 0;  // nanoseconds since the epoch, as a program may have set it (rsync, tar)
  std::int64_t changed = 0;   // the same, as the system sets it at every change

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

// nullopt: there is no such file, or it may not be looked at.
std::optional<FileStamp> stamp_of(const std::string& path);
// The names of the folders in a folder, in no order, links to folders among them, drafts (kDraft) left out. Of
// hundreds, where std::filesystem makes several paths of each. Errors: unreadable.
Result<std::vector<std::string>> folders_in(const std::filesystem::path& folder);

// Errors: unreadable (permission, a folder, not UTF-8).
Result<std::string> read_text(const std::filesystem::path& path);
// All or nothing, and to the disk (write_file). Errors: unwritable.
Result<void> write_text(const std::filesystem::path& path, std::string_view content);
std::unexpected<Error> unwritable(const std::filesystem::path& path, const std::error_code& error);

}  // namespace refract::migrate
