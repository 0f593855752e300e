#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "support/result.h"

// The files of a migrations folder.
namespace refract::migrate {

// Errors: unreadable (permission, a folder, not UTF-8).
Result<std::string> read_text(const std::filesystem::path& path);
// Errors: unwritable.
Result<void> write_text(const std::filesystem::path& path, std::string_view content);
std::unexpected<Error> unwritable(const std::filesystem::path& path, const std::error_code& error);

}  // namespace refract::migrate
