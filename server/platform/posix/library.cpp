#include "platform/library.h"

#include <dlfcn.h>

namespace refract::platform {

std::filesystem::path library_file(const std::filesystem::path& folder, const std::string& name) {
  return folder / (name + ".so");
}

std::expected<void*, std::string> function_in_library(const std::filesystem::path& file, const char* function) {
  void* const loaded = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* const found = loaded == nullptr ? nullptr : ::dlsym(loaded, function);
  if (found != nullptr) return found;
  return std::unexpected(std::string(::dlerror()));
}

}  // namespace refract::platform
