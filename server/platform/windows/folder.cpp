#include "platform/folder.h"

#include <windows.h>

#include <random>

#include "platform/environment.h"
#include "platform/windows/wide.h"

namespace refract::platform {
namespace {

std::unexpected<std::error_code> last_error() {
  return std::unexpected(std::error_code(static_cast<int>(::GetLastError()), std::system_category()));
}

std::filesystem::path absolute_variable(const char* name) {
  const auto value = environment_variable(name);
  const std::filesystem::path path = value ? std::filesystem::path(wide(*value)) : std::filesystem::path();
  return path.is_absolute() ? path : std::filesystem::path();
}

}  // namespace

std::expected<std::vector<std::string>, std::error_code> folders_in(const std::filesystem::path& folder) {
  WIN32_FIND_DATAW entry;
  const HANDLE search = ::FindFirstFileExW((folder / L"*").c_str(), FindExInfoBasic, &entry, FindExSearchNameMatch,
                                           nullptr, FIND_FIRST_EX_LARGE_FETCH);
  if (search == INVALID_HANDLE_VALUE) return last_error();
  std::vector<std::string> names;
  do {
    const std::wstring_view name = entry.cFileName;
    if ((entry.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 && name != L"." && name != L"..") {
      names.push_back(narrow(name));
    }
  } while (::FindNextFileW(search, &entry) != 0);
  const DWORD error = ::GetLastError();
  ::FindClose(search);
  ::SetLastError(error);
  if (error != ERROR_NO_MORE_FILES) return last_error();
  return names;
}

// The temporary folder belongs to the user, and so does what is created in it.
std::expected<std::filesystem::path, std::error_code> make_private_folder(const std::filesystem::path& prefix) {
  static constexpr std::wstring_view kLetters = L"abcdefghijklmnopqrstuvwxyz0123456789";
  constexpr int kMaxNames = 100;
  std::random_device random;
  for (int attempt = 0; attempt < kMaxNames; ++attempt) {
    std::wstring name = prefix.wstring();
    for (int i = 0; i < 8; ++i) name += kLetters[random() % kLetters.size()];
    if (::CreateDirectoryW(name.c_str(), nullptr) != 0) return std::filesystem::path(name);
    if (::GetLastError() != ERROR_ALREADY_EXISTS) break;
  }
  return last_error();
}

std::filesystem::path home_folder() {
  return absolute_variable("USERPROFILE");
}

std::filesystem::path cache_folder() {
  return absolute_variable("LOCALAPPDATA");
}

}  // namespace refract::platform
