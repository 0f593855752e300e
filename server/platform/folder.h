#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace refract::platform {

// The names of the folders in a folder, in no order, links to folders among them. Of thousands, where std::filesystem
// makes several paths of each.
std::expected<std::vector<std::string>, std::error_code> folders_in(const std::filesystem::path& folder);

// Creates a folder that only this user may use, named PREFIX and random letters.
std::expected<std::filesystem::path, std::error_code> make_private_folder(const std::filesystem::path& prefix);

// The user's folder. Empty: there is none.
std::filesystem::path home_folder();

// Where this user's programs keep what can be made again. Empty: there is none.
std::filesystem::path cache_folder();

}  // namespace refract::platform
