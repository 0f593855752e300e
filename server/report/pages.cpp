#include "report/pages.h"

#include <set>

#include "platform/file.h"
#include "platform/folder.h"
#include "platform/process.h"
#include "report/explain.h"

namespace refract::report {
namespace {

namespace fs = std::filesystem;

// Searches each folder above the program: share/ next to bin/ (installed), or docs/ of the source tree.
constexpr int kLevels = 6;

std::optional<fs::path> installed_folder(const fs::path& program) {
  std::error_code failed;
  fs::path folder = program.parent_path();
  for (int level = 0; level < kLevels && folder != folder.parent_path(); ++level, folder = folder.parent_path()) {
    for (const char* place : {"share/doc/refract/codes", "docs/codes"}) {
      // Another project's docs/codes is not this program's.
      if (fs::exists(folder / place / "unknown-type.md", failed)) return folder / place;
    }
  }
  return std::nullopt;
}

std::optional<fs::path> cache_folder() {
  const fs::path cache = platform::cache_folder();
  return cache.empty() ? std::nullopt : std::optional(cache / "refract/codes");
}

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    names.insert(at->path().filename().string());
  }
  return names;
}

}  // namespace

Pages::Pages(const fs::path& program, const std::optional<fs::path>& cache) {
  std::set<std::string> installed;
  const auto folder = installed_folder(program);
  if (folder) installed = names_in(*folder);
  for (const std::string_view code : all_codes()) {
    const std::string name = std::string(code) + ".md";
    if (installed.contains(name)) {
      paths_.emplace(code, (*folder / name).string());
    } else if (cache) {
      copies_.emplace(code, (*cache / name).string());
    }
  }
  if (copies_.empty()) return;
  std::error_code failed;
  fs::create_directories(*cache, failed);
  if (failed) {
    copies_.clear();
  } else {
    paths_.insert(copies_.begin(), copies_.end());
  }
}

std::optional<std::string> Pages::path(std::string_view code) const {
  const auto found = paths_.find(code);
  return found == paths_.end() ? std::nullopt : std::optional(found->second);
}

void Pages::write_copies() const {
  for (const auto& [code, path] : copies_) {
    const std::string text = explanation_markdown(code).value_or(std::string());
    if (const auto present = platform::read_bytes(path); present && *present == text) continue;
    // Without the copy the link leads nowhere, which an editor reports.
    static_cast<void>(platform::write_file(path, text));
  }
}

const Pages& pages() {
  static const Pages kPages(platform::program_path(), cache_folder());
  return kPages;
}

}  // namespace refract::report
