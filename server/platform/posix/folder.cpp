#include "platform/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <string_view>

#include "platform/environment.h"

namespace refract::platform {
namespace {

bool is_folder(DIR& folder, const dirent& entry) {
#ifdef DT_DIR
  // Not all systems and file systems name the type.
  if (entry.d_type == DT_DIR) return true;
  if (entry.d_type != DT_LNK && entry.d_type != DT_UNKNOWN) return false;
#endif
  struct stat status {};
  return ::fstatat(::dirfd(&folder), entry.d_name, &status, 0) == 0 && S_ISDIR(status.st_mode);
}

std::unexpected<std::error_code> last_error() {
  return std::unexpected(std::error_code(errno, std::generic_category()));
}

std::filesystem::path absolute_variable(const char* name) {
  const auto value = environment_variable(name);
  return value && value->starts_with('/') ? std::filesystem::path(*value) : std::filesystem::path();
}

}  // namespace

std::expected<std::vector<std::string>, std::error_code> folders_in(const std::filesystem::path& folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), ::closedir);
  if (!open) return last_error();
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(open.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != ".." && is_folder(*open, *entry)) names.emplace_back(name);
  }
  if (errno != 0) return last_error();
  return names;
}

std::expected<std::filesystem::path, std::error_code> make_private_folder(const std::filesystem::path& prefix) {
  std::string name = prefix.string() + "XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) return last_error();
  return name;
}

std::filesystem::path home_folder() {
  return absolute_variable("HOME");
}

std::filesystem::path cache_folder() {
  if (auto configured = absolute_variable("XDG_CACHE_HOME"); !configured.empty()) return configured;
  const auto home = home_folder();
  return home.empty() ? home : home / ".cache";
}

}  // namespace refract::platform
