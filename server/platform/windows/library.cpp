#include "platform/library.h"

#include <windows.h>

#include <system_error>

#include "platform/windows/wide.h"

namespace refract::platform {

std::expected<void*, std::string> function_in_library(const std::string& library, const char* function) {
  const HMODULE loaded = ::LoadLibraryW(wide(library + ".dll").c_str());
  const FARPROC found = loaded == nullptr ? nullptr : ::GetProcAddress(loaded, function);
  if (found != nullptr) return reinterpret_cast<void*>(found);
  return std::unexpected(std::error_code(static_cast<int>(::GetLastError()), std::system_category()).message());
}

}  // namespace refract::platform
