#include "workspace/schema_files.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include "platform/folder.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxEntries = 20'000;  // of a folder that was not named

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

// A folder that `prisma generate` filled: it has a copy of the schema beside the client.
bool is_generated(const fs::path& folder) {
  return is_file(folder / "schema.prisma") && is_file(folder / "index.d.ts");
}

// nullopt: there are more than `most` entries to look at.
std::optional<std::vector<fs::path>> files_below(const fs::path& folder, std::size_t most) {
  std::vector<fs::path> found;
  std::error_code failed;
  auto walk = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, failed);
  for (std::size_t seen = 0; !failed && walk != fs::recursive_directory_iterator(); walk.increment(failed)) {
    if (++seen > most) return std::nullopt;
    const fs::path& path = walk->path();
    std::error_code ignored;  // what cannot be read, such as a broken link, is skipped
    if (walk->is_directory(ignored)) {
      if (path.filename() == "node_modules" || path.filename() == ".git" || is_generated(path))
        walk.disable_recursion_pending();
    } else if (path.extension() == ".prisma" && walk->is_regular_file(ignored)) {
      found.push_back(path);
    }
  }
  std::ranges::sort(found);
  return found;
}

// As it is configured, and without links; empty: none.
std::vector<fs::path> home_folders() {
  const fs::path home = platform::home_folder();
  if (home.empty()) return {};
  std::vector<fs::path> folders{home.lexically_normal()};
  if (!folders.front().has_filename()) folders.front() = folders.front().parent_path();
  std::error_code failed;
  if (auto real = fs::canonical(home, failed); !failed && real != folders.front()) folders.push_back(std::move(real));
  return folders;
}

bool lies_in(const fs::path& path, const fs::path& folder) {
  return std::ranges::mismatch(folder, path).in1 == folder.end();
}

}  // namespace

std::vector<fs::path> prisma_files(const fs::path& folder) {
  return *files_below(folder, std::numeric_limits<std::size_t>::max());
}

std::optional<std::vector<fs::path>> prisma_files_around(const fs::path& folder) {
  if (holds_more_than_projects(folder)) return std::nullopt;
  return files_below(folder, kMaxEntries);
}

bool holds_more_than_projects(const fs::path& folder) {
  const fs::path parent = folder.parent_path();
  if (folder == parent) return true;
  // What people and programs share. A project may well be right below the root, as /app in a container.
  static constexpr const char* kShared[] = {"/tmp", "/var", "/usr", "/opt", "/srv", "/mnt", "/media", "/home", "/etc"};
  if (std::ranges::find(kShared, folder) != std::end(kShared)) return true;
  return std::ranges::any_of(home_folders(), [&](const fs::path& home) { return lies_in(home, folder); });
}

bool is_last_upwards(const fs::path& folder) {
  std::error_code ignored;
  if (folder == folder.parent_path() || fs::exists(folder / ".git", ignored)) return true;
  const std::vector<fs::path> homes = home_folders();
  return std::ranges::find(homes, folder) != homes.end();
}

}  // namespace refract::workspace
