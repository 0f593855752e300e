#pragma once

#include <filesystem>
#include <optional>
#include <vector>

// How far Refract looks for the files of a schema.
namespace refract::workspace {

// The .prisma files in and below a folder, sorted; generated copies, node_modules and .git left out. Links to files
// and folders are followed, as Prisma's loader does; a file that several ways lead to is there once, under its own path
// if it lies below the folder. What cannot be read is skipped.
std::vector<std::filesystem::path> prisma_files(const std::filesystem::path& folder);

// The same for a folder that was not named but contains an opened file. nullopt: it is more than a
// project (holds_more_than_projects), or holds so much that looking through all of it is no search for a schema.
std::optional<std::vector<std::filesystem::path>> prisma_files_around(const std::filesystem::path& folder);

// Whether a file that is not on disk would be among these once it was saved: as one of a folder that need not be there
// either.
bool would_be_found(const std::filesystem::path& file, const std::filesystem::path& folder);

// The home folder, one that it lies in, or one at the top of the disk.
bool holds_more_than_projects(const std::filesystem::path& folder);
// The last folder upwards whose configuration counts: the repository's root, the home folder, or the disk's root.
bool is_last_upwards(const std::filesystem::path& folder);

}  // namespace refract::workspace
