#include "platform/library.h"

#include <windows.h>

#include <system_error>

namespace refract::platform {

std::filesystem::path library_file(const std::filesystem::path& folder, const std::string& name) {
  return folder / (name + ".dll");
}

std::expected<void*, std::string> function_in_library(const std::filesystem::path& file, const char* function) {
  // What the library itself needs is searched for beside it, and not in the current folder.
  const HMODULE loaded =
      ::LoadLibraryExW(file.c_str(), nullptr, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
  const FARPROC found = loaded == nullptr ? nullptr : ::GetProcAddress(loaded, function);
  if (found != nullptr) return reinterpret_cast<void*>(found);
  return std::unexpected(std::error_code(static_cast<int>(::GetLastError()), std::system_category()).message());
}

}  // namespace refract::platform
