#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "support/result.h"

// The files of a migrations folder.
namespace refract::migrate {

// The prefix of a folder's name while a migration is written to it.
inline constexpr std::string_view kDraft = ".refract-";

// The names of the folders in a folder and of links to folders, unsorted and without drafts (kDraft). Errors:
// unreadable.
Result<std::vector<std::string>> folders_in(const std::filesystem::path& folder);

// Errors: unreadable (permission, a folder, not UTF-8).
Result<std::string> read_text(const std::filesystem::path& path);
// Atomic, and on the disk when it returns (write_file). Errors: unwritable.
Result<void> write_text(const std::filesystem::path& path, std::string_view content);
std::unexpected<Error> unwritable(const std::filesystem::path& path, const std::error_code& error);

}  // namespace refract::migrate
