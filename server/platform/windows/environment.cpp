#include "platform/environment.h"

#include <windows.h>

#include "platform/windows/wide.h"

namespace refract::platform {

std::optional<std::string> environment_variable(const std::string& name) {
  const std::wstring key = wide(name);
  std::wstring value(256, L'\0');
  for (;;) {
    ::SetLastError(ERROR_SUCCESS);
    const DWORD size = ::GetEnvironmentVariableW(key.c_str(), value.data(), static_cast<DWORD>(value.size()));
    if (size == 0 && ::GetLastError() == ERROR_ENVVAR_NOT_FOUND) return std::nullopt;
    const bool fits = size < value.size();
    value.resize(size);
    if (fits) return narrow(value);
  }
}

std::vector<std::string> environment() {
  std::vector<std::string> variables;
  wchar_t* const block = ::GetEnvironmentStringsW();
  if (block == nullptr) return variables;
  for (const wchar_t* at = block; *at != L'\0';) {
    const std::wstring_view variable(at);
    // "=C:=C:\folder": a drive's current folder, no variable.
    if (!variable.starts_with(L'=')) variables.push_back(narrow(variable));
    at += variable.size() + 1;
  }
  ::FreeEnvironmentStringsW(block);
  return variables;
}

void remove_variable(const std::string& name) {
  ::SetEnvironmentVariableW(wide(name).c_str(), nullptr);
  ::_wputenv((wide(name) + L"=").c_str());  // the C library has a copy
}

}  // namespace refract::platform
