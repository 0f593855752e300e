#include "report/pages.h"

#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>

#include "report/explain.h"
#include "support/write_file.h"

namespace refract::report {
namespace {

namespace fs = std::filesystem;

// From the program upwards: bin/refract beside share/, build/dev/server/cli/refract below docs/.
constexpr int kLevels = 6;

std::optional<fs::path> installed_folder() {
  std::error_code failed;
  fs::path folder = fs::read_symlink("/proc/self/exe", failed).parent_path();
  for (int level = 0; level < kLevels && folder != folder.parent_path(); ++level, folder = folder.parent_path()) {
    for (const char* place : {"share/doc/refract/codes", "docs/codes"}) {
      // Another project's docs/codes is not this program's.
      if (fs::exists(folder / place / "unknown-type.md", failed)) return folder / place;
    }
  }
  return std::nullopt;
}

std::optional<fs::path> cache_folder() {
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache == '/') {
    return fs::path(cache) / "refract/codes";
  }
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home != '/') return std::nullopt;
  return fs::path(home) / ".cache/refract/codes";
}

std::optional<std::string> copied_page(std::string_view code) {
  const auto markdown = explanation_markdown(code);
  const auto folder = cache_folder();
  if (!markdown || !folder) return std::nullopt;
  const fs::path page = *folder / (std::string(code) + ".md");
  std::error_code failed;
  fs::create_directories(*folder, failed);
  if (write_file(page, *markdown)) return std::nullopt;
  return page.string();
}

}  // namespace

std::optional<std::string> page_path(std::string_view code) {
  static std::mutex mutex;
  static std::map<std::string, std::optional<std::string>, std::less<>> known;
  static const std::optional<fs::path> kInstalled = installed_folder();
  const std::lock_guard lock(mutex);
  if (const auto found = known.find(code); found != known.end()) return found->second;
  std::optional<std::string> page;
  std::error_code failed;
  const std::string name = std::string(code) + ".md";
  if (kInstalled && fs::exists(*kInstalled / name, failed)) {
    page = (*kInstalled / name).string();
  } else {
    page = copied_page(code);
  }
  return known.emplace(code, std::move(page)).first->second;
}

}  // namespace refract::report
