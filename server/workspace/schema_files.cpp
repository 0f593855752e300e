#include "workspace/schema_files.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <set>

#include "platform/folder.h"
#include "workspace/paths.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxEntries = 20'000;  // of a folder that was not named

// A folder that `prisma generate` filled: it has a copy of the schema beside the client.
bool is_generated(const fs::path& folder) {
  return is_file(folder / "schema.prisma") && is_file(folder / "index.d.ts");
}

bool is_left_out(const fs::path& folder) {
  return folder.filename() == "node_modules" || folder.filename() == ".git" || is_generated(folder);
}

// Reads a folder and those below it, each once, whichever way leads to it: links are followed after all that can be
// reached without one, so that a file is named without a link where possible, and a link to a folder above ends
// nothing.
class FolderWalk {
 public:
  explicit FolderWalk(std::size_t most) : most_(most) {}

  // nullopt: there are more than `most` entries to look at.
  std::optional<std::vector<fs::path>> files_below(const fs::path& folder) {
    std::error_code failed;
    const fs::path real = fs::canonical(folder, failed);
    if (failed) return found_;
    if (!read(folder, real)) return std::nullopt;
    for (std::size_t next = 0; next < links_.size(); ++next) {
      if (!follow(fs::path(links_[next]))) return std::nullopt;
    }
    std::ranges::sort(found_);
    return std::move(found_);
  }

 private:
  // `real`: the folder without links. False: too many entries.
  bool read(const fs::path& folder, const fs::path& real) {
    if (!visited_.insert(real).second) return true;
    std::error_code failed;
    auto walk = fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, failed);
    for (; !failed && walk != fs::directory_iterator(); walk.increment(failed)) {
      if (++seen_ > most_) return false;
      const fs::path& path = walk->path();
      std::error_code ignored;  // what cannot be read is skipped
      if (walk->is_symlink(ignored)) {
        links_.push_back(path);
      } else if (walk->is_directory(ignored)) {
        if (!is_left_out(path) && !read(path, real / path.filename())) return false;
      } else if (path.extension() == ".prisma" && walk->is_regular_file(ignored)) {
        if (visited_.insert(real / path.filename()).second) found_.push_back(path);
      }
    }
    return true;
  }

  bool follow(const fs::path& link) {
    std::error_code failed;
    const fs::path real = fs::canonical(link, failed);
    if (failed) return true;  // it leads nowhere
    if (fs::is_directory(real, failed)) return is_left_out(link) || is_left_out(real) || read(link, real);
    // As Prisma, which looks at the name of the file that the link leads to.
    if (real.extension() == ".prisma" && is_file(real) && visited_.insert(real).second) found_.push_back(link);
    return true;
  }

  std::size_t most_;
  std::size_t seen_ = 0;
  std::set<fs::path> visited_;  // folders and files, without links
  std::vector<fs::path> links_;
  std::vector<fs::path> found_;
};

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
  return *FolderWalk(std::numeric_limits<std::size_t>::max()).files_below(folder);
}

std::optional<std::vector<fs::path>> prisma_files_around(const fs::path& folder) {
  if (holds_more_than_projects(folder)) return std::nullopt;
  return FolderWalk(kMaxEntries).files_below(folder);
}

bool would_be_found(const fs::path& file, const fs::path& folder) {
  std::error_code failed;
  if (!file.is_absolute() || file.extension() != ".prisma" || fs::exists(file, failed)) return false;
  const fs::path real = fs::weakly_canonical(file, failed);
  if (failed) return false;
  const fs::path real_folder = fs::weakly_canonical(folder, failed);
  if (failed || !lies_in(real, real_folder)) return false;
  for (fs::path between = real.parent_path(); between != real_folder; between = between.parent_path()) {
    if (is_left_out(between)) return false;
  }
  return true;
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
